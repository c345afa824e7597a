"""State budgets and their items (tables 2-1 and 2-2), in yen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from hyoka_kg.model import Node
from hyoka_kg.sources.cas_rs_csv.rows import ENTRY, RsRow, SheetRows
from hyoka_kg.sources.lookups import plain_number

_PHASES = ("initial", "supplementary", "carried-in", "reserve", "current", "executed", "carried-out", "requested")
# Columns of the account rows that add up to one column of the aggregate row.
_SUMS = {
    "initial": ("account_initial",),
    "supplementary": tuple(f"account_supplementary_{number}" for number in range(1, 6)),
    "carried-in": ("account_carried-in",),
    "reserve": tuple(f"account_reserve_{number}" for number in range(1, 5)),
    "current": ("account_current",),
    "executed": ("account_executed",),
}


def state_budgets(sheet: SheetRows) -> Iterator[Node]:
    """State the one aggregate row of each year (当初予算（合計） is filled); account rows are added up against it."""
    totals: dict[str, RsRow] = {}
    accounts: dict[str, list[RsRow]] = defaultdict(list)
    for row in sheet:
        if row["initial"] == "":
            accounts[row["budget_year"]].append(row)
        elif row["budget_year"] in totals:
            sheet.report("two-aggregate-rows", row, row["budget_year"])
        else:
            totals[row["budget_year"]] = row
            yield from _year(sheet, row)
    for year, row in totals.items():
        _add_up(sheet, row, accounts.get(year, []))


def _year(sheet: SheetRows, row: RsRow) -> Iterator[Node]:
    year = int(row["budget_year"])
    for phase in _PHASES:
        told = str(year + 1) if phase == "requested" else str(year)
        stated = sheet.amount(row, phase)
        if phase == "executed" and year >= sheet.key.fiscal_year:
            # The year is not over when the sheet is published: its 0 is not an amount.
            stated = (("status", "not-yet"),) if plain_number(row[phase]) == 0 else stated
        if stated:
            values = (("phase", phase), ("fiscal_year", told), *stated)
            yield Node("budget", f"{ENTRY}/budget/{phase}/{told}", ENTRY, row.place, values)
    for field, box in (("increase_reason", "increase-reason"), ("note", "note")):
        yield from sheet.texts(row, {field: box}, f"-{year}")


def _add_up(sheet: SheetRows, total: RsRow, accounts: list[RsRow]) -> None:
    for phase, columns in _SUMS.items():
        parts = [plain_number(row[column]) or Decimal(0) for row in accounts for column in columns]
        stated = plain_number(total[phase])
        if accounts and stated is not None and sum(parts) != stated:
            sheet.report("account-sum-differs", total, f"{phase} {total['budget_year']}: {sum(parts)} {stated}")


def state_budget_items(sheet: SheetRows) -> Iterator[Node]:
    """State the items of the budget with their year; a row without an amount states its request only."""
    for number, row in enumerate(sheet, 1):
        if not row["budget_year"] or not (row["amount"] or row["next_amount"]):
            continue
        for suffix, field, year in (("", "amount", 0), ("/requested", "next_amount", 1)):
            stated = sheet.amount(row, field)
            if stated:
                item = " ".join(filter(None, (row["chapter"], row["item"]))) or row["kind"]
                told = str(int(row["budget_year"]) + year)
                values = (("fiscal_year", told), ("expense_item", item), *stated)
                path = f"{ENTRY}/budget-item/{number}{suffix}"
                yield Node("budget-item", path, ENTRY, row.place, values)
