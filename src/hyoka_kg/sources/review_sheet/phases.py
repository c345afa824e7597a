"""The rows of the money of a review sheet, and what holds among them in every year.

`relations_fit`: a row that lacks a value, or its label, and a value that stands alone are told by the sums and rates of
the table, where all tables in which most relations hold agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hyoka_kg.sources.reading.arithmetic import number_of, rate_may_be
from hyoka_kg.sources.reading.fitting import Check, Slots, Table, arrangements, best, fill
from hyoka_kg.sources.reading.tokens import Kind, Token
from hyoka_kg.sources.review_sheet.rows import TableRow

RULE = "relations_fit"
_PARTS = ("initial", "supplementary", "carried_in", "reserve", "carried_out")
_YEARS_WITH_PARTS = 4


@dataclass(frozen=True, slots=True)
class Phase:
    """A row of the table: its field, how many years it has, and whether it is a rate."""

    field: str
    count: int
    is_rate: bool = False


PHASES = {
    "initial": Phase("initial", 5),
    "supplementary": Phase("supplementary", 4),
    "carried_in": Phase("carried-in", 4),
    "carried_out": Phase("carried-out", 4),
    "reserve": Phase("reserve", 4),
    "total": Phase("current", 5),
    "executed": Phase("executed", 3),
    "execution_rate": Phase("execution_rate", 3, is_rate=True),
    "execution_rate_of_initial": Phase("execution_rate_of_initial", 3, is_rate=True),
}


def complete(
    told: Mapping[str, Slots], rows: Sequence[TableRow], loose: Sequence[Token], present: set[str]
) -> dict[str, Slots]:
    """Return the rows that are not told by their labels alone, as far as the relations of the table decide.

    Args:
        told: Whole rows with their label.
        rows: All rows of the page.
        loose: Values that stand alone.
        present: The phases whose label the page prints.
    """
    taken = {id(token) for slots in told.values() for token in slots}
    free = [row for row in rows if not row.name and row.unit is None and id(row.values[0]) not in taken]
    options: dict[str, list[Slots]] = {key: [slots] for key, slots in told.items()}
    for key in sorted(present - set(told)):
        options[key] = _options(PHASES[key], key, free)
    check = relations_of(told)
    found = best(options, check)
    table = {key: found.get(key, slots[0]) if len(slots) > 1 else slots[0] for key, slots in options.items()}
    new = {key: slots for key, slots in table.items() if key not in told}
    for key in new:
        like = [token for token in loose if (token.facts.get("unit") == "%") == PHASES[key].is_rate]
        new[key] = fill(table, key, like, check)
    return {key: slots for key, slots in new.items() if any(slots)}


def _options(phase: Phase, key: str, free: Sequence[TableRow]) -> list[Slots]:
    """Return what a row may be: not found, or a row of its label or of none with at most one value missing."""
    likely = [row for row in free if _is_like(row, phase)]
    own = [row for row in likely if row.key == key]
    rows = own if len(own) == 1 else [row for row in likely if row.key is None] if not own else []
    return [(None,) * phase.count, *(slots for row in rows for slots in arrangements(row.values, phase.count))]


def _is_like(row: TableRow, phase: Phase) -> bool:
    is_short = phase.count - 1 <= len(row.values) <= phase.count
    return is_short and row.is_percent == phase.is_rate


def relations_of(told: Mapping[str, Slots]) -> Check:
    """Return the check of a table; what whole rows break among themselves is a defect of the sheet, and not counted."""
    known = {name for name, holds in _verdicts(told) if not holds}

    def check(table: Table) -> int | None:
        tokens = [id(token) for slots in table.values() for token in slots if token]
        verdicts = [holds for name, holds in _verdicts(table) if name not in known]
        return len(verdicts) if all(verdicts) and len(set(tokens)) == len(tokens) else None

    return check


def _verdicts(table: Table) -> Iterator[tuple[tuple[str, int], bool]]:
    yield from _sums(table)
    yield from _rates(table)


def _sums(table: Table) -> Iterator[tuple[tuple[str, int], bool]]:
    """Yield for every year whether the total is exactly the sum of its parts."""
    for year, token in enumerate(table.get("total", ())):
        names = _PARTS if year < _YEARS_WITH_PARTS else ("initial",)
        parts = [_signed(table, name, year) for name in names]
        if token is not None and None not in parts:
            added = sum((part for part in parts if part is not None), Decimal(0))
            yield ("total", year), added == (number_of(token) or Decimal(0))


def _signed(table: Table, name: str, year: int) -> Decimal | None:
    amount = _amount(table, name, year)
    return -abs(amount) if amount is not None and name == "carried_out" else amount


def _amount(table: Table, name: str, year: int) -> Decimal | None:
    """Return the amount of a cell; a dash adds nothing, a missing cell is not known."""
    token = table[name][year] if name in table else None
    if token is None:
        return None
    return Decimal(0) if token.kind is Kind.DASH else number_of(token)


def _rates(table: Table) -> Iterator[tuple[tuple[str, int], bool]]:
    for year, token in enumerate(table.get("executed", ())):
        executed = number_of(token) if token else None
        total, initial, more = (_amount(table, name, year) for name in ("total", "initial", "supplementary"))
        budget = initial + more if initial is not None and more is not None else None
        for name, whole in (("execution_rate", total), ("execution_rate_of_initial", budget)):
            rate = _amount(table, name, year)
            if executed is not None and whole and rate is not None:
                yield (name, year), rate_may_be(executed, whole, rate)
