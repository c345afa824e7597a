"""The items of the budget (予算内訳) of a review sheet from text.

`column_sum`: numbers below one heading whose last is the sum of the others, as many as there are items; or rows of a
name and a value for each of the two years that add up to the total. Items bear no number: they are counted as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hyoka_kg.model import Block
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import sum_holds
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of
from hyoka_kg.sources.review_sheet.rows import TableRow, keys_of

_TABLE = "budget-item"
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
        ledger: Where claims go.
    """
    if not any("budget_item" in keys_of(block, profile) for block in blocks):
        return
    total = _read_total(rows, year, unit, ledger)
    if _names_between(blocks, profile):
        _read_columns(blocks, profile, year, unit, ledger)
    else:
        _read_rows(rows, total, year, unit, ledger)


def _read_rows(rows: Sequence[TableRow], total: TableRow | None, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the rows of a name and two values; they are explicit, and `column_sum` where all add up to the total."""
    items = [row for row in rows if _is_item(row)]
    columns = list(zip(*(row.values for row in [*items, *([total] if total else [])]), strict=True))
    rule = "column_sum" if total and items and all(map(sum_holds, columns)) else ""
    for place, row in enumerate(items, 1):
        if row.name:
            ledger.claim(f"{_TABLE}/{place}", "name", row.name, rule)
        for at, token in zip((year, year + 1), row.values, strict=True):
            ledger.claim(f"{_TABLE}/{place}", "amount", token.stretch, rule, fiscal_year=at, unit=unit)


def _is_item(row: TableRow) -> bool:
    is_named = row.key is None and row.unit is None and row.name is not None
    return is_named and len(row.values) == _YEARS and all(value.kind is not Kind.QUANTITY for value in row.values)


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
                ledger.claim(_item(place, names), "amount", token.stretch, "column_sum", fiscal_year=at, unit=unit)


def _read_total(rows: Sequence[TableRow], year: int, unit: str, ledger: Ledger) -> TableRow | None:
    """Claim the total of the items: the one row of 計 with a value for each of the two years."""
    found = [row for row in rows if row.key == "total" and len(row.values) == _YEARS and row.name is None]
    if len(found) != 1 or found[0].unit is not None or found[0].label is None:
        return None
    ledger.claim(f"{_TABLE}/total", "name", found[0].label.stretch)
    for at, token in zip((year, year + 1), found[0].values, strict=True):
        ledger.claim(f"{_TABLE}/total", "amount", token.stretch, fiscal_year=at, unit=unit)
    return found[0]


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
