"""Workbooks: cells with their merged spans, stored and printed values, and the text boxes of drawings."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Box, Grid, GridCell
from hyoka_kg.sources.messages import told
from hyoka_kg.sources.raw.formats import print_value
from hyoka_kg.sources.raw.package import SheetLayout, read_layouts

_MAX_BYTES = 50_000_000
_MAX_UNPACKED = 300_000_000
_MAX_ENTRIES = 5_000
_MAX_RATIO = 200
_SMALL_ENTRY = 1_000_000
_DAMAGED = (
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    IndexError,
)


def read_workbook(path: Path) -> Grid:
    """Return the cells of the visible sheets of a workbook; links are not followed and macros not run.

    Raises:
        AcquisitionError: The file is no workbook, is damaged, or unpacks to more than a form can be.
    """
    names = _check_package(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    issues = list(_package_issues(names))
    try:
        pages = _read_sheets(path, issues)
    except _DAMAGED as error:
        raise AcquisitionError(told("unsound_workbook", path=path, why=error)) from error
    if not any(pages):
        raise AcquisitionError(told("no_cells", path=path))
    return Grid("workbook", sha256, tuple(pages), tuple(issues))


def _read_sheets(path: Path, issues: list[tuple[str, str]]) -> list[tuple[GridCell, ...]]:
    pages: list[tuple[GridCell, ...]] = []
    layouts = {layout.title: layout for layout in read_layouts(path)}
    # A stream, as openpyxl judges a path by its suffix.
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                issues.append(("hidden_sheet", sheet.title))
                continue
            page, layout = len(pages) + 1, layouts[sheet.title]
            issues += [("formula_without_value", f"{sheet.title}!{one}") for one in layout.unvalued]
            cells = tuple(_cells(sheet, layout, page, issues))
            pages.append(cells + tuple(_place(one, page) for one in layout.text_boxes))
    return pages


def _check_package(path: Path) -> list[str]:
    if path.stat().st_size > _MAX_BYTES:
        raise AcquisitionError(told("too_long", path=path, size=path.stat().st_size, most=_MAX_BYTES))
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise AcquisitionError(told("damaged", path=path, why=error)) from error
    total = sum(entry.file_size for entry in entries)
    dense = [e for e in entries if e.file_size > _SMALL_ENTRY and e.file_size > _MAX_RATIO * max(e.compress_size, 1)]
    if total > _MAX_UNPACKED or len(entries) > _MAX_ENTRIES or dense:
        raise AcquisitionError(told("zip_bomb", path=path, total=total, parts=len(entries)))
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise AcquisitionError(told("no_workbook", path=path))
    return names


def _package_issues(names: list[str]) -> Iterator[tuple[str, str]]:
    links = [name for name in names if name.startswith("xl/externalLinks/")]
    if links:
        yield "external_links", ", ".join(links)
    macros = [name for name in names if name.endswith("vbaProject.bin")]
    if macros:
        yield "macros", ", ".join(macros)


def _cells(sheet: Any, layout: SheetLayout, page: int, issues: list[tuple[str, str]]) -> Iterator[GridCell]:
    # What a sheet says of its own size is not believed: rows are filled up with empty cells to that width.
    for row in sheet.iter_rows(max_row=max(layout.last_row, 1), max_col=max(layout.last_column, 1)):
        for cell in row:
            if cell.value is None or (cell.row, cell.column) in layout.covered:
                continue
            if cell.row in layout.hidden_rows or cell.column in layout.hidden_columns:
                issues.append(("hidden_cell", f"{sheet.title}!{cell.coordinate}"))
                continue
            yield _cell(sheet.title, cell, layout.spans.get((cell.row, cell.column)), page)


def _cell(title: str, cell: Any, span: tuple[int, int] | None, page: int) -> GridCell:
    last_row, last_column = span or (cell.row, cell.column)
    printed = print_value(cell.value, cell.number_format or "")
    stored = str(cell.value)
    return GridCell(
        page,
        Box(cell.column - 1, cell.row - 1, last_column, last_row),
        printed,
        f"{title}!{cell.coordinate}",
        f"sheet={page}&cell={cell.coordinate}",
        stored if stored != printed else None,
    )


def _place(box: tuple[Box, str, str], page: int) -> GridCell:
    bounds, text, place = box
    return GridCell(page, bounds, text, place, f"sheet={page}&drawing={place.rpartition('#')[2]}")
