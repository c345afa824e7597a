"""Write one sheet along the routes that are asked for, and say where every fact stands in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hyoka_kg.synthesis.as_pdf import write_pdf
from hyoka_kg.synthesis.as_text import fact_spans, write_text
from hyoka_kg.synthesis.as_workbook import write_workbook
from hyoka_kg.synthesis.boxes import lay_out
from hyoka_kg.synthesis.chance import stream
from hyoka_kg.synthesis.facts import Defect, Sheet
from hyoka_kg.synthesis.placing import Paper, Placed, place
from hyoka_kg.synthesis.request import Request, Route
from hyoka_kg.synthesis.truth import cell_records
from hyoka_kg.synthesis.words import layout

_SUFFIXES = {Route.TEXT: ".txt", Route.PDF: ".pdf", Route.XLSX: ".xlsx"}
_Places = dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sheet, written.

    Attributes:
        files: Name and bytes of each file.
        cells: The truth of its cells.
        defects: What was planted in it.
    """

    files: list[tuple[str, bytes]]
    cells: list[dict[str, Any]]
    defects: list[Defect]


def render(sheet: Sheet, request: Request) -> Rendered:
    """Return the sheet's files with the truth about them."""
    paper = Paper(**layout(sheet.kind)["paper"])
    placed = place(lay_out(sheet), paper)
    files, places = [], {}
    defects = [*sheet.defects, *_broken_cells(sheet, placed)]
    for route in request.routes:
        content, where, orphans = _ROUTES[route](sheet, placed, paper, request)
        files.append((sheet.document + _SUFFIXES[route], content))
        places[str(route)] = where
        defects += [replace(one, document=sheet.document) for one in orphans]
    return Rendered(files, list(cell_records(sheet, placed, places)), defects)


def _broken_cells(sheet: Sheet, placed: list[Placed]) -> Iterator[Defect]:
    for one in placed:
        pages = sorted({line.page for line in one.lines})
        if len(pages) > 1:
            for _, fact in one.box.facts:
                detail = f"pages {'-'.join(map(str, pages))}"
                yield Defect(sheet.document, "page_break_in_cell", fact.subject, fact.field, fact.fiscal_year, detail)


_Route = Callable[[Sheet, list[Placed], Paper, Request], tuple[bytes, _Places, list[Defect]]]


def _text(sheet: Sheet, placed: list[Placed], paper: Paper, request: Request) -> tuple[bytes, _Places, list[Defect]]:
    layer = write_text(placed, stream(request.seed, "text", sheet.document), request.disorder)
    where = {id(one.box): fact_spans(layer, one.box) for one in placed}
    orphans = [Defect("", "orphan_mark", detail=f"text {line}: {mark}") for line, _, mark in layer.orphans]
    return "\n".join(layer.lines).encode(), where, orphans


def _pdf(sheet: Sheet, placed: list[Placed], paper: Paper, request: Request) -> tuple[bytes, _Places, list[Defect]]:
    chance = stream(request.seed, "pdf", sheet.document)
    content, marks = write_pdf(placed, paper, sheet.title, chance)
    where = {id(one.box): [";".join(map(str, one.rects))] * len(one.box.facts) for one in placed}
    return content, where, [Defect("", "orphan_mark", detail=f"pdf page {page}: {mark}") for page, mark in marks]


def _xlsx(sheet: Sheet, placed: list[Placed], paper: Paper, request: Request) -> tuple[bytes, _Places, list[Defect]]:
    content, ranges = write_workbook(sheet, placed)
    return content, {id(one.box): [ranges[id(one.box)]] * len(one.box.facts) for one in placed}, []


_ROUTES: dict[Route, _Route] = {Route.TEXT: _text, Route.PDF: _pdf, Route.XLSX: _xlsx}
