"""What the readers of the national corpora look printed text up in, and how they state what they find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization import parse_value
from hyoka_kg.normalization.amounts import MONEY_UNITS
from hyoka_kg.normalization.units import parse_header_unit
from hyoka_kg.sources.contracts import load_categories
from hyoka_kg.sources.ministries import Ministries, read_ministries
from hyoka_kg.sources.registry import read_registry

Values = tuple[tuple[str, str], ...]
_MONEY = "jpy"
# From the first fiscal year of the new government (明治元年) to the last column of the tables and some.
PLAUSIBLE_YEARS = range(1868, 2101)


@dataclass(frozen=True, slots=True)
class Lookups:
    """Tables that readers need.

    Attributes:
        ministries: Ministries by printed name and by abbreviation.
        units: Unit ids by symbol, from the registry.
        categories: Codes of printed categories by list, from `categories.yml`.
    """

    ministries: Ministries
    units: Mapping[str, str]
    categories: Mapping[str, Mapping[str, str]]


def read_lookups(data: Path) -> Lookups:
    """Return the lookups of a data folder.

    Raises:
        LayoutError: A table is absent or not as its contract says.
    """
    registry = read_registry(data / "registry")
    units = {symbol: row["unit_id"] for row in registry["units"] for symbol in row["symbols"].split()}
    return Lookups(read_ministries(data / "national"), units, load_categories())


@dataclass(frozen=True, slots=True)
class IndicatorUnit:
    """The unit of an indicator: its id where it is registered, and the factor of its scale word (千人)."""

    unit: str
    factor: Decimal

    @classmethod
    def of(cls, printed: str | None, units: Mapping[str, str]) -> IndicatorUnit:
        """Return the unit of a printed heading; an unknown one has no id and the factor one."""
        parsed = parse_header_unit(printed)
        if parsed is None or parsed.unit is None:
            return cls("", Decimal(1))
        if parsed.unit in MONEY_UNITS:
            return cls(_MONEY, Decimal(MONEY_UNITS[parsed.unit] * parsed.scale))
        known = units.get(parsed.unit, "")
        return cls(known, Decimal(parsed.scale) if known else Decimal(1))

    def state(self, value: float | str) -> Values:
        """Return the fields of an indicator value: number and unit, or the text with its status."""
        if isinstance(value, str):
            return self._state_text(value)
        number = Decimal(repr(value)) * self.factor
        fields: Values = (("value", f"{number.normalize():f}"),)
        if self.unit:
            fields += (("unit", self.unit),)
        return fields if value else (*fields, ("status", "zero"))

    def _state_text(self, text: str) -> Values:
        number = plain_number(text)
        printed = (("as_printed", text),)
        if number is not None:
            status = "reported" if number else "zero"
            unit = (("unit", self.unit),) if self.unit else ()
            return (*printed, ("value", f"{(number * self.factor).normalize():f}"), *unit, ("status", status))
        return (*printed, *self._condition(text))

    def _condition(self, text: str) -> Values:
        try:
            parsed = parse_value("indicator_value", text)
        except ValueTextError:
            parsed = {}
        if parsed.get("qualitative"):
            return (("comparator", "state"), ("status", "reported"))
        unit, factor = self._measure(parsed)
        told = (*((("unit", unit),) if unit else ()), ("status", "reported"))
        ends = {"lower": "canonical_low", "upper": "canonical_high"}
        if "canonical_low" in parsed:
            bounds = ((name, _times(parsed[end], factor)) for name, end in ends.items())
            return (("comparator", "range"), *bounds, *told)
        if "canonical" in parsed:
            named = (("comparator", str(parsed["comparator"])),) if parsed.get("comparator") else ()
            return (("value", _times(parsed["canonical"], factor)), *named, *told)
        return (("status", "unreadable"),)

    def _measure(self, parsed: Mapping[str, object]) -> tuple[str, Decimal]:
        """Return unit and factor of a condition: those of its text (12百万円以上), else of the heading (80以上)."""
        printed = parsed.get("unit")
        if printed is None:
            is_scaled = parsed.get("scale") not in (None, "1")
            return ("", Decimal(1)) if is_scaled else (self.unit, self.factor)
        money = MONEY_UNITS.get(str(printed))
        return (_MONEY, Decimal(money)) if money else ("", Decimal(1))


def _times(number: object, factor: Decimal) -> str:
    return f"{(Decimal(str(number)) * factor).normalize():f}"


def plain_number(text: str) -> Decimal | None:
    """Return the number that a text is, digits with or without separators; None for any other text.

    >>> plain_number("1,234.50"), plain_number("2788000.0"), plain_number("-")
    (Decimal('1234.50'), Decimal('2788000.0'), None)
    """
    digits = text.replace(",", "").strip()
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
