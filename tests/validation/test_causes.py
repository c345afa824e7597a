"""A probable cause is told where its arithmetic comes out, and nothing is told where it does not."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hyoka_kg.model import Finding, Severity
from hyoka_kg.validation import Difference, Telling, probable_cause, with_cause


def _difference(own: int, other: int, *around: tuple[str, str, int, int]) -> Difference:
    one, two = Telling("own", "current", 2016, Decimal(own)), Telling("other", "current", 2016, Decimal(other))
    told = tuple(Telling(side, kind, year, Decimal(value)) for side, kind, year, value in around)
    return Difference(one, two, (one, two, *told), Decimal(1))


CASES = {
    "zero for all of the year": (
        _difference(0, 38_328, ("own", "initial", 2016, 0), ("own", "executed", 2016, 0), ("own", "initial", 2015, 7)),
        "zero-throughout", "FY2016 current, executed, initial = 0"),
    "a slip of the unit": (_difference(23, 23_000), "unit-slip", "23,000 = 23 × 10^3"),
    "ten thousand": (_difference(1_234, 12_340_000), "unit-slip", "12,340,000 = 1,234 × 10^4"),
    "the amount of the year before": (
        _difference(725, 779, ("other", "current", 2015, 725)), "shifted-year", "725 = FY2015 725"),
    "the amount of the year after": (
        _difference(725, 779, ("own", "current", 2017, 779)), "shifted-year", "779 = FY2017 779"),
    "two years added up": (
        _difference(25_499, 25_434, ("other", "current", 2015, 65)), "years-added", "25,499 = 25,434 + 65 (FY2015)"),
    "the initial budget told as the total": (
        _difference(500, 640, ("other", "initial", 2016, 500)), "other-basis", "500 = initial 500"),
    "neighbouring digits swapped": (_difference(1_357, 1_537), "digits-swapped", "1357 ↔ 1537"),
}  # fmt: skip
SILENT = {
    "zero beside an amount of the same year": _difference(
        0, 38_328, ("own", "initial", 2016, 0), ("own", "executed", 2016, 5)),
    "zero told twice alone": _difference(0, 38_328, ("own", "initial", 2016, 0)),
    "nothing in common": _difference(779, 725),
    "the amount of the year before in the same document": _difference(725, 779, ("own", "current", 2015, 725)),
    "the amount of two years before": _difference(725, 779, ("other", "current", 2014, 725)),
    "another phase of another year": _difference(725, 779, ("other", "initial", 2015, 725)),
    "small numbers meet by accident": _difference(10, 7, ("other", "current", 2015, 3)),
    "two digits swapped may be an accident": _difference(12, 21),
    "distant digits swapped": _difference(1_357, 7_351),
    "a slip of ten": _difference(23, 230),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_cause_is_told_with_its_arithmetic(name: str) -> None:
    difference, code, arithmetic = CASES[name]
    cause = probable_cause(difference)
    assert cause is not None
    assert (cause.code, cause.arithmetic) == (code, arithmetic)


@pytest.mark.parametrize("name", SILENT)
def test_no_cause_is_told_where_none_can_be_shown(name: str) -> None:
    assert probable_cause(SILENT[name]) is None


@given(st.integers(10, 10**7), st.sampled_from([3, 4, 6, 8]))
def test_a_slip_of_the_unit_is_always_seen_in_both_orders(value: int, power: int) -> None:
    for pair in ((value, value * 10**power), (value * 10**power, value)):
        cause = probable_cause(_difference(*pair))
        assert cause is not None
        assert cause.code == "unit-slip"


@given(st.integers(100, 10**7), st.integers(100, 10**7), st.integers(10, 10**7))
def test_the_order_of_the_statements_does_not_matter(own: int, other: int, near: int) -> None:
    assume(own != other)
    ahead = _difference(own, other, ("own", "current", 2015, near))
    turned = Difference(
        Telling("own", "current", 2016, Decimal(other)), Telling("other", "current", 2016, Decimal(own)),
        tuple(dataclasses.replace(one, side={"own": "other", "other": "own"}[one.side]) for one in ahead.around),
        Decimal(1),
    )  # fmt: skip
    first, second = probable_cause(ahead), probable_cause(turned)
    assert (first and first.code) == (second and second.code)


def test_a_finding_tells_the_cause_in_both_languages() -> None:
    cause = probable_cause(CASES["two years added up"][0])
    assert cause is not None
    told = with_cause(
        Finding("X-01", Severity.WARNING, "x", (("year", "2016"),), "一致しません。", "They differ."), cause
    )
    assert told.message_ja == "一致しません。考えられる原因: 二つの年度を足している（25,499 = 25,434 + 65 (FY2015)）。"
    assert told.message_en == "They differ. Probable cause: two years added up (25,499 = 25,434 + 65 (FY2015))."
    assert dict(told.values) == {"year": "2016", "cause": "years-added", "arithmetic": cause.arithmetic}
