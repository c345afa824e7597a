"""Every cell of the truth stands where the truth says, in the text layer, in the PDF and in the workbook."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber

from hyoka_kg.model import Locator, SourceText
from hyoka_kg.sources.transcription.spans import parse_spans

DOCUMENTS = 8


def by_document(cells: list[dict[str, Any]], route: str) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for cell in cells:
        if cell["printed"] and route in cell["where"]:
            found[cell["document"]].append(cell)
    assert len(found) == DOCUMENTS
    return found


def flat(text: str) -> str:
    return "".join(text.split())


def test_text_spans_quote_the_literal(ministry: Path, cells: list[dict[str, Any]]) -> None:
    checked = 0
    for document, rows in by_document(cells, "text").items():
        lines = (ministry / "documents" / f"{document}.txt").read_text(encoding="utf-8").split("\n")
        source = SourceText("", tuple(lines))
        for cell in rows:
            pieces = parse_spans(cell["where"]["text"], Locator(document, 0))
            assert flat("".join(source.quote(pieces))) == flat(cell["printed"]), cell
            checked += 1
    assert checked > 2000


def test_pdf_rectangles_hold_the_literal(ministry: Path, cells: list[dict[str, Any]]) -> None:
    checked = 0
    for document, rows in by_document(cells, "pdf").items():
        with pdfplumber.open(ministry / "documents" / f"{document}.pdf") as pdf:
            for cell in rows:
                assert flat(cell["printed"]) in inside(pdf, cell["where"]["pdf"]), cell
                checked += 1
    assert checked > 2000


def inside(pdf: pdfplumber.PDF, where: str) -> str:
    text = ""
    for rect in where.split(";"):
        page, _, box = rect.partition(":")
        left, top, right, bottom = map(float, box.split(","))
        text += "".join(
            one["text"]
            for one in pdf.pages[int(page) - 1].chars
            if left < (one["x0"] + one["x1"]) / 2 < right and top < (one["top"] + one["bottom"]) / 2 < bottom
        )
    return flat(text)


def test_workbook_cells_store_or_print_the_literal(ministry: Path, cells: list[dict[str, Any]]) -> None:
    stored = differing = 0
    for document, rows in by_document(cells, "xlsx").items():
        book = openpyxl.load_workbook(ministry / "documents" / f"{document}.xlsx")
        page = book.worksheets[0]
        merged = {str(one) for one in page.merged_cells.ranges}
        for cell in rows:
            where = cell["where"]["xlsx"]
            first = page[where.partition(":")[0]]
            assert where in merged or ":" not in where
            if cell["subject"].startswith("block/"):
                assert first.value is None  # the chart is drawn in text boxes
            elif isinstance(first.value, int | float) and "stored" in cell:
                assert (first.value, first.number_format) == (cell["stored"], cell["number_format"])
                assert print_number(first.value, first.number_format) == cell["printed"]
                stored += 1
                differing += str(first.value) != cell["printed"]
            else:
                assert cell["printed"] in str(first.value), cell
    assert stored > 300
    assert differing > 100


def print_number(value: float, number_format: str) -> str:
    """Print a number as a spreadsheet does, half away from zero, for the formats that the generator uses."""
    number = Decimal(str(value))
    if number_format == "0000":
        return f"{int(number):04d}"
    if number_format == "0%":
        return f"{(number * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"
    places = Decimal("0.1") if ".0" in number_format else Decimal(1)
    printed = f"{abs(number).quantize(places, ROUND_HALF_UP):,}"
    return ("▲" if number < 0 else "") + printed


def test_the_chart_stands_in_text_boxes_and_the_rules_on_a_hidden_sheet(ministry: Path) -> None:
    books = sorted((ministry / "documents").glob("*review-sheet*.xlsx"))
    assert len(books) == 6
    for path in books:
        with zipfile.ZipFile(path) as archive:
            drawing = archive.read("xl/drawings/drawing1.xml").decode()
        assert "架空省" in drawing
        assert [sheet.sheet_state for sheet in openpyxl.load_workbook(path).worksheets] == ["visible", "hidden"]
