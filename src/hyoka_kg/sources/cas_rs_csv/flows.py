"""State the flow of funds: blocks, payees, expenses and contracts (tables 5-1 to 5-4)."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.model import Node
from hyoka_kg.sources.cas_rs_csv.rows import RsRow, SheetRows
from hyoka_kg.sources.lookups import Values

# Blocks report what was paid in the year before the sheet.
_TOLD_BEFORE = 1


def state_blocks(sheet: SheetRows) -> Iterator[Node]:
    """State each block of payees once, and what the ministry spends itself (5-2)."""
    seen: set[str] = set()
    for number, row in enumerate(sheet, 1):
        path = sheet.block(row)
        if path and path not in seen:
            seen.add(path)
            yield Node("block", path, "", row.place, (("label", row["block"]), ("title", row["block_name"])))
        if row["indirect_item"]:
            named = (("expense_item", row["indirect"]), ("use", row["indirect_item"]))
            stated = (*named, *sheet.amount(row, "indirect_amount"))
            yield Node("expense", f"expense/indirect/{number}", "", row.place, stated)


def state_payments(sheet: SheetRows) -> Iterator[Node]:
    """State payees with their totals; the contracts of a payee are parts of it (5-1)."""
    year: Values = (("fiscal_year", str(sheet.key.fiscal_year - _TOLD_BEFORE)),)
    payees: dict[tuple[str, str, str], str] = {}
    for number, row in enumerate(sheet, 1):
        block = sheet.block(row)
        if row["block_amount"] and block:
            yield Node("same", block, "", "", sheet.amount(row, "block_amount"))
        if not row["payee"]:
            continue
        identity = (row["block"], row["payee"], row["corporate_number"])
        if identity not in payees:
            payees[identity] = f"payment/{len(payees) + 1}"
            values = (("sequence", str(len(payees))), *year, *sheet.payee(row), *sheet.amount(row, "payee_amount"))
            yield Node("payment", payees[identity], block, row.place, values)
        yield from _contract(sheet, row, f"contract/{number}", payees[identity])


def _contract(sheet: SheetRows, row: RsRow, path: str, owner: str) -> Iterator[Node]:
    if row["amount"] or row["work"]:
        use = (("use", row["work"]),) if row["work"] else ()
        yield Node("contract", path, owner, row.place, (*use, *sheet.amount(row, "amount")))


def state_expenses(sheet: SheetRows) -> Iterator[Node]:
    """State what the payees of a block spent the money on (5-3)."""
    for number, row in enumerate(sheet, 1):
        if row["item"] or row["amount"]:
            fields = (("expense_item", row["item"]), ("use", row["use"]))
            values = tuple((name, text) for name, text in fields if text)
            stated = (*values, *sheet.payee(row), *sheet.amount(row, "amount"))
            yield Node("expense", f"expense/{number}", sheet.block(row), row.place, stated)


def state_contracts(sheet: SheetRows) -> Iterator[Node]:
    """State the contracts under obligations of several years (5-4)."""
    for number, row in enumerate(sheet, 1):
        if row["payee"]:
            use = (("use", row["work"]),) if row["work"] else ()
            values = (*sheet.payee(row), *use, *sheet.amount(row, "amount"))
            yield Node("contract", f"contract/obligation/{number}", sheet.block(row), row.place, values)
