"""Targets that refer to something else: another year's value, a change a year, a range, a tolerance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.fiscal_years import FiscalYears, parse_single_fiscal_year
from hyoka_kg.normalization.numbers import NUMBER, number_text, plain, scaled
from hyoka_kg.normalization.quantities import rank_comparator
from hyoka_kg.normalization.units import RANK, ScaledUnit, parse_printed_unit

_COMPARATORS = {"以上": "ge", "以下": "le", "を上回る": "gt", "を下回る": "lt"}
_RELATIVE = re.compile(rf"(?P<year>[^値]{{2,16}}年\s?度)値(?P<comparator>{'|'.join(_COMPARATORS)})?")
_CHANGE = re.compile(rf"(?:毎年度)?(?P<number>{NUMBER})\s*%\s*(?P<direction>[増減])")
_RANGE = re.compile(
    rf"(?P<low>{NUMBER})(?:\s*(?P<low_unit>[^0-9\s~〜]{{1,20}}))?\s*[~〜]\s*"
    rf"(?P<high>{NUMBER})\s*(?P<unit>[^0-9\s].{{0,19}})?"
)
_TOLERANCE = re.compile(rf"±\s*(?P<number>{NUMBER})\s*(?P<unit>%)?\s*以内")


@dataclass(frozen=True, slots=True)
class RelativeTarget:
    """A target that is another fiscal year's value (平成26年度値以上)."""

    reference: FiscalYears
    comparator: str
    comparator_text: str | None
    is_rank: bool

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        target: Facts = {"comparator": self.comparator, "relative_to": self.reference.years[0]}
        return target | printed_facts(
            comparator_text=self.comparator_text, rank=self.is_rank, issues=self.reference.issues
        )


@dataclass(frozen=True, slots=True)
class RelativeChange:
    """A change a year in per cent (毎年度10％増); a decrease is negative."""

    percent: Decimal

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"relative_change": plain(self.percent), "unit": "%"}


@dataclass(frozen=True, slots=True)
class Range:
    """A value between two numbers (696～890)."""

    low: str
    high: str
    measure: ScaledUnit
    unit_from_header: bool

    def as_facts(self) -> Facts:
        """Return the JSON object of both ends, printed and with their scale."""
        ends: Facts = {"low": self.low, "high": self.high, "scale": str(self.measure.scale), "unit": self.measure.unit}
        return ends | printed_facts(
            canonical_low=plain(scaled(self.low, self.measure.scale)),
            canonical_high=plain(scaled(self.high, self.measure.scale)),
            unit_from_header=self.unit_from_header,
            issues=("unit_missing",) if self.measure.unit is None else (),
        )


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A deviation to stay within (±10％以内)."""

    number: str
    unit: str | None
    unit_from_header: bool

    def as_facts(self) -> Facts:
        """Return the JSON object of the deviation."""
        issues = ("unit_missing",) if self.unit is None else ()
        tolerance: Facts = {"plus_minus": self.number, "unit": self.unit}
        return tolerance | printed_facts(unit_from_header=self.unit_from_header, issues=issues)


Relative = RelativeTarget | RelativeChange | Range | Tolerance


def find_relative(folded: str, header: ScaledUnit | None = None, near: int | None = None) -> Relative | None:
    """Return the target that a folded text sets by reference, or None where it sets it otherwise.

    Args:
        folded: The text, folded and without outer white space.
        header: The unit that a heading gives.
        near: Fiscal year of the document.

    >>> find_relative("平成28年度値以上").as_facts()
    {'comparator': 'ge', 'relative_to': 2016, 'comparator_text': '以上'}
    """
    change = _CHANGE.fullmatch(folded)
    if change:
        percent = Decimal(number_text(change["number"]))
        return RelativeChange(percent if change["direction"] == "増" else -percent)
    return _find_target(folded, header, near) or _find_range(folded, header) or _find_tolerance(folded, header)


def _find_target(folded: str, header: ScaledUnit | None, near: int | None) -> RelativeTarget | None:
    match = _RELATIVE.fullmatch(folded)
    if match is None:
        return None
    try:
        reference = parse_single_fiscal_year(match["year"], near)
    except ValueTextError:
        return None
    text = match["comparator"]
    unit = header.unit if header else None
    comparator = rank_comparator(text, _COMPARATORS.get(text or "", "eq"), unit)
    return RelativeTarget(reference, comparator, text, is_rank=unit == RANK)


def _find_range(folded: str, header: ScaledUnit | None) -> Range | None:
    match = _RANGE.fullmatch(folded)
    printed = parse_printed_unit((match["unit"] or "").strip()) if match else None
    if match is None or printed is None or match["low_unit"] not in (None, match["unit"]):
        return None
    from_header = printed.unit is None and header is not None
    measure = header if from_header and header else printed
    return Range(number_text(match["low"]), number_text(match["high"]), measure, from_header)


def _find_tolerance(folded: str, header: ScaledUnit | None) -> Tolerance | None:
    match = _TOLERANCE.fullmatch(folded)
    if match is None:
        return None
    unit = match["unit"] or (header.unit if header else None)
    from_header = match["unit"] is None and unit is not None
    return Tolerance(number_text(match["number"]), unit, from_header)
