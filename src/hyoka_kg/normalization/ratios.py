"""Formulas of a unit cost (計算式): amount over count, as in 1,770/47."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts
from hyoka_kg.normalization.folding import compact
from hyoka_kg.normalization.numbers import DIGITS, number_text

_POSITIVE = rf"{DIGITS}(?:\.[0-9]{{1,18}})?"
_RATIO = re.compile(rf"({_POSITIVE})/({_POSITIVE})")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient as printed; the forms show its value with one decimal, rounded half up."""

    numerator: str
    denominator: str

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        tenths = floor(Fraction(self.numerator) * 10 / Fraction(self.denominator) + Fraction(1, 2))
        quotient = f"{tenths // 10}.{tenths % 10}"
        return {"numerator": self.numerator, "denominator": self.denominator, "quotient_1dp": quotient}


def parse_ratio(raw: str) -> Ratio:
    """Return the numerator and denominator that a formula prints.

    Raises:
        ValueTextError: The text is no ratio, or its denominator is zero.

    >>> parse_ratio("2,363／47").as_facts()["quotient_1dp"]
    '50.3'
    """
    match = _RATIO.fullmatch(compact(raw))
    if match is None:
        raise ValueTextError("not a number over a number")
    ratio = Ratio(number_text(match[1]), number_text(match[2]))
    if Fraction(ratio.denominator) == 0:
        raise ValueTextError("the denominator is zero")
    return ratio
