"""A total is explained by the sums that were tried: only one that is the only one of its size, and no accident."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hyoka_kg.validation import Cause, Part, explain_total, total_of

MILLION = 1_000_000


def _explained(total: int, current: list[int], initial: list[int] | None = None) -> Cause:
    amounts = [_part("", "current", total)]
    amounts += [_part(f"entry {n}", "current", value) for n, value in enumerate(current, 1)]
    amounts += [_part(f"entry {n}", "initial", value) for n, value in enumerate(initial or (), 1)]
    whole = total_of(amounts)
    assert whole is not None
    return explain_total(whole)


def _part(name: str, kind: str, value: int) -> Part:
    return Part(name, kind, Decimal(value * MILLION), Decimal(MILLION))


@pytest.mark.parametrize(
    ("told", "code", "arithmetic"),
    [
        (_explained(7000, [5000, 900, 800], [5200, 1000, 800]), "parts-of-another-phase", "7,000 ≈ initial 7,000 (3)"),
        (_explained(5800, [5000, 900, 800]), "parts-left-out", "5,800 ≈ 6,700 − 900 (entry 2)"),
        (_explained(5000, [5000, 900, 800]), "parts-left-out", "5,000 ≈ 6,700 − 900 (entry 2) − 800 (entry 3)"),
        (_explained(7500, [5000, 900, 800]), "part-counted-twice", "7,500 ≈ 6,700 + 800 (entry 3)"),
        (_explained(9999, [5000, 900], [4000, 900]), "parts-tried", "current 5,900 (2), initial 4,900 (2)"),
    ],
)  # fmt: skip
def test_the_sum_that_comes_out_is_told_with_its_arithmetic(told: Cause, code: str, arithmetic: str) -> None:
    assert (told.code, told.arithmetic) == (code, arithmetic)


def test_two_entries_that_could_be_left_out_are_not_told() -> None:
    assert _explained(5900, [5000, 900, 900]).code == "parts-tried"


def test_a_sum_that_many_subsets_could_meet_is_no_cause() -> None:
    assert _explained(30, [10, 11, 12, 13, 14, 15]).code == "parts-tried"


def test_there_is_one_total() -> None:
    assert total_of([_part("entry 1", "current", 3)]) is None
