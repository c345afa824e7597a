"""A project goes on and its figures change by what another sheet tells: that sheet split off, or was taken in."""

from __future__ import annotations

from collections.abc import Callable
from math import log10
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import Link, LinkStatus, YearPair
from hyoka_kg.linking.identity.rests import Rest, find_rests

Make = Callable[..., SheetDigest]
Facts = dict[str, Any]
MILLION = 1_000_000
BEFORE = {2015: 9393, 2016: 10722, 2017: 12198}
STRANGE: Facts = {"bureau": "山の局", "division": "山の課"}
NAME, PART = "公的な住まいの管理等", "長く保つ模範"


def _figures(amounts: dict[int, int], phase: str = "initial") -> tuple[tuple[str, int, int], ...]:
    return tuple((phase, year, amount * MILLION) for year, amount in amounts.items())


def _found(whole: SheetDigest, rest: SheetDigest, *parts: SheetDigest, is_related: bool = True) -> list[Rest]:
    free = range(1, len(parts) + 1)
    return find_rests([whole], [rest, *parts], [(0, 0)], free, lambda _whole, _part: is_related)


@pytest.fixture
def sheet(make: Make) -> Callable[..., SheetDigest]:
    """Return what makes a sheet of initial amounts in millions."""

    def build(key: str, name: str, amounts: dict[int, int], **more: Any) -> SheetDigest:
        return make(key, name, figures=_figures(amounts), **more)

    return build


def test_a_sheet_that_tells_all_that_was_lost_is_the_rest(sheet: Make) -> None:
    whole = sheet("mlit/2015/0001", NAME, BEFORE)
    rest = sheet("mlit/2016/0001", NAME, BEFORE | {2016: 9222, 2017: 10198})
    part = sheet("mlit/2016/0002", PART, {2016: 1500, 2017: 2000})
    (found,) = _found(whole, rest, part)
    assert (found.whole, found.rest, found.part, found.equal) == (0, 0, 1, 2)
    # As in sums, an amount says no more than its distance from the next smaller one.
    assert found.weight == pytest.approx(log10(1500) + log10(500))
    assert _found(whole, rest, part, is_related=False) == []


@pytest.mark.parametrize(
    "amounts",
    [
        {2016: 1500},
        {2016: 1500, 2017: 2002},
        {2015: 300, 2016: 1500, 2017: 2000},
        {2018: 1500},
    ],
)
def test_what_tells_less_or_other_or_more_than_was_lost_is_not(sheet: Make, amounts: dict[int, int]) -> None:
    whole = sheet("mlit/2015/0001", NAME, BEFORE)
    rest = sheet("mlit/2016/0001", NAME, BEFORE | {2016: 9222, 2017: 10198})
    assert _found(whole, rest, sheet("mlit/2016/0002", PART, amounts)) == []


@pytest.mark.parametrize(("lost", "told", "count"), [(32, 32, 1), (31, 31, 0), (95, 96, 1), (94, 95, 1), (90, 91, 0)])
def test_a_small_amount_and_one_that_is_rounded_apart_say_little(sheet: Make, lost: int, told: int, count: int) -> None:
    whole = sheet("mlit/2015/0001", NAME, BEFORE)
    rest = sheet("mlit/2016/0001", NAME, BEFORE | {2017: BEFORE[2017] - lost})
    assert len(_found(whole, rest, sheet("mlit/2016/0002", PART, {2017: told}))) == count


def test_a_sheet_that_fits_two_projects_is_left_out(sheet: Make) -> None:
    wholes = [sheet(f"mlit/2015/000{n}", NAME, BEFORE) for n in (1, 2)]
    others = [sheet(f"mlit/2016/000{n}", NAME, BEFORE | {2017: 10198}) for n in (1, 2)]
    others.append(sheet("mlit/2016/0003", PART, {2017: 2000}))
    assert find_rests(wholes, others, [(0, 0), (1, 1)], [2], lambda _whole, _part: True) == []
    (found,) = find_rests(wholes, others, [(0, 0), (1, 1)], [2], lambda whole, _part: whole == 1)
    assert (found.whole, found.part) == (1, 2)


def test_sheets_that_tell_the_same_loss_are_left_out(sheet: Make) -> None:
    """Each tells all that the project lost: both cannot have split off."""
    others = [sheet("mlit/2016/0001", NAME, BEFORE | {2017: 10198})]
    others += [sheet(f"mlit/2016/000{n}", PART, {2017: 2000}) for n in (2, 3)]
    wholes = [sheet("mlit/2015/0001", NAME, BEFORE)]
    assert find_rests(wholes, others, [(0, 0)], [1, 2], lambda _whole, _part: True) == []
    assert len(find_rests(wholes, others, [(0, 0)], [1], lambda _whole, _part: True)) == 1


def test_a_current_budget_proves_nothing_of_its_own(make: Make) -> None:
    whole = make("mlit/2015/0001", NAME, figures=_figures(BEFORE, "current"))
    rest = make("mlit/2016/0001", NAME, figures=_figures(BEFORE | {2017: 10198}, "current"))
    assert _found(whole, rest, make("mlit/2016/0002", PART, figures=_figures({2017: 2000}, "current"))) == []


def _accepted(earlier: list[SheetDigest], later: list[SheetDigest]) -> list[Link]:
    return [link for link in YearPair(earlier, later).links() if link.status is LinkStatus.ACCEPTED]


@pytest.mark.parametrize("is_split", [True, False])
def test_what_splits_off_or_is_taken_in_is_related_by_its_unit(sheet: Make, is_split: bool) -> None:
    one, two = ("2017", "2018") if is_split else ("2018", "2017")
    whole = sheet(f"mlit/{one}/0001", NAME, BEFORE)
    rest = sheet(f"mlit/{two}/0001", NAME, BEFORE | {2017: 10198})
    for unit, count in (({}, 1), (STRANGE, 0)):
        part = sheet(f"mlit/{two}/0002", PART, {2017: 2000}, start=2017, **unit)
        pair = ([whole], [rest, part]) if is_split else ([rest, part], [whole])
        links = [link for link in _accepted(*pair) if not link.joins]
        assert [(link.method, link.relation) for link in links] == [
            ("rest-of-figures", "split-into" if is_split else "merged-into")
        ] * count
        assert all(link.evidence[0] == "figures-add-up:1/1" for link in links)


@pytest.mark.parametrize(("name", "heads"), [(NAME, {"0001"}), ("別の仕事", set())])
def test_a_whole_goes_on_from_the_part_that_a_rule_joins_to_it(sheet: Make, name: str, heads: set[str]) -> None:
    """The sum tells that something was taken in; the project keeps its sheets."""
    parts = [
        sheet("moe/2017/0001", name, {year: amount - 4000 for year, amount in BEFORE.items()}),
        sheet("moe/2017/0002", PART, dict.fromkeys(BEFORE, 4000), start=1999),
    ]
    links = _accepted(parts, [sheet("moe/2018/0007", NAME, BEFORE)])
    assert {link.earlier.number for link in links if link.joins} == heads
    assert {(link.earlier.number, link.relation) for link in links} == {
        ("0001", "merged-into"),
        ("0002", "merged-into"),
    }
    assert {link.method for link in links if link.joins} == ({"head-of-sum"} if heads else set())
