"""Amounts of money (予算額, 執行額) as the forms print them, and the yen they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import fold, unwrap
from hyoka_kg.normalization.missing import Missing, find_missing
from hyoka_kg.normalization.numbers import NUMBER, lacks_thousands_separator, number_text, plain, scaled

MONEY_UNITS = {
    "円": 1,
    "千円": 10**3,
    "万円": 10**4,
    "百万円": 10**6,
    "千万円": 10**7,
    "億円": 10**8,
    "十億円": 10**9,
    "兆円": 10**12,
}
_UNIT = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
_AMOUNT = re.compile(rf"(\(\s*)?(?P<number>{NUMBER})(?:\s*(?P<unit>{_UNIT}))?(\s*\))?")
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money.

    Attributes:
        value: The number as printed, in plain digits.
        unit: The money unit, printed or given by a heading; None where neither tells it.
        paren: Whether it stands in brackets; in 予算額（執行額） columns that means executed.
        unit_from_header: Whether a heading gives the unit.
        issues: What a reader should know about the literal.
    """

    value: str
    unit: str | None
    paren: bool
    unit_from_header: bool = False
    issues: tuple[str, ...] = ()

    @property
    def yen(self) -> Decimal | None:
        """Return the amount in yen, or None where the unit is not known."""
        return scaled(self.value, MONEY_UNITS[self.unit]) if self.unit else None

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"value": self.value, "unit": self.unit, "paren": self.paren} | printed_facts(
            yen=None if self.yen is None else plain(self.yen),
            unit_from_header=self.unit_from_header,
            issues=self.issues,
        )


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """A cell of a 予算額（執行額） column: the budget, and below it the executed amount in brackets."""

    budget: Amount | Missing
    executed: Amount | Missing | None

    def as_facts(self) -> Facts:
        """Return the JSON object of both amounts."""
        executed = self.executed.as_facts() if self.executed else None
        return {"budget": self.budget.as_facts()} | printed_facts(executed=executed)


def parse_amount(raw: str, header_unit: str | None = None) -> Amount | Missing:
    """Return the amount that a cell prints, or why there is none.

    Args:
        raw: The literal of the cell.
        header_unit: The unit that a heading gives for the cell.

    Raises:
        ValueTextError: The literal is no amount.

    >>> parse_amount("９，４０３百万円").yen
    Decimal('9403000000')
    """
    missing = find_missing(raw)
    if missing:
        return missing
    text = unwrap(raw).text
    match = _AMOUNT.fullmatch(fold(text))
    if match is None or (match[1] is None) != (match[4] is None):
        raise ValueTextError("not a number with a money unit, alone or in one pair of brackets")
    header = header_unit if header_unit in MONEY_UNITS else None
    return Amount(
        value=number_text(match["number"]),
        unit=match["unit"] or header,
        paren=match[1] is not None,
        unit_from_header=header is not None and match["unit"] is None,
        issues=tuple(_issues(text, match, header)),
    )


def parse_executed(raw: str, header_unit: str | None = None) -> Amount | Missing:
    """Return the executed amount (執行額) of a cell; it stands in brackets.

    Raises:
        ValueTextError: The literal is no amount in brackets.

    >>> parse_executed("(―)")
    Missing(kind='dash', mark='―', paren=True)
    """
    amount = parse_amount(raw, header_unit)
    if not amount.paren:
        raise ValueTextError("an executed amount stands in brackets")
    return amount


def parse_budget_cell(raw: str, header_unit: str | None = None) -> BudgetCell:
    """Return the budget of a cell, and the executed amount where one is printed.

    The unit of the budget is what the unit of the executed amount is compared with.

    Raises:
        ValueTextError: One of the two is no amount.

    >>> parse_budget_cell("115,528百万円⏎（105,222万円）").executed.issues
    ('unit_inconsistent',)
    """
    text = unwrap(raw).text
    place = fold(text).find("(")
    if place <= 0:
        return BudgetCell(parse_amount(text, header_unit), None)
    budget = parse_amount(text[:place], header_unit)
    unit = header_unit if isinstance(budget, Missing) else budget.unit
    return BudgetCell(budget, parse_executed(text[place:], unit))


def _issues(text: str, match: re.Match[str], header: str | None) -> list[str]:
    unit = match["unit"]
    found = {
        "bracket_width_mismatch": match[1] is not None and (text[0] == "(") != (text[-1] == ")"),
        "no_thousands_separator": lacks_thousands_separator(match["number"]),
        "unit_inconsistent": unit is not None and _is_inconsistent(unit, header, match["number"]),
        "unit_missing": unit is None and header is None,
    }
    return [issue for issue, holds in found.items() if holds]


def _is_inconsistent(unit: str, header: str | None, number: str) -> bool:
    """Return whether a printed unit contradicts its heading or its own number.

    Nobody writes ten thousand 万円 or more: that is 億円. `105,222万円` has lost the 百 of 百万円.
    """
    if header is not None and unit != header:
        return True
    return unit == "万円" and abs(Decimal(number_text(number))) >= _TEN_THOUSAND
