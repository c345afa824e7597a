"""Sums at their edges: what is rounded, what is lost below a million, and which of several sums is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from tests.identity.conftest import MILLION

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.sums import _bonus, find_sums

Make = Callable[..., SheetDigest]
MUCH = (12_345, 23_456, 34_567)


def _money(amounts: Iterable[float]) -> tuple[tuple[str, int, int], ...]:
    return tuple(("initial", 2010 + n, round(amount * MILLION)) for n, amount in enumerate(amounts))


@pytest.fixture
def sheet(make: Make) -> Callable[..., SheetDigest]:
    """Return what makes a sheet of amounts in millions, of one bureau and start, each of a division of its own."""

    def build(number: str, amounts: Iterable[float], **more: Any) -> SheetDigest:
        return make(f"mic/2018/{number}", figures=_money(amounts), division=f"課{number}", **more)

    return build


def found_parts(whole: SheetDigest, *parts: SheetDigest) -> list[tuple[int, ...]]:
    return [one.parts for one in find_sums([(0, whole)], list(enumerate(parts, start=1)), {})]


def test_halves_of_a_million_lose_no_pair(sheet: Make) -> None:
    whole = sheet("1", MUCH)
    assert found_parts(whole, sheet("2", [4_000.4, 8_000.4, 12_000.4]), sheet("3", [8_344.3, 15_455.2, 22_566.9])) == [
        (1, 2)
    ]


@pytest.mark.parametrize("off", [-0.6, 0.6])
def test_equal_halves_and_what_is_rounded_up_are_pairs(sheet: Make, off: float) -> None:
    half = (6_173, 11_728, 17_284)
    assert found_parts(sheet("1", [2 * one + off for one in half]), sheet("2", half), sheet("3", half)) == [(1, 2)]
    more = [one + 1_000 for one in half]
    whole = sheet("1", [2 * one + 1_000 + off for one in half])
    assert found_parts(whole, sheet("2", half), sheet("3", more)) == [(1, 2)]


def test_less_than_a_million_suggests_no_pair(sheet: Make) -> None:
    tiny = sheet("2", [0.5, 0.5, 11_111])
    assert found_parts(sheet("1", MUCH), tiny, sheet("3", [12_345, 23_456, 23_456])) == []


def test_a_whole_is_one_sum_and_a_part_is_of_the_sum_with_most_equal_amounts(sheet: Make) -> None:
    long = (*MUCH, 45_678, 56_789, 67_891)
    firsts = [[amount // 3 for amount in long], [amount // 4 for amount in long]]
    pairs = [(one, [amount - part for amount, part in zip(long, one, strict=True)]) for one in firsts]
    parts = [sheet(str(n), part) for n, part in enumerate((part for pair in pairs for part in pair), start=2)]
    assert len(found_parts(sheet("1", long), *parts)) == 1
    wholes = [(0, sheet("1", long[:4])), (1, sheet("9", long))]
    [best] = find_sums(wholes, [(2, parts[0]), (3, parts[1])], {})
    assert (best.whole, best.equal) == (1, 6)


def test_a_common_start_and_a_common_bureau_count_each(make: Make) -> None:
    whole = make("mic/2018/1", start=int("2010"), bureau="".join(["ためし", "局"]))
    both = _bonus(whole, make("mic/2018/2", start=int("2010"), bureau="".join(["ため", "し局"])))
    start = _bonus(whole, make("mic/2018/2", start=int("2010"), bureau="よその局"))
    bureau = _bonus(whole, make("mic/2018/2", start=1999, bureau="".join(["ため", "し局"])))
    assert both == pytest.approx(start + bureau)
    assert min(start, bureau) > 0 == _bonus(whole, make("mic/2018/2", start=1999, bureau="よその局"))
