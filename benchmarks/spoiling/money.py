"""Families about money: budgets, rates, totals, carry-over, payees and unit costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from hyoka_kg.model import Cell, Document
from hyoka_kg.synthesis import Kind
from spoiling.cells import (
    by_year,
    cell_like,
    cells_of,
    changed,
    dashed,
    number,
    numbered,
    one,
    subjects,
    without,
    words,
)
from spoiling.measuring import Family, Papers, Spoil, later

_MONEY = ("initial", "current", "executed", "requested")
_ENTRY, _EXECUTED = "entry/1", "executed"
_NOBODY = "9"
Fits = Callable[[Cell], bool]
Alter = Callable[[float, Random], float]


def doubled(value: float, chance: Random) -> float:
    """Return about twice a value."""
    return value * 2 + chance.randint(5, 99)


def moved(value: float, chance: Random) -> float:
    """Return a value some way above."""
    return value + chance.randint(7, 90)


def altered(field: str, alter: Alter, fits: Fits = lambda _cell: True, subject: str = "") -> Spoil:
    """Return what alters the number of one cell of a field."""

    def spoil(papers: Papers, chance: Random) -> Papers | None:
        cells = [cell for cell in cells_of(papers[0], field, subject) if fits(cell)]
        cell = one(cells, chance)
        if cell is None:
            return None
        decimals = 1 if "." in cell.printed else 0
        return (changed(papers[0], numbered(cell, alter(number(cell), chance), decimals)), *papers[1:])

    return spoil


def tidy(form: Document) -> Papers:
    """Return a form whose amounts all have separators and stand in million yen."""
    amounts = [cell for field in _MONEY for cell in cells_of(form, field)]
    whole = [numbered(cell, number(cell), 1 if "." in cell.printed else 0) for cell in amounts]
    return (changed(form, *(_in_millions(cell) for cell in whole)),)


def _in_millions(cell: Cell) -> Cell:
    is_other = words()["yen"] in cell.printed and words()["money"] not in cell.printed
    return _reworded(cell, words()["yen"], words()["money"]) if is_other else cell


def adding_up(form: Document) -> Papers:
    """Return an ex-ante sheet whose totals are the sums of its entries."""
    (clean,) = tidy(form)
    totals = [cell for field in _MONEY for cell in cells_of(clean, field, "policy")]
    return (changed(clean, *(numbered(cell, _sum(clean, cell)) for cell in totals)),)


def _sum(form: Document, total: Cell) -> float:
    return sum(number(cell) for cell in cells_of(form, total.field, "entry", total.fiscal_year))


def _is_over(cell: Cell) -> bool:
    return number(cell) >= 10 and (cell.fiscal_year or 0) <= 2017


def _above_budget(papers: Papers, chance: Random) -> Papers | None:
    budgets = by_year(papers[0], "current", _ENTRY)
    cell = one([cell for cell in cells_of(papers[0], _EXECUTED) if cell.fiscal_year in budgets], chance)
    if cell is None or cell.fiscal_year is None:
        return None
    return (changed(papers[0], numbered(cell, number(budgets[cell.fiscal_year]) + chance.randint(3, 500))),)


def _executed(papers: Papers, chance: Random, share: Callable[[float], float], least: float) -> Papers | None:
    """Spend a share of the budget of a year, and print the rate that it makes."""
    budgets = by_year(papers[0], "current", _ENTRY)
    spent = [cell for cell in cells_of(papers[0], _EXECUTED) if _given(budgets, cell) >= least]
    cell = one(spent, chance)
    if cell is None or cell.fiscal_year is None:
        return None
    budget = number(budgets[cell.fiscal_year])
    value = round(share(budget))
    rates = by_year(papers[0], "execution_rate", _ENTRY)
    rate = numbered(rates[cell.fiscal_year], round(value * 100 / budget))
    return (changed(papers[0], numbered(cell, value), rate),)


def _given(budgets: dict[int, Cell], cell: Cell) -> float:
    budget = budgets.get(cell.fiscal_year or 0)
    return number(budget) if budget else 0


def _low(papers: Papers, chance: Random) -> Papers | None:
    return _executed(papers, chance, lambda budget: budget * chance.uniform(0.1, 0.4), 30)


def _next_to_nothing(papers: Papers, chance: Random) -> Papers | None:
    return _executed(papers, chance, lambda budget: budget * chance.uniform(0, 0.003), 200)


def spent_well(form: Document) -> Papers:
    """Return a form of a large project that spends nine tenths of its budget each year."""
    cells = []
    for year, budget in by_year(form, "current", _ENTRY).items():
        large = number(budget) + 1000
        cells += [numbered(budget, large)]
        cells += [numbered(cell, large * 0.9) for cell in cells_of(form, _EXECUTED, _ENTRY, year)]
        cells += [numbered(cell, 90) for cell in cells_of(form, "execution_rate", _ENTRY, year)]
    return (changed(form, *cells),)


def _not_executed(papers: Papers, chance: Random) -> Papers | None:
    cell = one([cell for cell in cells_of(papers[0], _EXECUTED, _ENTRY) if _is_over(cell)], chance)
    return cell and (changed(papers[0], dashed(cell)),)


def _without_separator(papers: Papers, chance: Random) -> Papers | None:
    money = (cell for cell in papers[0].cells if cell.field in _MONEY)
    cell = one([cell for cell in money if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", cell.printed)], chance)
    return cell and (changed(papers[0], replace(cell, printed=cell.printed.replace(",", ""))),)


def _other_money_unit(papers: Papers, chance: Random) -> Papers | None:
    cells = [cell for cell in cells_of(papers[0], "current", "entry") if words()["money"] in cell.printed]
    cell = one(cells, chance)
    return cell and (changed(papers[0], _reworded(cell, words()["money"], words()["yen"])),)


def _reworded(cell: Cell, old: str, new: str) -> Cell:
    return replace(cell, printed=cell.printed.replace(old, new))


def started_then(form: Document) -> Papers:
    """Return an ex-ante sheet whose projects all start in a year that its form has, with a budget."""
    starts = cells_of(form, "start_fiscal_year")
    first = [cell for cell in cells_of(form, "current", "entry", 2016) if number(cell) == 0]
    dressed = [replace(cell, printed=words()["start_year"]) for cell in starts]
    return (changed(form, *dressed, *(numbered(cell, 12) for cell in first)),)


def _no_budget_then(papers: Papers, chance: Random) -> Papers | None:
    """Take away all the money of an entry in its first year: what is spent then was a budget."""
    cell = one(cells_of(papers[0], "current", "entry", 2016), chance)
    if cell is None:
        return None
    money = [each for field in _MONEY for each in cells_of(papers[0], field, cell.subject, 2016)]
    return (changed(papers[0], *map(dashed, money)),)


def carried_over(form: Document) -> Papers:
    """Return a form in which what leaves one year arrives in the next."""
    model = cells_of(form, "current", _ENTRY)[0]
    out = replace(cell_like(model, _ENTRY, "carried-out", 2015, "-24"), unit=model.unit)
    came = replace(cell_like(model, _ENTRY, "carried-in", 2016, "24"), unit=model.unit)
    dropped = without(form, lambda cell: cell.field in {"carried-in", "carried-out"})
    return (changed(dropped, out, came),)


def _large_payment(papers: Papers, chance: Random) -> Papers | None:
    spent = {cell.fiscal_year: number(cell) for cell in cells_of(papers[0], _EXECUTED, _ENTRY)}
    cells = [cell for cell in cells_of(papers[0], "amount", "payment") if spent.get(cell.fiscal_year, 0) >= 1]
    cell = one(cells, chance)
    if cell is None:
        return None
    return (changed(papers[0], numbered(cell, spent[cell.fiscal_year] * chance.uniform(2.1, 9) + 1, 1)),)


def _payments(papers: Papers, chance: Random) -> Papers | None:
    """Let one payee of a block have more than the block."""
    blocks = {cell.subject.rpartition("/")[2]: number(cell) for cell in cells_of(papers[0], "amount", "block")}
    cells = [cell for cell in cells_of(papers[0], "amount", "payment") if cell.subject.split("/")[1] in blocks]
    cell = one(cells, chance)
    if cell is None:
        return None
    whole = blocks[cell.subject.split("/")[1]]
    return (changed(papers[0], numbered(cell, whole * 1.2 + chance.randint(20, 200), 1)),)


def three_years(form: Document) -> Papers | None:
    """Return three sheets in a row of which the second pays somebody else; each has one payee in block A."""
    numbers = cells_of(form, "corporate_number", "payment/A")
    # A person has thirteen nines in place of a number.
    rows = subjects(cell for cell in numbers if cell.printed.strip(_NOBODY))
    if len(rows) < 2:
        return None
    kept = [_with_payee(form, rows[n]) for n in (0, 1, 0)]
    return tuple(later(document, years, shifted=True) for years, document in enumerate(kept))


def _with_payee(form: Document, subject: str) -> Document:
    return without(form, lambda cell: cell.subject.startswith("payment/A/") and cell.subject != subject)


def _same_payee(papers: Papers, chance: Random) -> Papers | None:
    """Let the payee of the first year be that of the second; which of its boxes are in the way is left to chance."""
    chance.random()
    first, second, third = papers
    years = second.head.sheet_fiscal_year - first.head.sheet_fiscal_year
    other = later(first, years, shifted=True)
    return (first, replace(other, head=second.head), third)


FAMILIES = (
    Family("execution above the budget", "BUD-01", _above_budget, spent_well),
    Family("a policy's total", "BUD-02", altered("current", doubled, subject="policy"), adding_up, Kind.EX_ANTE),
    Family("an execution that is not told", "BUD-03", _not_executed),
    Family("a low execution", "BUD-04", _low, spent_well),
    Family("another unit of money", "BUD-05", _other_money_unit, tidy, Kind.EX_ANTE),
    Family("a separator left out", "BUD-06", _without_separator, tidy),
    Family("an execution of next to nothing", "BUD-07", _next_to_nothing, spent_well),
    Family("no budget in the first year", "BUD-08", _no_budget_then, started_then, Kind.EX_ANTE),
    Family("a total that its parts do not make", "BUD-09", altered("current", doubled, _is_over)),
    Family("items that do not make their total", "BUD-10", altered("amount", doubled, subject="budget-item/total")),
    Family("a carry-over that does not arrive", "BUD-11", altered("carried-in", moved), carried_over),
    Family("payees above their block", "BUD-12", _payments),
    Family("a payment above the execution", "BUD-13", _large_payment),
    Family("one payee for three years", "BUD-14", _same_payee, three_years),
    Family("a rate that is not its quotient", "RATE-01", altered("execution_rate", moved)),
    Family("a unit cost that is not its formula", "UC-01", altered("amount", doubled, subject="unit-cost")),
)
