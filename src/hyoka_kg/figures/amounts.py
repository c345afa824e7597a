"""Amounts in figures: millions of yen as text, and what is too small to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

Row = Mapping[str, str]


def amount_of(text: str) -> Decimal | None:
    """Return the number that a cell holds, or None."""
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def shown(amount: Decimal) -> str:
    """Return an amount with separators and without idle zeros.

    >>> shown(Decimal("31727.00")), shown(Decimal("0.1"))
    ('31,727', '0.1')
    """
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole.

    Attributes:
        name: Whose it is.
        amount: How much.
        count: How many were put together under this name.
    """

    name: str
    amount: Decimal
    count: int = 1


def largest(shares: Iterable[Share], most: int, rest: str) -> list[Share]:
    """Return the largest shares in order, and the others together under one name.

    Args:
        shares: Shares above zero; others are left out, as nothing can be drawn of them.
        most: How many stand alone.
        rest: Name of the others.
    """
    ordered = sorted((share for share in shares if share.amount > 0), key=lambda share: (-share.amount, share.name))
    alone, others = ordered[:most], ordered[most:]
    if not others:
        return alone
    return [*alone, Share(rest, sum((share.amount for share in others), Decimal(0)), len(others))]
