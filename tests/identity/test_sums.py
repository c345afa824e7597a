"""Several sheets are parts of one where their amounts add up to its own, and more than chance would have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log10
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.sums import Sum, find_sums

Make = Callable[..., SheetDigest]
MILLION = 1_000_000
# Whole amounts in millions, with what they say of two sheets (weight) and by themselves (full weight).
LITTLE = (5, 12, 20)
SOME = (50, 100, 118)
MORE = (50, 100, 170)
MUCH = (12_345, 23_456, 34_567)
STEADY = (100_000, 100_001, 100_002, 100_003)
OF_ANOTHER_KIND = {"start": 1999, "bureau": "よその局"}


def _figures(amounts: Iterable[float]) -> tuple[tuple[str, int, int], ...]:
    return tuple(("initial", 2010 + n, round(amount * MILLION)) for n, amount in enumerate(amounts))


@pytest.fixture
def sheet(make: Make) -> Callable[..., SheetDigest]:
    """Return what makes a sheet of amounts in millions."""

    def build(number: str, amounts: Iterable[float], **more: Any) -> SheetDigest:
        more.setdefault("division", f"第{number}課")
        return make(f"{more.pop('ministry', 'mic')}/2018/{number}", figures=_figures(amounts), **more)

    return build


def _halves(amounts: Iterable[int]) -> tuple[list[float], list[float]]:
    """Divide amounts so that both parts are larger than what counts as nothing."""
    firsts = [amount // 3 + 2 for amount in amounts]
    return list(firsts), [amount - first for amount, first in zip(amounts, firsts, strict=True)]


def _found(whole: SheetDigest, *parts: SheetDigest, kin: Iterable[int] = ()) -> list[Sum]:
    return find_sums([(0, whole)], list(enumerate(parts, start=1)), {0: tuple(kin)})


def test_two_sheets_that_nothing_joins_but_their_sums(sheet: Make) -> None:
    one, other = _halves(MUCH)
    (found,) = _found(sheet("1", MUCH), sheet("2", one, **OF_ANOTHER_KIND), sheet("3", other, **OF_ANOTHER_KIND))
    assert (found.whole, found.parts, found.equal, found.compared) == (0, (1, 2), 3, 3)
    # Each amount says no more than its distance from the next smaller one.
    assert found.weight == pytest.approx(log10(12_345) + 2 * log10(11_111))
    assert found.full_weight == pytest.approx(sum(log10(amount / 3) for amount in MUCH))


def test_what_is_rounded_apart_says_less(sheet: Make) -> None:
    one, other = _halves(MUCH)
    (found,) = _found(sheet("1", MUCH), sheet("2", one), sheet("3", [other[0] + 1, other[1] - 1, other[2]]))
    assert (found.equal, found.compared) == (3, 3)
    assert found.weight == pytest.approx(log10(12_345 / 3) + log10(11_111 / 3) + log10(11_111))
    off_by_more = [other[0] + 1.1, other[1], other[2]]
    assert _found(sheet("1", MUCH), sheet("2", one), sheet("3", off_by_more)) == []


def test_little_is_chance_among_strangers_and_enough_among_related_sheets(sheet: Make) -> None:
    parts = [sheet(str(n), half) for n, half in enumerate(_halves(LITTLE), start=2)]
    assert _found(sheet("1", LITTLE), *parts) == []
    assert _found(sheet("1", LITTLE), *parts, kin=(1,)) == []
    (found,) = _found(sheet("1", LITTLE), *parts, kin=(1, 2))
    assert found.weight == pytest.approx(log10(5) + log10(7) + log10(8))


@pytest.mark.parametrize(("amounts", "kin"), [(MORE, ()), (SOME, (1,))])
def test_a_part_of_the_same_bureau_and_start_is_one_of_fewer(
    sheet: Make, amounts: tuple[int, ...], kin: tuple[int, ...]
) -> None:
    one, other = _halves(amounts)
    alike = [sheet("2", one), sheet("3", other)]
    strange = [sheet("2", one, **OF_ANOTHER_KIND), sheet("3", other, **OF_ANOTHER_KIND)]
    assert [found.parts for found in _found(sheet("1", amounts), *alike, kin=kin)] == [(1, 2)]
    assert _found(sheet("1", amounts), *strange, kin=kin) == []
    # What neither sheet tells is nothing in common.
    untold = [sheet("2", one, start=None, bureau=""), sheet("3", other, start=None, bureau="")]
    assert _found(sheet("1", amounts, start=None, bureau=""), *untold, kin=kin) == []


def test_the_larger_the_ministry_the_more_it_takes(sheet: Make) -> None:
    one, other = _halves(MORE)
    parts = [sheet("2", one), sheet("3", other)]
    crowd = [sheet(str(number), [1], **OF_ANOTHER_KIND) for number in range(4, 10)]
    assert _found(sheet("1", MORE), *parts) != []
    assert _found(sheet("1", MORE), *parts, *crowd) == []
    elsewhere = [sheet(str(number), [1], ministry="mof") for number in range(4, 10)]
    assert _found(sheet("1", MORE), *parts, *elsewhere) != []


def test_one_year_may_differ_and_two_may_not(sheet: Make) -> None:
    one, other = _halves(MUCH)
    whole = sheet("1", (*MUCH, 777, 888))
    for more in ({}, OF_ANOTHER_KIND):
        assert len(_found(whole, sheet("2", (*one, 5), **more), sheet("3", (*other, 6), **more))) == 1
    assert _found(whole, sheet("2", (*one, 5, 5)), sheet("3", (*other, 6, 6))) == []
    # Related sheets need no more than most of their years.
    related = _found(whole, sheet("2", (*one, 5, 5)), sheet("3", (*other, 6, 6)), kin=(1, 2))
    assert [(found.equal, found.compared) for found in related] == [(3, 5)]


def test_amounts_that_hardly_change_count_in_full_only_where_they_are_many(sheet: Make) -> None:
    one, other = _halves(STEADY)
    (found,) = _found(sheet("1", STEADY), sheet("2", one, **OF_ANOTHER_KIND), sheet("3", other, **OF_ANOTHER_KIND))
    # Five orders of magnitude, where 5.4 are asked of strangers; in full 18, where 14 are.
    assert found.weight == pytest.approx(log10(100_000))
    assert found.full_weight == pytest.approx(4 * log10(100_000 / 3), abs=1e-3)
    fewer = [amounts[:3] for amounts in (STEADY, one, other)]
    assert (
        _found(
            sheet("1", fewer[0]), *(sheet(n, one, **OF_ANOTHER_KIND) for n, one in zip("23", fewer[1:], strict=True))
        )
        == []
    )
    whole = sheet("1", (*STEADY, 7, 8))
    odd = (5, 5)
    strange = [sheet("2", (*one, *odd), **OF_ANOTHER_KIND), sheet("3", (*other, *odd), **OF_ANOTHER_KIND)]
    assert _found(whole, *strange) == []
    assert len(_found(whole, *strange, kin=(1,))) == 1


def test_less_than_half_of_the_years_is_no_sum_for_anybody(sheet: Make) -> None:
    one, other = _halves(MUCH)
    whole = sheet("1", (*MUCH, 70, 80, 90))
    parts = sheet("2", (*one, 5, 5, 5)), sheet("3", (*other, 6, 6, 6))
    assert _found(whole, *parts, kin=(1, 2)) == []


def test_two_amounts_are_too_few(sheet: Make) -> None:
    one, other = _halves(MUCH[:2])
    assert _found(sheet("1", MUCH[:2]), sheet("2", one), sheet("3", other), kin=(1, 2)) == []


def test_a_part_without_money_in_any_sum_is_no_part(sheet: Make) -> None:
    assert _found(sheet("1", MUCH), sheet("2", MUCH), sheet("3", (1, 1, 0)), kin=(1, 2)) == []


def test_a_whole_of_a_million_is_equal_to_anything_and_tells_nothing(sheet: Make) -> None:
    assert _found(sheet("1", (*MUCH[:2], 1)), *map(sheet, "23", _halves((*MUCH[:2], 1))), kin=(1, 2)) == []


def test_up_to_four_related_parts_are_added_and_five_are_not(sheet: Make) -> None:
    def parts(count: int) -> list[SheetDigest]:
        return [sheet(str(n + 2), [amount / count for amount in MUCH]) for n in range(count)]

    assert [found.parts for found in _found(sheet("1", MUCH), *parts(4), kin=(1, 2, 3, 4))] == [(1, 2, 3, 4)]
    assert _found(sheet("1", MUCH), *parts(5), kin=(1, 2, 3, 4, 5)) == []


def test_a_sheet_is_a_part_of_one_sum_the_best_proven(sheet: Make) -> None:
    one, other = _halves((*MUCH, 45_678))
    parts = [(2, sheet("3", one)), (3, sheet("4", other))]
    wholes = [(0, sheet("1", MUCH)), (1, sheet("2", (*MUCH, 45_678)))]
    assert [(found.whole, found.parts, found.equal) for found in find_sums(wholes, parts, {})] == [(1, (2, 3), 4)]


def test_sheets_of_another_ministry_are_tried_only_where_they_are_related(sheet: Make) -> None:
    one, other = _halves(MUCH)
    parts = [sheet("2", one, ministry="mof"), sheet("3", other, ministry="mof")]
    assert _found(sheet("1", MUCH), *parts) == []
    assert len(_found(sheet("1", MUCH), *parts, kin=(1, 2))) == 1


def test_a_stranger_of_a_few_million_is_lost_in_the_rounding(sheet: Make) -> None:
    few, rest = (9, 8, 7), [amount - few for amount, few in zip(MUCH, (9, 8, 7), strict=True)]
    assert _found(sheet("1", MUCH), sheet("2", few), sheet("3", rest)) == []
    assert len(_found(sheet("1", MUCH), sheet("2", few), sheet("3", rest), kin=(1,))) == 1
    assert len(_found(sheet("1", MUCH), sheet("2", (10, 8, 7)), sheet("3", [MUCH[0] - 10, *rest[1:]]))) == 1


def test_related_parts_need_little_where_their_amounts_count_in_full(sheet: Make) -> None:
    close = (90, 91, 92)
    one, other = _halves(close)
    (found,) = _found(sheet("1", close), sheet("2", one), sheet("3", other), kin=(1, 2))
    assert found.weight < 2 < 3 < found.full_weight


@pytest.mark.parametrize(("larger", "count"), [(6, 1), (7, 0)])
def test_two_of_the_eight_largest_amounts_must_suggest_a_pair(sheet: Make, larger: int, count: int) -> None:
    """What another sheet tells of as well is looked at first where it is larger."""
    one, other = _halves(MUCH)
    nothing = [1] * larger
    crowd = sheet("4", [99_999 + n for n in range(larger)])
    whole = sheet("1", [500_000 + n for n in range(larger)] + list(MUCH))
    parts = [_without_first(sheet(number, [*nothing, *half]), larger) for number, half in (("2", one), ("3", other))]
    assert len(_found(whole, *parts, crowd)) == count


def _without_first(digest: SheetDigest, years: int) -> SheetDigest:
    """Return a sheet without its first years."""
    return digest._replace(figures=digest.figures[years:])


def test_a_few_sheets_of_one_division_need_little_and_many_need_more(sheet: Make) -> None:
    """What a division's sheets add up to is one of few sums: three of three, and no more than one of many."""
    thirds = [[amount // 3, amount // 3, amount - 2 * (amount // 3)] for amount in LITTLE]
    parts = [sheet(str(n + 2), [third[n] for third in thirds], division="港湾課計画室") for n in range(3)]
    (found,) = _found(sheet("1", LITTLE, division="港湾課"), *parts)
    assert found.parts == (1, 2, 3)
    assert found.weight == pytest.approx(log10(5) + log10(7) + log10(8))
    assert _found(sheet("1", LITTLE, division="道路課"), *parts) == []
    more = [sheet(str(n + 5), [777, 888, 999], division="港湾課") for n in range(6)]
    assert _found(sheet("1", LITTLE, division="港湾課"), *parts, *more) == []


def test_of_a_division_with_many_sheets_those_of_one_start_are_tried(sheet: Make) -> None:
    one, other = _halves(SOME)
    whole = sheet("1", SOME, division="港湾課", start=2001)
    crowd = [sheet(str(n + 4), [777, 888, 999], division="港湾課", start=1990) for n in range(11)]
    for start, count in ((2001, 1), (1991, 0)):
        parts = [sheet("2", one, division="港湾課", start=start), sheet("3", other, division="港湾課", start=start)]
        assert len(_found(whole, *parts, *crowd)) == count


@pytest.mark.parametrize(
    ("division", "bureau", "count"),
    [("参事官(高校担当)", "ためし局", 1), ("参事官(高校担当)", "よその局", 0), ("参事室(高校担当)", "ためし局", 0)],
)
def test_a_division_that_only_its_brackets_tell_apart_is_one_within_a_bureau(
    sheet: Make, division: str, bureau: str, count: int
) -> None:
    one, other = _halves(SOME)
    parts = [sheet(n, half, division="参事官(高等学校担当)") for n, half in (("2", one), ("3", other))]
    assert len(_found(sheet("1", SOME, division=division, bureau=bureau, start=1999), *parts)) == count
