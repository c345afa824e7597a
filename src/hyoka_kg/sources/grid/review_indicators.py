"""Outcomes, outputs, unit cost, measured indicators and KPIs of a review sheet, from cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hyoka_kg.model import Box
from hyoka_kg.normalization import key_form, parse_value
from hyoka_kg.sources.grid.crossing import Column, claim_crossing, columns_of, row_labels, unit_beside
from hyoka_kg.sources.grid.sheet import Placed, Sheet
from hyoka_kg.sources.grid.writing import Writer

_GOALS = ("interim_goal", "goal", "kpi_start")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an indicator: the label of its block, those of its names, and its rows.

    Attributes:
        name_heading: Label above the name.
        rows: Fields of the rows by the keys of their labels.
        goal_row: Row whose crossings with the goal columns are goals.
        start_row: Row whose crossing with 計画開始時 is the baseline.
    """

    name_heading: str
    rows: Mapping[str, str]
    goal_row: str = "target"
    start_row: str = "actual"


OUTCOME = Table("outcome_indicator", {"actual": "actual", "target": "target", "achievement": "achievement_rate"})
OUTPUT = Table("output_indicator", {"output_actual": "actual", "expected": "expected"})
MEASURED = Table("policy_indicator_name", {"policy_actual": "actual", "target": "target"})
KPI_ROWS = {"actual": "actual", "target": "target", "achievement": "achievement_rate"}


def read_indicators(sheet: Sheet, writer: Writer) -> None:
    """Claim every indicator table of a sheet."""
    for key, table, prefix in (("outcome", OUTCOME, "outcome"), ("output", OUTPUT, "output")):
        for place, block in enumerate(_blocks(sheet, key, table), 1):
            read_table(sheet, block, table, f"entry/1/indicator/{prefix}-{place}", writer)
    _read_outcome_goals(sheet, writer)
    for place, heading in enumerate(sheet.labels.get("policy_indicator_name", ()), 1):
        read_table(sheet, _below(sheet, heading, MEASURED), MEASURED, f"policy/indicator/{place}", writer)
    for place, key in enumerate(("kpi_first", "kpi_second"), 1):
        # The level stands twice: down the side of the block, and low above the name.
        name = min(sheet.labels.get(key, ()), key=lambda cell: cell.box.y1 - cell.box.y0, default=None)
        if name:
            table = Table(key, KPI_ROWS)
            read_table(sheet, _below(sheet, name, table), table, f"reform/kpi/{place}", writer)
    _read_unit_cost(sheet, writer)
    _read_reform(sheet, writer)


def _blocks(sheet: Sheet, key: str, table: Table) -> list[Box]:
    """Return the boxes of the tables of a kind: from each heading of a name down to its last row."""
    return [_below(sheet, heading, table) for heading in sheet.labels.get(table.name_heading, ())]


def _below(sheet: Sheet, heading: Placed, table: Table) -> Box:
    """Return the box from a heading down to the last of its rows before the next heading of the kind."""
    following = [one.box.y0 for one in sheet.labels.get(table.name_heading, ()) if one.box.y0 > heading.box.y0 + 1e-6]
    limit = min(following, default=float("inf"))
    rows: list[float] = []
    for key in table.rows:
        ends = [
            cell.box.y1 for cell in sheet.labels.get(key, ()) if heading.box.y1 - sheet.touch <= cell.box.y0 < limit
        ]
        rows += ends[:1]
    return Box(heading.box.x0, heading.box.y0, heading.box.x1, min(max(rows, default=heading.box.y1), limit))


def read_table(sheet: Sheet, block: Box, table: Table, subject: str, writer: Writer) -> None:
    """Claim name, unit, values by year, and goals of one indicator.

    Args:
        sheet: The cells.
        block: From the heading of the name to the last row.
        table: What its rows tell.
        subject: Subject of the claims.
        writer: Where they go.
    """
    headings = sheet.labels.get(table.name_heading, ())
    heading = next((cell for cell in headings if (cell.box.x0, cell.box.y0) == (block.x0, block.y0)), None)
    rows = row_labels(writer, Box(block.x0, block.y0 + 1e-3, block.x1, block.y1 - 1e-3), table.rows)
    if heading is None or not rows:
        return
    writer.value(subject, "name", sheet.below(heading))
    first = rows[0][1]
    start = max(heading.box.x1, first.box.x1)
    header = Box(block.x0, heading.box.y0 - 1e-3, block.x1, heading.box.y1 + 1e-3)
    columns = [one for one in columns_of(writer, header, start, _GOALS) if one.box.x0 >= first.box.x1 - sheet.touch]
    unit = unit_beside(writer, block, first)
    _claim_unit(sheet, block, first, subject, writer)
    for field, row in rows:
        own = unit_beside(writer, block, row) or unit
        for column in columns:
            _claim_cell(subject, field, row, column, own, table, writer)


def _claim_unit(sheet: Sheet, block: Box, row: Placed, subject: str, writer: Writer) -> None:
    heading = next(
        (cell for cell in sheet.labels.get("unit", ()) if block.y0 - sheet.touch <= cell.box.y0 <= block.y1), None
    )
    cell = sheet.at(heading.box, row.box) if heading else None
    if cell and cell.block and "missing" not in parse_value("amount", cell.text):
        codes = writer.profile.vocabulary("unit")
        writer.claim(subject, "unit", cell.stretch, value=codes.get(key_form(cell.text), ""))
    elif cell and cell.block:
        writer.claim(subject, "unit", cell.stretch)


def _claim_cell(subject: str, field: str, row: Placed, column: Column, unit: str, table: Table, writer: Writer) -> None:
    if column.key is None:
        claim_crossing(writer, subject, field, row, column, unit)
    elif column.key == "kpi_start" and field == table.start_row:
        claim_crossing(writer, subject, "baseline", row, column, unit, column.year)
    elif column.key != "kpi_start" and field == table.goal_row:
        claim_crossing(writer, subject, column.key, row, column, unit, column.year)


def _read_outcome_goals(sheet: Sheet, writer: Writer) -> None:
    for place, heading in enumerate(sheet.labels.get("outcome_goal", ()), 1):
        cell = sheet.below(heading)
        writer.passage(f"entry/1/indicator/outcome-{place}", "outcome-goal", [cell] if cell and not cell.key else [])


def _read_unit_cost(sheet: Sheet, writer: Writer) -> None:
    heading = sheet.first("unit_cost_basis")
    if heading is None:
        return
    formula = next((cell for cell in sheet.labels.get("formula", ()) if cell.box.y0 > heading.box.y0), None)
    labels = [
        cell
        for cell in sheet.labels.get("unit_cost", ())
        if cell.box.y0 >= heading.box.y1 - sheet.touch and cell.box.x0 >= heading.box.x1 - sheet.touch
    ]
    basis = sheet.below(heading)
    writer.passage("unit-cost/1", "unit-cost-basis", [basis] if basis and basis.key is None else [])
    columns = columns_of(writer, heading.box, heading.box.x1)
    units = [cell for cell in sheet.labels.get("unit", ()) if cell.box.shares_rows(heading.box) > 0.5]
    for field, unit_field, row in (
        ("amount", "unit", labels[0] if labels else None),
        ("formula", "formula_label", formula),
    ):
        if row is None:
            continue
        cell = sheet.at(units[0].box, row.box) if units else None
        unit = cell.text if cell and cell.block else ""
        if cell and cell.block:
            code = "jpy" if parse_value("amount", f"1{unit}").get("unit") == unit else ""
            writer.claim("unit-cost/1", unit_field, cell.stretch, value=code if field == "amount" else "")
        for column in columns:
            claim_crossing(writer, "unit-cost/1", field, row, column, unit if field == "amount" else "")


def _read_reform(sheet: Sheet, writer: Writer) -> None:
    label = sheet.first("reform")
    area = sheet.first("reform_area")
    if area:
        writer.value("reform", "area", sheet.right_of(area))
    if label is None:
        return
    cells = [
        cell
        for cell in sheet.cells
        if cell.key is None
        and cell.block
        and cell.box.shares_rows(label.box) > 0.5
        and cell.box.x0 >= label.box.x1 - sheet.touch
    ]
    taken = sheet.right_of(area) if area else None
    rest = [cell for cell in cells if cell is not taken]
    if len(rest) == 1:
        writer.claim("reform", "reform_item", rest[0].stretch)
