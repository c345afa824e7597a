"""The items of the budget (予算内訳) of a review sheet from text.

`column_sum`: numbers below one heading whose last is the sum of the others, as many as there are items; or a row that
lacks a value, put where the sums of both years hold; the total is the budget of the sheet and its request. Items bear
no number: they are counted as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from hyoka_kg.model import Block
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import half_step, number_of, printed_number, sum_holds
from hyoka_kg.sources.reading.fitting import Check, Slots, Table, arrangements, fill, fit
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of
from hyoka_kg.sources.review_sheet.head import ENTRY
from hyoka_kg.sources.review_sheet.rows import TableRow, keys_of, loose_values

_TABLE = "budget-item"
_TOTAL = "total"
_RULE = "column_sum"
_YEARS = 2


def read_budget_items(
    rows: Sequence[TableRow], blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger
) -> None:
    """Claim the items and their total, as far as the text decides.

    Args:
        rows: The rows of the page.
        blocks: The blocks of the page.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        unit: The unit that the heading of the box gives.
        ledger: Where claims go; the budget and the request of the sheet are there already.
    """
    if not any("budget_item" in keys_of(block, profile) for block in blocks):
        return
    if _names_between(blocks, profile):
        _claim_total(_total_row(rows), {}, year, unit, ledger)
        _read_columns(blocks, profile, year, unit, ledger)
    else:
        _read_rows(rows, loose_values(blocks), year, unit, ledger)


def _read_rows(rows: Sequence[TableRow], loose: Sequence[Token], year: int, unit: str, ledger: Ledger) -> None:
    """Claim the rows of a name and two values; they are explicit, and `column_sum` where all add up to the total."""
    items = [row for row in rows if _is_item(row)]
    total = _total_row(rows)
    options = {str(place): arrangements(row.values, _YEARS) for place, row in enumerate(items, 1)}
    options |= {_TOTAL: arrangements(total.values, _YEARS)} if total else {}
    told = _settled(options, loose, _sums_hold(_budgets(ledger, year)))
    for place, row in enumerate(items, 1):
        slots, is_whole = told[str(place)], len(row.values) == _YEARS
        if row.name and any(slots):
            ledger.claim(f"{_TABLE}/{place}", "name", row.name, "" if is_whole else _RULE)
        _claim_amounts(str(place), slots, "" if is_whole else _RULE, year, unit, ledger)
    _claim_total(total, told, year, unit, ledger)


def _settled(options: Mapping[str, Sequence[Slots]], loose: Sequence[Token], check: Check) -> dict[str, Slots]:
    table = fit(options, check)
    for name in table:
        table[name] = fill(table, name, loose, check)
    return table


def _is_item(row: TableRow) -> bool:
    is_named = row.key is None and row.unit is None and row.name is not None
    is_plain = all(value.kind is not Kind.QUANTITY for value in row.values)
    return is_named and is_plain and 0 < len(row.values) <= _YEARS


def _budgets(ledger: Ledger, year: int) -> tuple[Decimal | None, ...]:
    """Return the budget of the sheet's year and the request for the next, which the items add up to."""
    told = {claim.key: claim for claim in ledger.claims}
    claims = (told.get((ENTRY, "initial", year)), told.get((ENTRY, "requested", year + 1)))
    return tuple(printed_number(claim) if claim else None for claim in claims)


def _sums_hold(budgets: Sequence[Decimal | None]) -> Check:
    """Return the check of the items: each column adds up to its total, and to the budget, to half a unit."""

    def check(table: Table) -> int | None:
        verdicts = [one for column in range(_YEARS) for one in _verdicts(table, column, budgets[column])]
        return len(verdicts) if all(verdicts) else None

    return check


def _verdicts(table: Table, column: int, budget: Decimal | None) -> Iterator[bool]:
    tokens = {name: slots[column] for name, slots in table.items()}
    total = tokens.pop(_TOTAL, None)
    whole = number_of(total) if total else budget
    if total and whole is not None and budget is not None:
        yield whole == budget
    parts = [number_of(token) or Decimal(0) if token else None for token in tokens.values()]
    told = [part for part in parts if part is not None]
    if whole is not None and told and len(told) == len(parts):
        yield abs(sum(told) - whole) <= sum(map(half_step, told), half_step(whole))


def _read_columns(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    names = _names_between(blocks, profile)
    for place, block in enumerate(names, 1):
        ledger.claim(_item(place, names), "name", block.stretch.strip(), "label_column")
    for heading, following in pairwise(range(len(blocks))):
        facts = parse_value("fiscal_year", blocks[heading].stretch.text, {"fiscal_year": year})
        column = _column_behind(blocks[following:])
        if "aspect" in facts and len(column) >= len(names) and sum_holds(column[: len(names)]):
            for place, token in enumerate(column[: len(names)], 1):
                at = int(str(facts["fiscal_year"]))
                ledger.claim(_item(place, names), "amount", token.stretch, _RULE, fiscal_year=at, unit=unit)


def _total_row(rows: Sequence[TableRow]) -> TableRow | None:
    """Return the total of the items: the one row of the label of totals with at most a value for each of two years."""
    found = [row for row in rows if row.key == _TOTAL and 0 < len(row.values) <= _YEARS and row.name is None]
    return found[0] if len(found) == 1 and found[0].unit is None else None


def _claim_total(total: TableRow | None, told: Mapping[str, Slots], year: int, unit: str, ledger: Ledger) -> None:
    """Claim the total of the items."""
    if total is None or total.label is None:
        return
    ledger.claim(f"{_TABLE}/total", "name", total.label.stretch)
    rule = "" if len(total.values) == _YEARS else _RULE
    slots = told.get(_TOTAL, total.values if len(total.values) == _YEARS else ())
    _claim_amounts(_TOTAL, slots, rule, year, unit, ledger)


def _claim_amounts(place: str, slots: Sequence[Token | None], rule: str, year: int, unit: str, ledger: Ledger) -> None:
    for at, token in zip((year, year + 1), slots, strict=False):
        if token:
            ledger.claim(f"{_TABLE}/{place}", "amount", token.stretch, rule, fiscal_year=at, unit=unit)


def _item(place: int, names: Sequence[Block]) -> str:
    return "budget-item/total" if place == len(names) else f"budget-item/{place}"


def _names_between(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    """Return the blocks below 歳出予算目 up to 計, which is the last of them."""
    keys = [profile.label(block.stretch.text) for block in blocks]
    if "budget_item" not in keys or "total" not in keys[keys.index("budget_item") :]:
        return []
    start = keys.index("budget_item")
    end = keys.index("total", start)
    names = list(blocks[start + 1 : end + 1])
    return names if all(_is_name(block) for block in names) else []


def _is_name(block: Block) -> bool:
    return {token.kind for token in tokens_of(block)} == {Kind.WORDS} and len(block.lines) == 1


def _column_behind(blocks: Sequence[Block]) -> list[Token]:
    column: list[Token] = []
    for block in blocks:
        tokens = tokens_of(block)
        if len(tokens) != 1 or tokens[0].kind is not Kind.NUMBER:
            break
        column += tokens
    return column
