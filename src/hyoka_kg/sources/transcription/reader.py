"""Read a transcribed document: `document.yml`, its cell tables and the places of its prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from hyoka_kg.errors import LayoutError, ModelError
from hyoka_kg.model import Cell, CellKey, Document, DocumentHead, Passage, Row, ValueStatus
from hyoka_kg.sources.tables import read_table, read_text
from hyoka_kg.sources.transcription.spans import parse_spans

CELL_COLUMNS = (
    "subject", "field", "fiscal_year", "unit", "value", "printed",
    "page", "spans", "status", "confidence", "reading",
)  # fmt: skip
PASSAGE_COLUMNS = ("subject", "box", "page", "spans", "length", "sha256")
PASSAGE_FILE = "texts.csv"
_CONFIDENCES = ("A", "B", "C")


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield every document of a folder, in the order of their ids."""
    for head in sorted(folder.glob("*/document.yml")):
        yield read_document(head.parent)


def read_document(folder: Path) -> Document:
    """Return one document.

    Raises:
        LayoutError: A file, column, place or code is not as the contract of transcriptions says.
        ModelError: Two rows state the same cell.
    """
    head = _read_head(folder / "document.yml")
    tables = sorted(path for path in folder.glob("*.csv") if path.name != PASSAGE_FILE)
    if not tables:
        raise LayoutError(f"{folder} holds no table of cells. Add at least one CSV file beside document.yml.")
    cells = tuple(_read_cell(row, head) for path in tables for row in read_table(path, CELL_COLUMNS))
    _check_unique(cells)
    passages = tuple(_read_passage(row) for row in read_table(folder / PASSAGE_FILE, PASSAGE_COLUMNS))
    return Document(head, cells, passages)


def _read_head(path: Path) -> DocumentHead:
    record: dict[str, Any] = yaml.safe_load(read_text(path)) or {}
    try:
        source = record["source"]
        return DocumentHead(
            id=record["id"], kind=record["kind"], ministry=record["ministry"],
            sheet_fiscal_year=record["sheet_fiscal_year"], number=str(record["number"]),
            revision=record["revision"], iri_path=record["iri_path"],
            title_ja=record["title_ja"], title_en=record["title_en"],
            issued=record["issued"], issued_basis=" ".join(record["issued_basis"].split()),
            policy=record["policy"], source_sha256=source["sha256"],
            line_count=source["line_count"], page_count=source["page_count"],
        )  # fmt: skip
    except KeyError as error:
        raise LayoutError(f"{path}: the entry {error} is missing. Compare with another document.yml.") from error


def _read_cell(row: Row, head: DocumentHead) -> Cell:
    status = _read_status(row)
    page = _read_integer(row, "page")
    if page is not None and not 1 <= page <= head.page_count:
        raise LayoutError(f"{row.locator}: page {page} is not one of the {head.page_count} pages.")
    cell = Cell(
        subject=row["subject"], field=row["field"], fiscal_year=_read_integer(row, "fiscal_year"),
        unit=row["unit"], value=row["value"], printed=row["printed"], page=page,
        pieces=parse_spans(row["spans"], row.locator), status=status,
        confidence=_read_confidence(row), reading=row["reading"], locator=row.locator,
    )  # fmt: skip
    _check_place(cell)
    return cell


def _read_status(row: Row) -> ValueStatus:
    try:
        return ValueStatus(row["status"])
    except ValueError as error:
        known = ", ".join(ValueStatus)
        raise LayoutError(
            f"{row.locator}, column status: '{row['status']}' is not a status. Use one of: {known}."
        ) from error


def _read_confidence(row: Row) -> str:
    if row["confidence"] not in _CONFIDENCES:
        raise LayoutError(f"{row.locator}, column confidence: '{row['confidence']}' is not A, B or C.")
    if row["confidence"] == "C" and not row["reading"]:
        raise LayoutError(f"{row.locator}: confidence C needs the id of its reading in readings.csv.")
    return row["confidence"]


def _read_integer(row: Row, column: str) -> int | None:
    text = row[column]
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise LayoutError(f"{row.locator}, column {column}: '{text}' is not a whole number.")
    return int(text)


def _check_place(cell: Cell) -> None:
    if cell.is_structure or cell.status is ValueStatus.NOT_PRINTED:
        return
    lines = sum(piece.line_count for piece in cell.pieces)
    if lines != len(cell.line_texts) or not cell.printed or cell.page is None:
        raise LayoutError(
            f"{cell.locator}: the literal '{cell.printed}' has {len(cell.line_texts)} line(s) "
            f"and its place has {lines}. Every printed cell needs a page and one place a line."
        )
    _check_lengths(cell)


def _check_lengths(cell: Cell) -> None:
    """Hold each literal to the length of its place, which needs no source text."""
    texts = iter(cell.line_texts)
    for piece in cell.pieces:
        here = [next(texts) for _ in range(piece.line_count)]
        if piece.start_char is not None and piece.end_char is not None:
            size = piece.end_char - piece.start_char
            if size != len(here[0]):
                raise LayoutError(
                    f"{cell.locator}: '{here[0]}' has {len(here[0])} character(s) and its place {piece} has {size}. "
                    "Correct the span or the literal."
                )


def _check_unique(cells: Iterable[Cell]) -> None:
    seen: dict[CellKey, Cell] = {}
    for cell in cells:
        if cell.key in seen:
            raise ModelError(
                f"{cell.locator}: {cell.subject} {cell.field} {cell.fiscal_year or ''} is stated already at "
                f"{seen[cell.key].locator}. One document states a cell once; remove one of the two."
            )
        seen[cell.key] = cell


def _read_passage(row: Row) -> Passage:
    pieces = parse_spans(row["spans"], row.locator)
    page, length = _read_integer(row, "page"), _read_integer(row, "length")
    if not pieces or page is None or length is None:
        raise LayoutError(f"{row.locator}: a passage needs page, spans and length.")
    return Passage(row["subject"], row["box"], page, pieces, length, row["sha256"], row.locator)
