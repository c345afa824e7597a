"""The tables of an ex-ante sheet from cells: every column by its heading, every row by its number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hyoka_kg.model import Box, Stretch
from hyoka_kg.normalization import fold, key_form, parse_value
from hyoka_kg.sources.ex_ante.measures import find_measure_name
from hyoka_kg.sources.grid.sheet import Placed, Sheet, printing
from hyoka_kg.sources.grid.writing import Writer

_END = float("inf")
_FULL = 0.9


def read_indicators(sheet: Sheet, writer: Writer, year: int) -> None:
    """Claim the measurement indicators: the band of rows beside each mark, column by column."""
    heading = sheet.first("indicator")
    targets = sheet.first("targets")
    if heading is None or targets is None:
        return
    end = end_of(sheet, heading, ("entries", "policy_money", "strategies"))
    years = year_columns(sheet, targets, year, writer)
    column = sheet.within(heading.box.x0, heading.box.y1, heading.box.x1, end)
    marks = [cell for cell in printing(column) if _mark_of(cell) is not None]
    seen: dict[str, list[Placed]] = {"objectives": [], "means": []}
    for mark in marks:
        _claim_indicator(sheet, mark, heading, end, years, seen, writer)


def _mark_of(cell: Placed) -> Stretch | None:
    """Return the mark that a cell begins with: alone, or on its first line above the name."""
    first = Stretch(cell.stretch.parts[:1]).strip()
    return first if "n" in parse_value("mark", first.text) and not fold(first.text).startswith("(") else None


def _claim_indicator(
    sheet: Sheet,
    mark: Placed,
    heading: Placed,
    end: float,
    years: list[tuple[int, Box]],
    seen: dict[str, list[Placed]],
    writer: Writer,
) -> None:
    printed = _mark_of(mark)
    if printed is None:
        return
    facts = parse_value("mark", printed.text)
    subject = f"indicator/{facts['n']}"
    writer.claim(subject, "mark", printed)
    writer.claim(subject, "is_key", printed, value=str(bool(facts["circled"])).lower())
    name = _name_cell(sheet, mark, heading)
    _claim_name(subject, name, writer)
    band = name.box if name and name.box.y1 > mark.box.y1 else mark.box
    band = Box(band.x0, min(mark.box.y0, band.y0), band.x1, max(mark.box.y1, band.y1))
    for column, value, year_field in (("baseline", "baseline", "baseline_year"), ("goal", "goal", "goal_year")):
        _claim_pair(sheet, column, value, year_field, subject, band, writer)
    for at, box in years:
        _claim_year(sheet, subject, at, box, band, writer)
    reasons = sheet.first("rationale")
    if reasons:
        writer.passage(subject, "rationale", _column(sheet, reasons.box, band))
    _claim_owners(sheet, subject, band, seen, writer)


def _name_cell(sheet: Sheet, mark: Placed, heading: Placed) -> Placed | None:
    if len(mark.stretch.parts) > 1:
        return mark
    beside = sheet.right_of(mark)
    return beside if beside and beside.box.shares_columns(heading.box) > 0 else None


def _claim_name(subject: str, cell: Placed | None, writer: Writer) -> None:
    if cell is None:
        writer.ledger.open(subject, "name", None)
        return
    stretch = cell.stretch
    first = Stretch(stretch.parts[:1]).strip()
    if "n" in parse_value("mark", first.text) and len(stretch.parts) > 1:
        stretch = Stretch(stretch.parts[1:])
    found = find_measure_name(stretch, writer.profile)
    writer.claim(subject, "name", found.name)
    if found.kind:
        kinds = writer.profile.vocabulary("indicator_kind")
        writer.claim(subject, "kind", found.kind, value=kinds.get(key_form(found.kind.text[1:-1]), ""))
    if found.reform:
        writer.claim(subject, "reform_item", found.reform)
    if found.kpi:
        writer.claim(subject, "is_ap_kpi", found.kpi, value="true")


def _column(sheet: Sheet, column: Box, band: Box) -> list[Placed]:
    return printing(sheet.within(column.x0, band.y0, column.x1, band.y1))


def _claim_pair(
    sheet: Sheet, key: str, value_field: str, year_field: str, subject: str, band: Box, writer: Writer
) -> None:
    """Claim a value and its year, which stand side by side or below each other under one heading or two."""
    headings = [cell for cell in (sheet.first(key), sheet.first(year_field)) if cell]
    if not headings:
        return
    x0, x1 = min(cell.box.x0 for cell in headings), max(cell.box.x1 for cell in headings)
    cells = _column(sheet, Box(x0, band.y0, x1, band.y1), band)
    years = [cell for cell in cells if year_of(cell.text, writer) is not None]
    values = [cell for cell in cells if cell not in years]
    year = year_of(years[0].text, writer) if len(years) == 1 else None
    if len(years) == 1:
        writer.claim(subject, year_field, years[0].stretch)
    has_year_column = sheet.first(year_field) is not None
    if len(values) == 1 and len(years) == 1:
        writer.claim(subject, value_field, values[0].stretch, fiscal_year=year)
    elif len(values) == 1 and not has_year_column:
        writer.claim(subject, value_field, values[0].stretch)
    elif len(values) == 1:
        # The form has a column for the year and prints none here: a value of no year would be another statement.
        writer.ledger.open(subject, value_field, values[0].cell.page, "year_not_printed")
    elif values:
        writer.refuse(subject, value_field, values)


def year_of(text: str, writer: Writer) -> int | None:
    """Return the fiscal year that a text names, or None."""
    facts = parse_value("fiscal_year", text, {"fiscal_year": writer.year})
    year = facts.get("fiscal_year")
    return year if isinstance(year, int) else None


def year_columns(sheet: Sheet, heading: Placed, year: int, writer: Writer) -> list[tuple[int, Box]]:
    """Return the columns of years below a heading, which must follow each other."""
    below = sheet.within(heading.box.x0, heading.box.y0, heading.box.x1, heading.box.y1 + _reach(heading))
    cells = sorted((cell for cell in below if cell.block and year_of(cell.text, writer)), key=lambda cell: cell.box.x0)
    found: dict[int, Box] = {}
    for cell in cells:
        at = year_of(cell.text, writer)
        if at is not None and at not in found:
            found[at] = cell.box
            writer.label(cell)
    years = list(found)
    if years != sorted(years) or any(later - earlier != 1 for earlier, later in itertools.pairwise(years)):
        writer.ledger.issue("years_out_of_order", heading.cell.place, ", ".join(map(str, years)))
        return []
    if years and abs(years[len(years) // 2] - year) > 1:
        writer.ledger.issue("years_far_from_sheet", heading.cell.place, f"{years} ≠ {year}")
        return []
    return list(found.items())


def _reach(heading: Placed) -> float:
    height = heading.box.y1 - heading.box.y0
    return max(height * 4, 3.0)


def _claim_year(sheet: Sheet, subject: str, year: int, column: Box, band: Box, writer: Writer) -> None:
    """Claim target above and actual below; one cell that fills the band could be either."""
    middle = (band.y0 + band.y1) / 2
    cells = [cell for cell in crossing(sheet, column, band) if cell.key is None]
    upper = [cell for cell in cells if (cell.box.y0 + cell.box.y1) / 2 < middle]
    lower = [cell for cell in cells if (cell.box.y0 + cell.box.y1) / 2 > middle]
    whole = [cell for cell in cells if cell.box.y1 - cell.box.y0 >= _FULL * (band.y1 - band.y0)]
    if whole:
        for name in ("target", "actual"):
            writer.ledger.open(subject, name, whole[0].cell.page, "one_cell_for_two_rows", year)
        return
    for name, part in (("target", upper), ("actual", lower)):
        _claim_one(subject, name, year, part, column, writer)


def crossing(sheet: Sheet, column: Box, band: Box) -> list[Placed]:
    """Return the cells of a column whose middle lies in a band of rows."""
    x = (column.x0 + column.x1) / 2
    return [
        cell
        for cell in sheet.cells
        if cell.box.x0 < x < cell.box.x1 and band.y0 - 1e-6 <= (cell.box.y0 + cell.box.y1) / 2 <= band.y1 + 1e-6
    ]


def _claim_one(subject: str, name: str, year: int, cells: list[Placed], column: Box, writer: Writer) -> None:
    told = [cell for cell in cells if cell.block]
    if len(told) > 1:
        writer.refuse(subject, name, told, year)
    elif told and told[0].box.x1 - told[0].box.x0 > 1.5 * (column.x1 - column.x0):
        writer.ledger.open(subject, name, told[0].cell.page, "cell_spans_years", year)
    elif told:
        writer.claim(subject, name, told[0].stretch, fiscal_year=year)
    else:
        writer.ledger.absent(subject, name, cells[0].cell.page if cells else 1, year)


def _claim_owners(sheet: Sheet, subject: str, band: Box, seen: dict[str, list[Placed]], writer: Writer) -> None:
    """Claim the means and the objective whose cells span the band; they are numbered as they come."""
    places = {}
    for key in ("objectives", "means"):
        heading = sheet.first(key)
        middle = Box(band.x0, (band.y0 + band.y1) / 2 - 1e-6, band.x1, (band.y0 + band.y1) / 2 + 1e-6)
        cell = sheet.at(heading.box, middle) if heading else None
        if cell is None or cell.block is None:
            return
        if cell not in seen[key]:
            seen[key].append(cell)
            name = "objective" if key == "objectives" else "means"
            writer.claim(f"{name}/{len(seen[key])}", "name", cell.stretch)
        places[key] = seen[key].index(cell) + 1
    writer.structure(subject, "means", str(places["means"]))
    writer.structure(f"means/{places['means']}", "objective", str(places["objectives"]))


def end_of(sheet: Sheet, heading: Placed, keys: Sequence[str]) -> float:
    """Return where a table ends: at the first of the labels below its heading."""
    below = [cell.box.y0 for key in keys for cell in sheet.labels.get(key, ()) if cell.box.y0 > heading.box.y0]
    return min(below, default=_END)
