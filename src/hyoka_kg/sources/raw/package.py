"""The parts of a workbook that say how its sheets look: merged spans, hidden rows and columns, drawings."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from hyoka_kg.model import Box
from hyoka_kg.sources.raw.drawings import text_boxes

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WORKBOOK = "xl/workbook.xml"
_MAX_SPAN = 1_000_000
_MAX_AREA = 5_000_000
_TRUE = re.compile("1|true")


@dataclass
class SheetLayout:
    """How one sheet looks.

    Attributes:
        title: Its title.
        spans: Last row and column of a merged span by its first.
        covered: Cells that a span covers.
        hidden_rows: Rows that are hidden.
        hidden_columns: Columns that are hidden.
        unvalued: Cells with a formula and no stored value.
        last_row: Last row that has a cell.
        last_column: Last column that has a cell.
        text_boxes: Bounds, text and place of the text boxes.
    """

    title: str
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unvalued: list[str] = field(default_factory=list)
    text_boxes: list[tuple[Box, str, str]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0


def read_layouts(path: Path) -> list[SheetLayout]:
    """Return the layout of each sheet of a workbook.

    Raises:
        ValueError: A part of the package is no XML, or merges more cells than a form has.
    """
    with zipfile.ZipFile(path) as package:
        return [_read_layout(package, title, part) for title, part in _sheets(package)]


def _read_layout(package: zipfile.ZipFile, title: str, part: str) -> SheetLayout:
    layout = SheetLayout(title)
    try:
        with package.open(part) as stream:
            for _, element in iterparse(stream):
                _note(element, layout)
    except ParseError as error:
        raise ValueError(f"{part}: {error}") from error
    if layout.last_row * layout.last_column > _MAX_AREA:
        raise ValueError(f"{title} reaches to row {layout.last_row:,}, column {layout.last_column:,}; no form does")
    for type_, target in _relations(package, part).values():
        if type_.endswith("/drawing") and target in package.namelist():
            layout.text_boxes += text_boxes(_parse(package, target), title)
    return layout


def _note(element: Element, layout: SheetLayout) -> None:
    tag = element.tag.removeprefix(_MAIN)
    if tag == "mergeCell":
        _merge(element.get("ref", ""), layout)
    elif tag == "col" and _TRUE.fullmatch(element.get("hidden", "")):
        layout.hidden_columns |= set(range(int(element.get("min", 0)), min(int(element.get("max", 0)), _MAX_SPAN) + 1))
    elif tag == "row":
        # A row or cell without a reference follows the one before it.
        number = int(element.get("r", layout.last_row + 1))
        layout.last_row = max(layout.last_row, number)
        layout.last_column = max(layout.last_column, len(element))
        if _TRUE.fullmatch(element.get("hidden", "")):
            layout.hidden_rows.add(number)
        element.clear()
    elif tag == "c":
        _note_cell(element, layout)


def _note_cell(element: Element, layout: SheetLayout) -> None:
    reference = element.get("r", "")
    if reference:
        _, column = coordinate_to_tuple(reference)
        layout.last_column = max(layout.last_column, column)
    if element.find(f"{_MAIN}f") is not None and not element.findtext(f"{_MAIN}v"):
        layout.unvalued.append(reference)


def _merge(reference: str, layout: SheetLayout) -> None:
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    if (last_row - first_row + 1) * (last_column - first_column + 1) > _MAX_SPAN:
        raise ValueError(f"the merged span {reference} is larger than a form")
    layout.spans[first_row, first_column] = (last_row, last_column)
    layout.covered |= {
        (row, column)
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
        if (row, column) != (first_row, first_column)
    }


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = _relations(package, _WORKBOOK)
    for sheet in _parse(package, _WORKBOOK).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION, ""), ("", ""))[1]
        if target in package.namelist():
            yield sheet.get("name", ""), target


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    listing = f"{folder}/_rels/{name}.rels"
    if listing not in package.namelist():
        return {}
    found = _parse(package, listing).iter(_RELATIONS)
    return {one.get("Id", ""): (one.get("Type", ""), _target(folder, one.get("Target", ""))) for one in found}


def _target(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _parse(package: zipfile.ZipFile, part: str) -> Element:
    try:
        root: Element = fromstring(package.read(part))
    except ParseError as error:
        raise ValueError(f"{part}: {error}") from error
    return root
