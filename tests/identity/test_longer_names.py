"""Names with more behind them, names that tell the former one, and sheets without money in a central budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import IndicatorDigest, SheetDigest
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair

Make = Callable[..., SheetDigest]
Facts = dict[str, Any]
NAME, LONGER = "地域の港を整える事業", "地域の港を整える事業（令和六年度補正：船着き場の緊急の改修）"
MONEY = {2016: (5317, 5101), 2017: (4988, 4720), 2018: (6021, 5873)}
ONCE, TWICE = {2018: (123, None)}, {2018: (123, 120), 2017: (77, 70)}
ELSEWHERE = {"bureau": "よその局", "division": "よその課"}
WORDS, OTHER_WORDS = {"sentences": (11, 12, 13)}, {"sentences": (11, 22, 23, 24)}


def _accepted(earlier: list[SheetDigest], later: list[SheetDigest]) -> list[Link]:
    return [link for link in YearPair(earlier, later).links() if link.status is LinkStatus.ACCEPTED]


@pytest.mark.parametrize(
    ("method", "own", "spoilt"),
    [
        ("extended-name-and-start", ELSEWHERE, {"start": 2005}),
        ("extended-name-and-unit", {"start": 2011, "bureau": "よその局"}, ELSEWHERE),
    ],
)
@pytest.mark.parametrize("is_later", [True, False])
def test_a_name_with_more_behind_it(make: Make, method: str, own: Facts, spoilt: Facts, is_later: bool) -> None:
    first, second = (NAME, LONGER) if is_later else (LONGER, NAME)
    earlier = [make("mic/2018/0034", first)]
    assert [link.method for link in _accepted(earlier, [make("mic/2019/0041", second, **own)])] == [method]
    assert _accepted(earlier, [make("mic/2019/0041", second, **(own | spoilt))]) == []
    inside = make("mic/2019/0041", f"新しい{second}" if is_later else "港を整える事業", **own)
    assert [link for link in _accepted(earlier, [inside]) if link.method == method] == []


def test_a_name_with_more_behind_it_and_other_money_is_another(make: Make) -> None:
    earlier = [make("mic/2018/0034", NAME, MONEY)]
    other = make(
        "mic/2019/0041", LONGER, {year: (initial + 99, 1) for year, (initial, _) in MONEY.items()}, **ELSEWHERE
    )
    assert _accepted(earlier, [other]) == []


def test_a_project_that_goes_on_is_told_in_parts_by_name(make: Make) -> None:
    """A contribution goes on, and has a sheet for fisheries (うち水産分野) beside it."""
    earlier = [make("mlit/2021/20-0452", NAME, {2021: (500, None)}, start=2010)]
    goes_on = make("mlit/2024/rs-4447", NAME, {2021: (500, 480)}, start=2010, bureau="別の局")
    part = make("mlit/2024/rs-18692", f"{NAME}（道路）", start=2010, division="よその課")
    links = {link.later.number: (link.relation, link.method) for link in _accepted(earlier, [goes_on, part])}
    assert links["rs-18692"] == ("split-into", "part-without-figures")
    assert set(links) == {"rs-4447", "rs-18692"}
    for spoilt in ({"start": 2011}, {"name": f"ある{NAME}（道路）"}, {"money": {2021: (44, None)}}, ELSEWHERE):
        fields = {"name": f"{NAME}（道路）", "start": 2010, "division": "よその課"} | spoilt
        other = make("mlit/2024/rs-18692", fields.pop("name"), **fields)
        assert {link.later.number for link in _accepted(earlier, [goes_on, other])} == {"rs-4447"}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("港の新しい仕組み（旧：地域の港を整える事業）", 1),
        ("港の新しい仕組み（令和五年度より地域の港を整える事業から改称）", 1),
        ("港の新しい仕組み（地域の港を整える事業を除く）", 0),
        ("港の新しい仕組みのうち地域の港を整える事業（旧：川の仕組み）", 0),
    ],
)
@pytest.mark.parametrize(
    ("start", "method"), [(2011, "told-name-and-near-start"), (2010, "stated-near-name-and-start")]
)
def test_a_name_that_tells_the_former_one(make: Make, name: str, count: int, start: int, method: str) -> None:
    earlier = [make("mext/2018/0012", "地域の港を整える事業")]
    later = make("mext/2019/0019", name, start=start, **ELSEWHERE)
    assert [link.method for link in _accepted(earlier, [later])] == [method] * count


@pytest.mark.parametrize(
    ("own", "count"),
    [
        ({}, 1),
        ({"start": 0}, 1),
        ({"start": 2003}, 0),
        ({"division": "よその課"}, 0),
        (OTHER_WORDS, 0),
        ({"figures": (("initial", 2019, 90_000_000),)}, 0),
    ],
)
def test_equal_wording_in_one_unit_under_an_akin_name(make: Make, own: Facts, count: int) -> None:
    asked = {"figures": (("requested", 2019, 150_000_000),)}
    earlier = [make("mic/2018/0012", NAME, **(WORDS | asked))]
    later = make("mic/2019/0019", "地域の港を直す事業", **(WORDS | own))
    assert [link.method for link in _accepted(earlier, [later])].count("wording-and-unit") == count


def test_a_duty_that_moved_with_its_name_and_few_figures(make: Make) -> None:
    told = {"indicators": (IndicatorDigest("outcome/1", "outcome", "港の数", "港", (("actual", 2017, "7"),)),)}
    few = {2016: (7, 7), 2017: (11, 11)}
    earlier = [make("cao/2018/0083", NAME, few, **told), make("mhlw/2018/0001", "ほかの仕事", start=1990)]
    moved = make("mhlw/2019/new29-0044", NAME, few, **(told | ELSEWHERE))
    (link,) = _accepted(earlier, [moved])
    assert (link.method, link.relation) == ("moved-name-few-figures-and-indicators", "transferred")
    assert _accepted(earlier, [moved._replace(indicators=())]) == []


SYSTEM: Facts = {"start": 2021, "bureau": "室", "division": "室", "figures": ()}


@pytest.mark.parametrize(("new_money", "relation"), [({}, "transferred"), ({2019: (600, None)}, "split-into")])
def test_a_system_in_the_central_budget_is_told_in_its_former_words(
    make: Make, new_money: dict[int, tuple[int, int | None]], relation: str
) -> None:
    earlier = [make("moj/2018/0044", "地図の仕組みの維持管理", MONEY, start=2006, **WORDS)]
    goes_on = make("moj/2019/0043", "地図の仕組みの維持管理", MONEY | new_money, start=2006)
    system = make("cas/2019/new21-0015", "地図の情報の整備及び運用", **(SYSTEM | WORDS))
    others = [make("cas/2018/0001", "ほかの仕事", start=1990)]
    links = {link.later.number: link for link in _accepted([*earlier, *others], [goes_on, system])}
    assert (links["new21-0015"].method, links["new21-0015"].relation) == ("moved-without-money", relation)
    assert links["0043"].joins


@pytest.mark.parametrize(
    "spoilt",
    [
        {"figures": (("initial", 2019, 90_000_000),)},
        {"sentences": (11, 91, 92)},
        {"start": 2001},
    ],
)
def test_a_sheet_with_money_or_one_sentence_or_years_of_its_own_did_not_move(make: Make, spoilt: Facts) -> None:
    earlier = [make("moj/2018/0044", "地図の仕組みの維持管理", MONEY, start=2006, **WORDS)]
    system = make("cas/2019/new21-0015", "地図の情報の整備及び運用", **(SYSTEM | WORDS | spoilt))
    assert _accepted([*earlier, make("cas/2018/0001", "ほかの仕事", start=1990)], [system]) == []
