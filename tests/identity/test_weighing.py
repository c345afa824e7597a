"""What two sheets have in common: which pairs are compared, what each fact says, and what all sheets of a year tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from tests.identity.conftest import MILLION

from hyoka_kg.linking.identity.candidates import candidate_pairs
from hyoka_kg.linking.identity.digests import DigestMaker, IndicatorDigest, SheetDigest
from hyoka_kg.linking.identity.evidence import Evidence, compare, same_amount
from hyoka_kg.linking.identity.indicators import link_indicators
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair
from hyoka_kg.linking.identity.matching import match
from hyoka_kg.linking.identity.naming import with_named
from hyoka_kg.linking.identity.records import read_links, read_projects, write_links, write_projects
from hyoka_kg.linking.identity.rules import rules
from hyoka_kg.linking.identity.surroundings import Surroundings
from hyoka_kg.model import Node, SheetKey, SheetPart

Make = Callable[..., SheetDigest]
MUCH = (12_345, 23_456, 34_567)
APART = {"start": 1999, "bureau": "よその局", "division": "よその課"}


def money(amounts: Iterable[float], phase: str = "initial") -> tuple[tuple[str, int, int], ...]:
    return tuple((phase, 2010 + n, round(amount * MILLION)) for n, amount in enumerate(amounts))


def weighed(one: SheetDigest, other: SheetDigest) -> Evidence:
    return compare(one, other, is_name_shared=False, is_only=True)


# Which pairs are compared


@pytest.mark.parametrize(
    ("ministry", "amounts", "is_compared"),
    [
        ("mic", [5.4], True),
        ("mic", [6.0], False),
        ("mof", [5.4], False),
        ("mof", [5.4, 9.9], True),
        ("mof", [5.4, 10.0], False),
    ],
)
def test_sheets_are_compared_that_tell_equal_millions(
    make: Make, ministry: str, amounts: list[float], is_compared: bool
) -> None:
    def figures(*millions: float) -> tuple[tuple[str, int, int], ...]:
        return tuple(
            (phase, 2012, int(m * MILLION)) for phase, m in zip(("initial", "executed"), millions, strict=False)
        )

    one = make("mic/2015/1", "森の手入れ", figures=figures(5.0, 9.0))
    other = make(f"{ministry}/2016/2", "海の見張り", figures=figures(*amounts), **APART)
    assert candidate_pairs([one], [other]) == ([(0, 0)] if is_compared else [])


@pytest.mark.parametrize(
    ("name", "is_compared"), [("港湾整備を調査", False), ("港湾整備事業乙", True), ("海外留学事業甲", False)]
)
def test_names_are_compared_that_have_three_parts_in_common(make: Make, name: str, is_compared: bool) -> None:
    one, other = make("mic/2015/1", "港湾整備事業甲"), make("mic/2016/2", name, **APART)
    assert bool(candidate_pairs([one], [other])) == is_compared


@pytest.mark.parametrize(("count", "is_told"), [(12, True), (13, False)])
def test_what_more_than_twelve_sheets_of_a_year_share_tells_nothing(make: Make, count: int, is_told: bool) -> None:
    one = make("mic/2015/1", "森の手入れ", sentences=(77,))
    crowd = [make(f"mic/2016/{n}", f"別の仕事{n}", sentences=(77,), **APART) for n in range(count)]
    assert bool(candidate_pairs([one], crowd)) == bool(candidate_pairs(crowd, [one])) == is_told


# What each fact says


def test_a_fact_that_one_sheet_does_not_tell_is_unknown(make: Make) -> None:
    told = make("mic/2015/1", rs_id="77", bureau="局", payees=("1010001000001",))
    silent = make("mic/2016/2", bureau="", start=0)
    facts = weighed(told, silent)
    assert (facts.rs_id, facts.bureau, facts.start, facts.payees) == ("unknown", "unknown", "unknown", "none")
    assert weighed(told, make("mic/2016/2", rs_id="78")).rs_id == "differs"
    other = make("mic/2016/2", payees=("1010001000001", "2010001000002"))
    assert weighed(told, other).payees == "shared"
    assert weighed(told, make("mic/2016/2", payees=("2010001000002",))).payees == "differ"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("情報課", "情報課係", "equal"),
        ("情報課", "情報課係・室", "equal"),
        ("情報課", "情報課・室", "differs"),
        ("情報", "情報課", "differs"),
        ("", "情報課", "unknown"),
    ],
)
def test_a_division_and_its_section_are_one(make: Make, one: str, other: str, told: str) -> None:
    assert weighed(make("mic/2015/1", division=one), make("mic/2016/2", division=other)).division == told


def test_amounts_are_one_to_the_yen_and_within_the_rounding_of_one_of_them() -> None:
    assert same_amount(int("5317001"), int("5317001"))
    assert not same_amount(5_317_001, 5_317_002)
    assert same_amount(5_317_001, 5_000_000)


def test_indicators_say_most_where_a_value_of_one_year_is_equal(make: Make) -> None:
    def sheet(number: str, *values: tuple[str, int, str], form: str = "件数") -> SheetDigest:
        return make(f"mic/2015/{number}", indicators=(IndicatorDigest("i/1", "output", form, "件", values),))

    one = sheet("1", ("actual", 2012, "5"), ("actual", 2013, "7"))
    assert weighed(one, sheet("2", ("actual", 2012, "5"), ("actual", 2013, "8"))).indicators == "valued"
    assert weighed(one, sheet("2", ("actual", 2012, "6"))).indicators == "worded"
    assert weighed(one, sheet("2", ("actual", 2012, "5"), form="人数")).indicators == "differ"
    assert weighed(one, make("mic/2016/3")).indicators == "none"


def test_a_project_may_end_before_another_begins(make: Make) -> None:
    def over(end: int, start: int) -> str:
        return weighed(make("mic/2015/1", end=end), make("mic/2016/2", start=start)).over

    assert [over(2014, 2015), over(2015, 2015), over(0, 2015)] == ["yes", "no", "no"]


# What the parts of a sheet tell


def test_a_digest_tells_related_projects_and_the_numbers_of_indicators() -> None:
    text = "".join(["te", "xt"])  # as read from a file: no literal of ours
    nodes = [
        Node(text, "c/1", "", "", (("as_printed", "統合元事業"), ("related_id", "4711"))),
        Node(text, "c/2", "", "", (("as_printed", "親事業"),)),
        Node("link", "c/3", "", "", (("link_from", "mic/fy2019/0004"), ("related_id", "1"))),
        Node("observation", "i/1/1", "i/1", "", (("role", "actual"), ("fiscal_year", "2020"), ("value", "5"))),
        Node("observation", "i/1/2", "i/1", "", (("role", "target"), ("fiscal_year", "2021"))),
        Node("observation", "i/1/3", "i/1", "", (("role", "target"), ("value", "9"))),
        Node("indicator", "i/1", "", "", (("indicator_kind", "output"), ("label", "件数"), ("unit_printed", "件"))),
    ]
    digest = DigestMaker({}).digest(SheetPart(SheetKey("mic", 2021, "0001"), "", "", "", nodes))
    assert digest.relations == (("統合元事業", "4711"),)
    assert digest.indicators == (IndicatorDigest("i/1", "output", "件数", "件", (("actual", 2020, "5"),)),)
    assert digest.stated == (SheetKey("mic", 2019, "0004"),)


def test_a_history_names_former_projects_whatever_the_order_of_their_names(make: Make) -> None:
    formers = [make("mic/2015/1", "あさひの港湾整備調査事業"), make("mic/2015/2", "わかばの河川整備調査事業")]
    own = make("mic/2015/3", "なかほどの道路整備調査事業")
    text = "".join(one.form for one in (*formers, own)) + "を統合"
    [named] = with_named([*formers, own], [make("mic/2016/9", "なかほどの道路整備調査事業", told=(text,))])
    assert [key.number for key in named.histories] == ["1", "2"]


def test_a_name_within_a_longer_one_that_is_told_is_no_name_of_its_own(make: Make) -> None:
    formers = [make("mic/2015/1", "あさひの港湾整備調査事業"), make("mic/2015/2", "あさひの港湾整備調査事業の追加分")]
    [named] = with_named(formers, [make("mic/2016/9", "空の仕事", told=(f"{formers[1].form}を統合",))])
    assert [key.number for key in named.histories] == ["2"]


def test_links_and_projects_are_read_back_as_they_were_written(make: Make, tmp_path: Path) -> None:
    one, other = make("mic/2015/1").key, make("mof/2016/new28-2").key
    links = [Link(one, other, "transferred", "equal-name", ("equal-name", "equal-figures:3/3"), LinkStatus.ACCEPTED)]
    write_links(tmp_path / "links.csv.gz", links)
    assert list(read_links(tmp_path / "links.csv.gz")) == links
    assert read_projects(tmp_path / "projects.csv.gz") == {}
    write_projects(tmp_path / "projects.csv.gz", {one: "mic/森", other: "mic/森"})
    assert read_projects(tmp_path / "projects.csv.gz") == {one: "mic/森", other: "mic/森"}


def test_only_sheets_of_the_year_before_are_counted_as_named(make: Make) -> None:
    earlier = [make("mic/2015/1"), make("mic/2015/2")]
    one = make("mic/2017/7", stated=("mic/2015/1", "mic/2016/8", "mic/2014/9"))
    both = make("mic/2017/8", stated=("mic/2015/1", "mic/2015/2"))
    around = Surroundings(earlier, [one, both])
    assert [around.is_listing(digest.key) for digest in (one, both)] == [False, True]
    assert [around.is_claimed_again(digest.key) for digest in earlier] == [True, False]


# What the evidence gives


def test_a_sheet_is_matched_once_with_the_one_that_more_speaks_for(make: Make) -> None:
    rule = rules()[0]
    blank = weighed(make("mic/2015/1"), make("mic/2016/2"))
    weaker = blank._replace(**{fact: min(classes) for fact, classes in rule.wanted})
    stronger = weaker._replace(equal_figures=9)
    found = match({(0, 0): weaker, (0, 1): stronger, (1, 1): weaker}, taken=(set(), set()))
    assert ([one.pair for one in found.matches], found.open) == ([(0, 1)], [])
    assert {rule: 1}[rule] == 1


def links_of(earlier: list[SheetDigest], later: list[SheetDigest]) -> dict[tuple[str, str], Link]:
    return {(link.earlier.number, link.later.number): link for link in YearPair(earlier, later).links()}


def thirds(amounts: Iterable[int]) -> list[list[float]]:
    return [[amount // 5 + n for amount in amounts] for n in (2, 7)] + [
        [amount - 2 * (amount // 5) - 9 for amount in amounts]
    ]


def test_a_project_that_goes_on_with_all_its_money_was_not_divided(make: Make) -> None:
    first = [amount // 3 for amount in MUCH]
    parts = [money(first), money(amount - one for amount, one in zip(MUCH, first, strict=True))]
    whole = make("mic/2015/0010", "森の手入れ", figures=money(MUCH))
    same = make("mic/2016/0010", "森の手入れ", figures=money(MUCH))
    pieces = [
        make(f"mic/2016/002{n}", name, figures=part)
        for n, (name, part) in enumerate(zip(("海", "空"), parts, strict=True))
    ]
    forward = links_of([whole], [*pieces, same])
    assert {pair: link.relation for pair, link in forward.items()} == {("0010", "0010"): "continues"}
    back = links_of([*(one._replace(key=SheetKey("mic", 2015, one.key.number)) for one in pieces), whole], [same])
    assert {pair: link.relation for pair, link in back.items()} == {("0010", "0010"): "continues"}
    divided = links_of([whole], pieces)
    assert {link.relation for link in divided.values()} == {"split-into"}
    assert len(divided) == 2


def test_three_related_parts_are_a_division_by_their_sums(make: Make) -> None:
    whole = make("mic/2015/0010", "森の手入れ", figures=money(MUCH))
    parts = [
        make(f"mic/2016/002{n}", name, figures=money(part), stated=("mic/2015/0010",))
        for n, (name, part) in enumerate(zip(("海", "空", "土"), thirds(MUCH), strict=True))
    ]
    found = links_of([whole], parts)
    assert {pair[1]: (link.relation, link.method) for pair, link in found.items()} == {
        f"002{n}": ("split-into", "sum-of-figures") for n in range(3)
    }
    assert all(link.evidence[0] == "figures-add-up:3/3" for link in found.values())


def test_a_listed_sheet_that_ended_is_merged_by_the_statement(make: Make) -> None:
    earlier = [make("mic/2015/0001", "森の手入れ"), make("mic/2015/0002", "海の見張り")]
    later = make("mic/2016/0003", "国土の保全", stated=("mic/2015/0001", "mic/2015/0002"))
    found = links_of(earlier, [later])
    assert {(link.relation, link.method, link.status) for link in found.values()} == {
        ("merged-into", "stated-merger", LinkStatus.ACCEPTED)
    }
    assert len(found) == 2


def test_what_was_added_up_from_others_and_divided_from_another_goes_on_from_none(make: Make) -> None:
    """One sheet is the sum of two and a part of a third: a fourth of its name has nothing to do with it."""
    small = [amount // 3 for amount in MUCH]
    rest = [amount - one for amount, one in zip(MUCH, small, strict=True)]
    halves = [[one // 2 for one in small], [one - one // 2 for one in small]]
    earlier = [
        make("mic/2015/0001", "森", figures=money(MUCH)),
        make("mic/2015/0002", "川", figures=money(halves[0])),
        make("mic/2015/0003", "谷", figures=money(halves[1])),
        make("mic/2015/0004", "国土の保全"),
    ]
    later = [
        make("mic/2016/0011", "国土の保全", figures=money(small)),
        make("mic/2016/0012", "里", figures=money(rest)),
    ]
    found = links_of(earlier, later)
    assert {pair: link.relation for pair, link in found.items()} == {
        ("0001", "0011"): "split-into",
        ("0001", "0012"): "split-into",
        ("0002", "0011"): "merged-into",
        ("0003", "0011"): "merged-into",
    }


def test_indicators_are_linked_along_the_years_and_not_within_one(make: Make) -> None:
    told = IndicatorDigest("i/1", "output", "件数", "件", (("actual", 2012, "5"),))
    sheets = {one.key: one for one in (make("mic/2015/1", indicators=(told,)), make("mic/2016/2", indicators=(told,)))}
    one, other = sheets

    class Shelf:
        get = staticmethod(sheets.get)

    def linked(earlier: SheetKey, later: SheetKey) -> list[str]:
        link = Link(earlier, later, "continues", "", (), LinkStatus.ACCEPTED)
        return [found.evidence for found in link_indicators(Shelf(), [link])]

    assert linked(one, other) == ["equal-wording"]
    assert linked(one, one) == []
