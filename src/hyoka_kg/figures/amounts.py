"""Amounts in figures: millions of yen as text, and what is too small to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

Row = Mapping[str, str]
_BUDGET, _EXECUTED = "current", "executed"
_HALF, _ALL = Decimal(50), Decimal(100)


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
class Spending:
    """What a project could spend in a year, and what it spent.

    Attributes:
        name: Its number and name as printed.
        year: The fiscal year.
        budget: In millions of yen.
        executed: In millions of yen, or None where it is not stated.
    """

    name: str
    year: int
    budget: Decimal
    executed: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """Return the executed part in per cent, or None where it cannot be told."""
        return self.executed * 100 / self.budget if self.executed is not None and self.budget > 0 else None

    @property
    def is_odd(self) -> bool:
        """Return whether less than half, or more than all, was spent."""
        return self.rate is not None and not _HALF <= self.rate <= _ALL


def spending_of(table: Iterable[Row]) -> list[Spending]:
    """Return the spending that the rows of `pictures/execution` tell; a year without a budget is left out."""
    told: dict[tuple[str, str], dict[str, Row]] = {}
    for row in table:
        if row["fy"].isdecimal():
            told.setdefault((row["entry"], row["fy"]), {})[row["phase"]] = row
    found = []
    for phases in told.values():
        budget = amount_of(phases[_BUDGET]["amount_mjpy"]) if _BUDGET in phases else None
        if budget is not None:
            row = phases[_BUDGET]
            executed = amount_of(phases[_EXECUTED]["amount_mjpy"]) if _EXECUTED in phases else None
            found.append(Spending(f"{row['number']} {row['project']}".strip(), int(row["fy"]), budget, executed))
    return found


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
