"""Quantities: a number with scale, unit and comparator (約1,000団体, 534,521千件以上, 0.2％以下／年)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hyoka_kg.normalization.amounts import MONEY_UNITS
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.numbers import NUMBER, number_text, plain, scaled
from hyoka_kg.normalization.units import RANK, ScaledUnit, parse_printed_unit

_COMPARATORS = {"以上": "ge", "以内": "le", "以下": "le", "未満": "lt", "超": "gt", "程度": "eq", "前後": "eq"}
COMPARATOR = "|".join(_COMPARATORS)
ABOUT = "約|概ね|おおむね|およそ"
_ROUGHLY = ("程度", "前後")
# The better rank is the smaller number: 10位以上 means at most 10.
_ON_RANKS = {"以上": "le", "以下": "ge"}
_QUANTITY = re.compile(rf"(?P<about>{ABOUT})?\s*(?P<number>{NUMBER})\s*(?P<rest>[^0-9\s](?:[^\n]{{0,29}}))?")
_REST = re.compile(rf"(?P<unit>.*?)\s*(?P<per1>/[年月日回])?\s*(?P<comparator>{COMPARATOR})?\s*(?P<per2>/[年月日回])?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read as a condition.

    Attributes:
        value: The number as printed, in plain digits.
        measure: Scale and unit; the unit is None where neither number nor heading tells it.
        comparator: `eq`, `ge`, `le`, `lt` or `gt`; on ranks 以上 is `le`.
        comparator_text: 以上, 以内 …, where printed.
        is_approximate: Whether 約, 概ね, 程度 or 前後 is printed.
        per: 年, 月, 日 or 回, where the quantity is a rate.
        unit_from_header: Whether a heading gives the unit.
        issues: What a reader should know of the unit.
    """

    value: str
    measure: ScaledUnit
    comparator: str
    comparator_text: str | None
    is_approximate: bool
    per: str | None
    unit_from_header: bool
    issues: tuple[str, ...]

    @property
    def canonical(self) -> Decimal:
        """Return the number with its scale applied."""
        return scaled(self.value, self.measure.scale)

    @property
    def yen(self) -> Decimal | None:
        """Return the amount in yen where the unit is one of money."""
        factor = MONEY_UNITS.get(self.measure.unit or "")
        return scaled(self.value, self.measure.scale * factor) if factor else None

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table, without label, year and issues."""
        quantity: Facts = {
            "comparator": self.comparator,
            "value": self.value,
            "scale": str(self.measure.scale),
            "unit": self.measure.unit,
            "canonical": plain(self.canonical),
            "approx": self.is_approximate,
        }
        return quantity | printed_facts(
            comparator_text=self.comparator_text,
            rank=self.measure.unit == RANK,
            per=self.per,
            yen=None if self.yen is None else plain(self.yen),
            unit_from_header=self.unit_from_header,
        )


def find_quantity(folded: str, header: ScaledUnit | None = None) -> Quantity | None:
    """Return the quantity that a folded text is, or None where it is something else.

    Args:
        folded: The text, folded and without outer white space.
        header: The unit that a heading gives.

    >>> find_quantity("441,754千件以上").canonical
    Decimal('441754000')
    >>> find_quantity("20名（うち女性3名）") is None
    True
    """
    match = _QUANTITY.fullmatch(folded)
    rest = _REST.fullmatch(match["rest"] or "") if match else None
    printed = parse_printed_unit(rest["unit"]) if rest else None
    if match is None or rest is None or printed is None:
        return None
    measure = _measure(printed, header)
    text = rest["comparator"]
    return Quantity(
        value=number_text(match["number"]),
        measure=measure,
        comparator=_comparator(text, measure),
        comparator_text=text,
        is_approximate=match["about"] is not None or text in _ROUGHLY,
        per=(rest["per1"] or rest["per2"] or "").removeprefix("/") or None,
        unit_from_header=printed.unit is None and measure.unit is not None,
        issues=tuple(_issues(printed, header)),
    )


def rank_comparator(text: str | None, plain_comparator: str, unit: str | None) -> str:
    """Return a comparator, turned round where the values are ranks.

    >>> rank_comparator("以上", "ge", "位")
    'le'
    """
    return _ON_RANKS.get(text or "", plain_comparator) if unit == RANK else plain_comparator


def _comparator(text: str | None, measure: ScaledUnit) -> str:
    return rank_comparator(text, _COMPARATORS.get(text or "", "eq"), measure.unit)


def _measure(printed: ScaledUnit, header: ScaledUnit | None) -> ScaledUnit:
    if printed.unit is not None or header is None:
        return printed
    return ScaledUnit(max(printed.scale, header.scale), header.unit)


def _issues(printed: ScaledUnit, header: ScaledUnit | None) -> list[str]:
    found = {
        "unit_inconsistent": _contradicts(printed, header),
        "unit_missing": printed.unit is None and header is None,
        "unit_unknown": printed.unit is not None and not printed.is_known,
    }
    return [issue for issue, holds in found.items() if holds]


def _contradicts(printed: ScaledUnit, header: ScaledUnit | None) -> bool:
    if header is None or header.unit is None:
        return False
    if printed.unit is None:
        return printed.scale != 1 and header.scale != 1 and printed.scale != header.scale
    # 3点 under the heading 点数 is no contradiction.
    return printed.unit.removesuffix("数") != header.unit.removesuffix("数")
