"""What numbers of a form must fulfil: rates, sums and quotients, within the rounding of the printed digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hyoka_kg.model import Claim
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.reading.tokens import Kind, Token

_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


def number_of(token: Token) -> Decimal | None:
    """Return the number that a token prints, None for a dash; without scale and unit."""
    value = token.facts.get("value")
    return Decimal(str(value)) if value is not None and token.kind is not Kind.DASH else None


def printed_number(claim: Claim) -> Decimal | None:
    """Return the number that a claim prints; a dash counts as none."""
    facts = parse_value("amount", claim.printed, {"unit": claim.unit or None})
    value = facts.get("value") or parse_value("indicator_value", claim.printed).get("value")
    return Decimal(str(value)) if value is not None else None


def half_step(number: Decimal) -> Decimal:
    """Return half of the last printed digit, which is how far the number may have been rounded.

    >>> half_step(Decimal("1.8"))
    Decimal('0.05')
    """
    exponent = number.as_tuple().exponent
    return _HALF.scaleb(exponent if isinstance(exponent, int) else 0)


def rate_holds(part: Decimal | None, whole: Decimal | None, percent: Decimal | None) -> bool:
    """Return whether a printed percentage is that of two printed numbers, rounding of the percentage allowed for.

    >>> rate_holds(Decimal(2), Decimal(5), Decimal(40)), rate_holds(Decimal(2), Decimal(4), Decimal(40))
    (True, False)
    """
    if part is None or whole is None or percent is None or not whole:
        return False
    return abs(part * _HUNDRED / whole - percent) <= half_step(percent)


def rate_may_be(part: Decimal, whole: Decimal, percent: Decimal, *, is_cut_off: bool = False) -> bool:
    """Return whether a percentage is that of two numbers, the rounding of all three allowed for.

    Args:
        part: The numerator.
        whole: The denominator.
        percent: The printed rate.
        is_cut_off: Whether the rate may be cut off as well, so that a whole step of its last digit is allowed for.

    >>> rate_may_be(Decimal(2), Decimal(5), Decimal(40)), rate_may_be(Decimal(200), Decimal(500), Decimal(41))
    (True, False)
    """
    low = (part - half_step(part)) * _HUNDRED / (whole + half_step(whole))
    high = (part + half_step(part)) * _HUNDRED / max(whole - half_step(whole), half_step(whole))
    slack = half_step(percent) * (2 if is_cut_off else 1)
    return low - slack <= percent <= high + slack


def quotient_holds(formula: str, amount: Decimal) -> bool | None:
    """Return whether an amount is the quotient of a printed formula, rounded; None where no formula is printed.

    >>> [quotient_holds(formula, Decimal("37.7")) for formula in ("1,770/47", "1,770/48", "-")]
    [True, False, None]
    """
    facts = parse_value("ratio", formula)
    if "numerator" not in facts:
        return None
    quotient = Fraction(str(facts["numerator"])) / Fraction(str(facts["denominator"]))
    return abs(quotient - Fraction(amount)) <= Fraction(half_step(amount))


def sum_holds(column: Sequence[Token]) -> bool:
    """Return whether the last number of a column is the sum of the others, rounding of all of them allowed for."""
    numbers = [number_of(token) for token in column]
    if len(numbers) < 2 or any(number is None for number in numbers):
        return False
    told = [number for number in numbers if number is not None]
    slack = sum((half_step(number) for number in told), Decimal(0))
    return abs(sum(told[:-1], Decimal(0)) - told[-1]) <= slack
