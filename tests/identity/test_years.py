"""Two years of sheets as a whole: who is a part, what a statement is called, and that no pair is linked twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.identity.conftest import MILLION

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair
from hyoka_kg.model import SheetKey

Make = Callable[..., SheetDigest]
MONEY = {2013: (5317, 5101), 2014: (4988, 4720), 2015: (6021, None), 2016: (6112, None)}
FORMER = ("mic/2015/0010",)


def links_of(earlier: list[SheetDigest], later: list[SheetDigest]) -> list[Link]:
    return list(YearPair(earlier, later).links())


def test_a_sheet_that_several_name_goes_on_in_the_one_with_all_its_money(make: Make) -> None:
    whole = make("mic/2015/0010", "公的な森の手入れと見回り", MONEY)
    heir = make("mic/2016/0011", "公的な森の手入れと見回り等", MONEY, stated=FORMER)
    other = make("mic/2016/0012", "海の見張り", stated=FORMER, start=2016)
    found = {link.later.number: link for link in links_of([whole], [heir, other])}
    assert (found["0011"].relation, found["0011"].status) == ("renamed", LinkStatus.ACCEPTED)
    assert found["0012"].relation == "split-into"


def test_a_sheet_that_several_name_does_not_go_on_in_one_with_some_of_its_money(make: Make) -> None:
    whole = make("mic/2015/0010", "公的な森の手入れと見回り", MONEY)
    few = {2013: (5317, 5101), 2014: (77, 66), 2015: (88, None), 2016: (99, None)}
    piece = make("mic/2016/0011", "公的な森の手入れと見回り等", few, stated=FORMER)
    other = make("mic/2016/0012", "海の見張り", stated=FORMER, start=2016)
    assert {link.relation for link in links_of([whole], [piece, other])} == {"split-into"}


def test_a_statement_without_support_is_called_a_statement_alone(make: Make) -> None:
    strange: dict[str, Any] = {"bureau": "山の局", "division": "山の課"}
    formers = [make("mic/2015/0010", "森の手入れ", MONEY), make("mic/2015/0011", "海の見張り", start=1999)]
    later = make("mic/2016/0012", "国土の調べ", start=2016, stated=("mic/2015/0010", "mic/2015/0011"), **strange)
    found = links_of(formers, [later])
    assert {(link.relation, link.method, link.status) for link in found} == {
        ("merged-into", "stated-alone", LinkStatus.UNCONFIRMED)
    }


def test_a_sheet_whose_name_another_bore_before_is_no_part(make: Make) -> None:
    """Its name was there before: what it names is another, of the same bureau at best."""
    whole, heir = (make(f"mic/{year}/0010", "公的な森の手入れ", MONEY) for year in (2015, 2016))
    namesake = make("mic/2015/0020", "公的な森の見張り番", start=1999)
    part = make("mic/2016/0021", "公的な森の見張り番", start=2016, stated=FORMER)
    stranger = part._replace(name="公的な森の見張り板", form="公的な森の見張り板")

    def status(sheet: SheetDigest) -> set[LinkStatus]:
        found = links_of([whole, namesake], [heir, sheet])
        return {link.status for link in found if (link.earlier, link.later) == (whole.key, sheet.key)}

    assert status(part) == {LinkStatus.UNCONFIRMED}
    assert status(stranger) == {LinkStatus.ACCEPTED}


def test_what_split_off_by_its_figures_and_says_so_is_linked_once(make: Make) -> None:
    before = {2013: 8101, 2014: 8765, 2015: 9393, 2016: 10722, 2017: 12198}
    left = before | {2016: 9222, 2017: 10198}

    def figures(amounts: dict[int, int]) -> tuple[tuple[str, int, int], ...]:
        return tuple(("initial", year, amount * MILLION) for year, amount in amounts.items())

    whole = make("mic/2015/0010", "公的な森の手入れ", figures=figures(before))
    rest = make("mic/2016/0010", "公的な森の手入れ", figures=figures(left))
    part = make("mic/2016/0011", "海の見張り", figures=figures({2016: 1500, 2017: 2000}), stated=FORMER)
    forward = links_of([whole], [rest, part])
    assert sorted((link.later.number, link.method) for link in forward)[1:] == [("0011", "rest-of-figures")]
    earlier = [rest._replace(key=whole.key), part._replace(key=SheetKey("mic", 2015, "0011"), stated=())]
    later = [whole._replace(key=rest.key, stated=(earlier[1].key,))]
    back = links_of(earlier[::-1], later)
    assert sorted((link.earlier.number, link.method) for link in back)[1:] == [("0011", "rest-of-figures")]
