"""Outputs and unit cost of a review sheet from the rows of its text.

`quotient_fits`: a row of amounts is the unit cost, as each is the quotient of its formula. `only_gap`: one label and
one row of its shape and unit are left. `no_actual_of_a_year_to_come`: of a row that lacks a value, the cells in which
all arrangements agree that put no number into a year that was not yet over. `equal_steps`: see `reading.steps`.
"""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.model import Block
from hyoka_kg.normalization import fold, key_form, parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of, quotient_holds
from hyoka_kg.sources.reading.fitting import Slots, Table, arrangements, fill, fit
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.steps import EQUAL_STEPS, stepped
from hyoka_kg.sources.reading.tokens import Kind, Token, as_token
from hyoka_kg.sources.review_sheet.measured import claim_slots, read_measured
from hyoka_kg.sources.review_sheet.outcomes import read_outcomes
from hyoka_kg.sources.review_sheet.rows import TableRow, loose_values, rows_of

_PAST = 3
_CELLS = 5
_COSTS = 4
_NOT_YET = "no_actual_of_a_year_to_come"


def read_indicators(blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger) -> None:
    """Claim the rows of indicators that the text decides.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        ledger: Where claims go.
    """
    rows = rows_of(blocks, profile)
    read_outcomes(rows, blocks, profile, year, ledger)
    _read_outputs(rows, blocks, profile, year, ledger)
    _read_unit_cost(rows, blocks, year, ledger)
    read_measured(rows, blocks, profile, year, ledger)


def _read_outputs(
    rows: Sequence[TableRow], blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger
) -> None:
    """Claim actual and expected values of the output, where the sheet has one; a torn label is told by elimination."""
    expected = _output_rows(rows, "expected")
    actual = _output_rows(rows, "output_actual")
    found = {"actual": (actual, ""), "expected": (expected, "")}
    for name, other in (("actual", expected), ("expected", actual)):
        fits = [row for row in rows if len(other) == 1 and _is_other_half(row, other[0]) and not _is_read(row, ledger)]
        if len(fits) == 1 and not found[name][0]:
            found[name] = (fits, "only_gap")
    for name, (own, rule) in found.items():
        if len(own) == 1:
            loose = loose_values(block for block in blocks if block.page == own[0].page)
            _claim_output(name, own[0], rule, loose, year, profile, ledger)


def _is_other_half(row: TableRow, half: TableRow) -> bool:
    """Return whether a row without a label may be the other row of an output: same page and unit, and nearly whole."""
    has_size = _CELLS - 1 <= len(row.values) <= _CELLS
    is_like = row.key is None and row.page == half.page and has_size and not row.is_percent
    return is_like and bool(row.measure) and row.measure == half.measure


def _is_read(row: TableRow, ledger: Ledger) -> bool:
    return any(ledger.is_used(token.stretch) for token in row.values)


def _output_rows(rows: Sequence[TableRow], key: str) -> list[TableRow]:
    return [row for row in rows if row.key == key and _CELLS - 2 <= len(row.values) <= _CELLS]


def _claim_output(
    name: str, row: TableRow, rule: str, loose: Sequence[Token], year: int, profile: Profile, ledger: Ledger
) -> None:
    subject = "entry/1/indicator/output-1"
    years = range(year - _PAST, year - _PAST + _CELLS)
    slots: Slots = row.values
    if len(row.values) < _CELLS:
        is_actual = name == "actual"
        rule = _NOT_YET if is_actual else EQUAL_STEPS
        ways = arrangements(row.values, _CELLS)
        slots = fit({name: ways}, _nothing_done_yet)[name] if is_actual else stepped(row.values, years, loose)
    claim_slots(subject, name, row, slots, years, rule, ledger)
    if name != "actual" or not row.unit:
        return
    code = profile.vocabulary("unit").get(key_form(row.unit.text), "")
    ledger.claim(subject, "unit", row.unit.stretch, rule, value=code)
    if row.name:
        ledger.claim(subject, "name", row.name, rule)


def _nothing_done_yet(table: Table) -> int | None:
    """Return how many years to come have a dash; None where one has a number."""
    told = [token for token in table["actual"][_PAST:] if token]
    return sum(token.kind is Kind.DASH for token in told) if all(token.kind is Kind.DASH for token in told) else None


def _read_unit_cost(rows: Sequence[TableRow], blocks: Sequence[Block], year: int, ledger: Ledger) -> None:
    """Claim amounts and formulas of the unit cost: as many as years, or those that the quotients tell."""
    formulas = [row for row in rows if _is_formula(row)]
    costs = [row for row in rows if (row.measure and row.key is None) or row.key == "unit_cost"]
    pairs = [
        (cost, formula) for cost in costs for formula in formulas if cost is not formula and _is_cost(cost, formula)
    ]
    subject, years = "unit-cost/1", range(year - _PAST, year + 1)
    if len(pairs) != 1:
        if len(formulas) == 1 and len(formulas[0].values) == len(years):
            claim_slots(subject, "formula", formulas[0], formulas[0].values, years, "", ledger)
        return
    cost, formula = pairs[0]
    table = _cost_table(cost, formula)
    loose = loose_values(block for block in blocks if block.page == cost.page)
    table["amount"] = fill(table, "amount", loose, quotients_hold)
    whole = len(formula.values) == len(years) and formula.key
    claim_slots(subject, "formula", formula, table["formula"], years, "" if whole else "quotient_fits", ledger)
    unit = cost.unit or (as_token(cost.name) if cost.name else None)
    if unit:
        ledger.claim(subject, "unit", unit.stretch, "quotient_fits", value="jpy" if _is_money(unit) else "")
    claim_slots(subject, "amount", cost, table["amount"], years, "quotient_fits", ledger)


def _is_formula(row: TableRow) -> bool:
    return any("numerator" in parse_value("ratio", token.text) for token in row.values)


def _cost_table(cost: TableRow, formula: TableRow) -> dict[str, Slots]:
    options = {"amount": arrangements(cost.values, _COSTS), "formula": arrangements(formula.values, _COSTS)}
    if not all(options.values()):
        return {}
    if all(len(ways) == 1 for ways in options.values()):
        table = {name: ways[0] for name, ways in options.items()}
        return table if quotients_hold(table) else {}
    table = fit(options, quotients_hold)
    return table if all(any(slots) for slots in table.values()) else {}


def _is_cost(row: TableRow, formula: TableRow) -> bool:
    return bool(_cost_table(row, formula))


def quotients_hold(table: Table) -> int | None:
    """Return in how many years the amount is the quotient of its formula; None where it is not."""
    told = [
        (number_of(amount), ratio) for amount, ratio in zip(table["amount"], table["formula"], strict=True) if amount
    ]
    verdicts = [quotient_holds(ratio.text, number) for number, ratio in told if number is not None and ratio]
    counted = [holds for holds in verdicts if holds is not None]
    return len(counted) if all(counted) else None


def _is_money(unit: Token) -> bool:
    return parse_value("amount", f"1{fold(unit.text)}").get("unit") is not None
