"""Tables in which a value stands where the row of a label crosses the column of a heading, inside one block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyoka_kg.model import Box
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.grid.sheet import Placed
from hyoka_kg.sources.grid.writing import Writer

_SPANS = "cell_spans_columns"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a crossing: the fiscal year of its heading, or its key; and what is behind the year (要求)."""

    box: Box
    year: int | None
    key: str | None
    aspect: str | None


def columns_of(writer: Writer, block: Box, start: float, names: Sequence[str] = ()) -> list[Column]:
    """Return the columns that the first row of a block heads: years, and labels of the names given.

    Args:
        writer: The sheet and its year.
        block: The block of the form that holds the crossing.
        start: Where the headings begin, from the left.
        names: Keys of labels that head columns of their own.
    """
    columns: list[Column] = []
    cells = writer.sheet.within(start, block.y0, float("inf"), block.y1)
    for cell in sorted((one for one in cells if one.block), key=lambda one: (one.box.y0, one.box.x0)):
        column = _column(cell, writer, names)
        if column and not any(column.box.shares_columns(other.box) > 0.1 for other in columns):
            columns.append(column)
            writer.label(cell)
    columns.sort(key=lambda one: one.box.x0)
    years = [column.year for column in columns if column.key is None]
    if years != sorted(years, key=lambda one: one or 0) or len(set(years)) != len(years):
        writer.ledger.issue("years_out_of_order", str(cells[0].cell.place) if cells else "", str(years))
        return []
    return columns


def _column(cell: Placed, writer: Writer, names: Sequence[str]) -> Column | None:
    parts = [part.text for part in cell.stretch.parts]
    for count in range(len(parts), 0, -1):
        key = writer.profile.label("".join(parts[:count]))
        if key in names:
            return Column(cell.box, year_of("".join(parts[count:]), writer)[0], key, None)
    year, aspect = year_of(cell.text, writer)
    return Column(cell.box, year, None, aspect) if year is not None else None


def year_of(text: str, writer: Writer) -> tuple[int | None, str | None]:
    """Return the fiscal year that a heading names, and what of the year it heads."""
    facts = parse_value("fiscal_year", text, {"fiscal_year": writer.year})
    year, aspect = facts.get("fiscal_year"), facts.get("aspect")
    return (year if isinstance(year, int) else None), (str(aspect) if aspect else None)


def row_labels(writer: Writer, block: Box, names: Mapping[str, str]) -> list[tuple[str, Placed]]:
    """Return the labels of rows inside a block, each with the field that its row tells."""
    found = []
    for key, field in names.items():
        cells = [cell for cell in writer.sheet.labels.get(key, ()) if _holds(block, cell.box)]
        if cells:
            found.append((field, cells[-1] if len(cells) > 1 else cells[0]))
    return found


def _holds(outer: Box, box: Box) -> bool:
    middle = (box.y0 + box.y1) / 2
    return outer.y0 <= middle <= outer.y1


def claim_crossing(
    writer: Writer, subject: str, field: str, row: Placed, column: Column, unit: str = "", year: int | None = None
) -> None:
    """Claim the cell where a row and a column cross; a cell that spans several columns is refused."""
    cell = writer.sheet.at(column.box, row.box)
    at = column.year if year is None else year
    if cell is None or cell.box.shares_rows(row.box) <= 0.5:
        return
    if cell.box.x1 - cell.box.x0 > 1.5 * (column.box.x1 - column.box.x0):
        if cell.block:
            writer.ledger.open(subject, field, cell.cell.page, _SPANS, at)
            writer.ledger.issue(_SPANS, f"{subject} {field} {at or ''} ({cell.cell.place})", cell.text)
        return
    writer.value(subject, field, cell, fiscal_year=at, unit=unit)


def unit_beside(writer: Writer, block: Box, row: Placed) -> str:
    """Return the unit that the column 単位 gives for a row, or nothing."""
    heading = next((cell for cell in writer.sheet.labels.get("unit", ()) if _holds(block, cell.box)), None)
    cell = writer.sheet.at(heading.box, row.box) if heading else None
    return cell.text.strip() if cell and cell.block else ""
