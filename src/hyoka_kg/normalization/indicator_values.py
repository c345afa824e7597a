"""Values and targets of indicators (実績値, 目標値): a quantity with its label and year, or a state in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.eras import ERAS
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.fiscal_years import FiscalYears, parse_single_fiscal_year
from hyoka_kg.normalization.folding import BULLETS, fold, unwrap
from hyoka_kg.normalization.missing import Missing, find_missing
from hyoka_kg.normalization.numbers import DIGITS, NUMBER, SCALES
from hyoka_kg.normalization.quantities import ABOUT, COMPARATOR, Quantity, find_quantity
from hyoka_kg.normalization.relatives import Relative, find_relative
from hyoka_kg.normalization.units import CALENDAR_UNITS, KNOWN_UNITS, ScaledUnit, parse_header_unit

_BULLETS = BULLETS + "\u3000 "
_LONGEST_YEAR = 16
_GLUED_WINDOW = 60
_START = re.compile(rf"(?:{ABOUT})?\s?{NUMBER}")
# Behind these a number is part of a name, a date, a ratio or a range: 第5回, 平成30年, 3年5回, LGWAN2, 1:2, 3~5.
_NO_GLUE = re.compile(r"[0-9A-Za-z.,:/\-－~〜±第年月(「『]")
_ERA_ENDS = tuple(era.name for era in ERAS)
_LABEL_UNITS = "|".join(sorted(map(re.escape, KNOWN_UNITS - CALENDAR_UNITS - {"日", "号"}), key=len, reverse=True))
_VALUE_IN_LABEL = re.compile(rf"(?<![0-9第,.]){DIGITS}(?:\.[0-9]{{1,18}})?\s?(?:{'|'.join(SCALES)})?(?:{_LABEL_UNITS})")
_ANY_UNIT = "|".join(sorted(map(re.escape, KNOWN_UNITS), key=len, reverse=True))
# 3億2,000万円, 100件、200人, 24時間365日: before the value stands a value itself, so that neither alone is meant.
_VALUE_AT_END = re.compile(
    rf"[0-9]\s?(?:(?:{'|'.join(SCALES)})(?:{_ANY_UNIT})?|{_ANY_UNIT})\s?(?:{COMPARATOR})?[、,・/と\s]*$"
)
_ENDS_IN_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Qualitative:
    """A value told in words; the literal is the value."""

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"qualitative": True}


@dataclass(frozen=True, slots=True)
class LabelledQuantity:
    """A quantity with what is printed around it.

    Attributes:
        quantity: The quantity itself.
        label: What is printed in front of it, without bullet and colon; or empty.
        year: The fiscal year in brackets behind it, or None.
        label_contains_value: Whether the label itself bears a quantity, so that a reader may take the wrong one.
    """

    quantity: Quantity
    label: str = ""
    year: FiscalYears | None = None
    label_contains_value: bool = False

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        own = ("label_contains_value",) if self.label_contains_value else ()
        return self.quantity.as_facts() | printed_facts(
            label=self.label,
            fiscal_year=self.year.years[0] if self.year else None,
            tail=self.year.tail if self.year else None,
            issues=own + self.quantity.issues + (self.year.issues if self.year else ()),
        )


IndicatorValue = LabelledQuantity | Relative | Missing | Qualitative


def parse_indicator_value(
    raw: str, header_unit: str | None = None, near_fiscal_year: int | None = None
) -> IndicatorValue:
    """Return the value or target that a cell prints; what is no number by the grammar is a state in words.

    Args:
        raw: The literal of the cell.
        header_unit: The unit that a heading gives for the cell.
        near_fiscal_year: Fiscal year of the document, which tells the era of a bare year.

    >>> parse_indicator_value("・不稼働率：0.2％以⏎下").label
    '不稼働率'
    >>> parse_indicator_value("電子政府を推進。")
    Qualitative()
    """
    missing = find_missing(raw)
    if missing:
        return missing
    text = unwrap(raw).text
    header = parse_header_unit(header_unit)
    folded = fold(text)
    relative = find_relative(folded.strip(_BULLETS), header, near_fiscal_year)
    return relative or _find_labelled(text, header, near_fiscal_year) or Qualitative()


def _find_labelled(text: str, header: ScaledUnit | None, near: int | None) -> LabelledQuantity | None:
    body, year = _split_year(_without_brackets(text).lstrip(_BULLETS), near)
    folded = fold(body)
    quantity = find_quantity(folded, header)
    if quantity:
        return LabelledQuantity(quantity, year=year)
    start, value_start = _colon(folded) or (0, 0)
    quantity = find_quantity(folded[value_start:].strip(), header) if start else None
    if quantity is None:
        start = _glue(folded, header)
        quantity = find_quantity(folded[start:], header) if start else None
    if quantity is None:
        return None
    label = body[:start].strip()
    return LabelledQuantity(quantity, label, year, bool(_VALUE_IN_LABEL.search(fold(label))))


def _without_brackets(text: str) -> str:
    """Return a text without the one pair of brackets that encloses the whole of it."""
    folded = fold(text)
    encloses = folded.startswith("(") and folded.find(")") == len(folded) - 1 and folded.rfind("(") == 0
    return text[1:-1].strip() if encloses else text


def _split_year(text: str, near: int | None) -> tuple[str, FiscalYears | None]:
    """Return a text without the fiscal year in brackets behind it, and that year."""
    folded = fold(text)
    place = folded.rfind("(", -_LONGEST_YEAR)
    if place < 0 or not folded.endswith(")"):
        return text, None
    try:
        year = parse_single_fiscal_year(folded[place + 1 : -1], near)
    except ValueTextError:
        return text, None
    return text[:place].rstrip(), year


def _colon(folded: str) -> tuple[int, int] | None:
    """Return where the last colon ends the label and where the value begins; 1:2 is no label."""
    place = folded.rfind(":")
    if place <= 0 or (_ENDS_IN_DIGIT.match(folded[place - 1]) and _ENDS_IN_DIGIT.match(folded[place + 1 :])):
        return None
    return place, place + 1


def _glue(folded: str, header: ScaledUnit | None) -> int:
    """Return where a quantity begins that is glued to its label, or 0; a glued value must carry a known unit."""
    for match in _START.finditer(folded, max(1, len(folded) - _GLUED_WINDOW)):
        start = match.start()
        quantity = find_quantity(folded[start:], header)
        if quantity and _may_be_glued(quantity) and _may_precede(folded[:start]):
            return start
    return 0


def _may_be_glued(quantity: Quantity) -> bool:
    unit = quantity.measure.unit
    return not quantity.unit_from_header and unit in KNOWN_UNITS and unit not in CALENDAR_UNITS


def _may_precede(label: str) -> bool:
    if _NO_GLUE.match(label[-1]) or label.endswith(_ERA_ENDS):
        return False
    return not _VALUE_AT_END.search(label, max(0, len(label) - _GLUED_WINDOW))
