"""Ruled PDF pages: the boxes between the rules, and the characters whose centre lies in each."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Box, Grid, GridCell
from hyoka_kg.sources.messages import told
from hyoka_kg.sources.raw.streams import find_bomb

MAX_PAGES = 200
_MAX_BYTES = 100_000_000
_MOST = {"objects": 10_000, "characters": 40_000}
_UNDECODED = "(cid:"
_TOLERANCE = 3.0
_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": _TOLERANCE}
_DAMAGED = (PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError, OSError, RecursionError)


def read_pdf(path: Path) -> Grid:
    """Return the cells of each page; a second engine witnesses the characters.

    Raises:
        AcquisitionError: The file is locked, damaged, too long, or has no text layer.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise AcquisitionError(told("too_long", path=path, size=path.stat().st_size, most=_MAX_BYTES))
    bomb = find_bomb(path.read_bytes())
    if bomb:
        raise AcquisitionError(told("stream_bomb", path=path, most=bomb))
    witness = _open_witness(path)
    issues: list[tuple[str, str]] = []
    try:
        with pdfplumber.open(path) as document:
            pages = tuple(_read_pages(path, document, witness, issues))
    except _DAMAGED as error:
        raise AcquisitionError(told("damaged", path=path, why=error)) from error
    finally:
        witness.close()
    if not any(cell.text.strip() for page in pages for cell in page):
        raise AcquisitionError(told("scan", path=path))
    return Grid("pdf", hashlib.sha256(path.read_bytes()).hexdigest(), pages, tuple(issues))


def _read_pages(
    path: Path, document: Any, witness: Any, issues: list[tuple[str, str]]
) -> Iterator[tuple[GridCell, ...]]:
    for number, page in enumerate(document.pages, 1):
        # The fast engine counts first: the other one would already take long to list what stands on the page.
        seen = witness[number - 1]
        _refuse_crowd(path, number, pypdfium2.raw.FPDFPage_CountObjects(seen), "objects")
        _refuse_crowd(path, number, seen.get_textpage().count_chars(), "characters")
        _refuse_crowd(path, number, len(page.chars), "characters")
        yield _read_page(page, number, witness, issues)


def _open_witness(path: Path) -> Any:
    try:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise AcquisitionError(told("locked", path=path)) from error
        raise AcquisitionError(told("damaged", path=path, why=error)) from error
    if count > MAX_PAGES:
        document.close()
        raise AcquisitionError(told("too_many_pages", path=path, pages=count, most=MAX_PAGES))
    return document


def _refuse_crowd(path: Path, page: int, found: int, what: str) -> None:
    """Refuse a page on which the search for rules and their boxes would take too long."""
    if found > _MOST[what]:
        raise AcquisitionError(told("crowded_page", path=path, page=page, found=found, what=what, most=_MOST[what]))


def _read_page(page: Any, number: int, witness: Any, issues: list[tuple[str, str]]) -> tuple[GridCell, ...]:
    characters = [one for one in page.chars if one["text"].strip()]
    if any(_UNDECODED in one["text"] for one in characters):
        issues.append(("undecoded_glyph", f"p.{number}"))
    _compare_witness(characters, witness[number - 1], number, issues)
    boxes = [Box(*cell) for table in page.find_tables(_SETTINGS) for cell in table.cells]
    cells = list(_fill(boxes, characters, number))
    page.close()
    return tuple(sorted(cells, key=lambda cell: (cell.box.y0, cell.box.x0)))


def _compare_witness(characters: list[Any], page: Any, number: int, issues: list[tuple[str, str]]) -> None:
    text = page.get_textpage().get_text_range()
    seen = Counter(character for one in characters for character in one["text"] if character.strip())
    told = Counter(character for character in text if character.strip() and character.isprintable())
    missing = (seen - told) + (told - seen)
    if missing:
        shown = "".join(sorted(missing))[:20]
        issues.append(("witness_differs", f"p.{number}: {sum(missing.values())}: {shown}"))


def _fill(boxes: list[Box], characters: Iterable[Any], page: int) -> Iterator[GridCell]:
    """Yield each box with its characters; characters outside of all boxes make cells of their own, line by line."""
    by_area = sorted(set(boxes), key=lambda box: (box.x1 - box.x0) * (box.y1 - box.y0))
    inside: dict[Box, list[Any]] = defaultdict(list)
    outside: list[Any] = []
    for one in characters:
        x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
        home = next((box for box in by_area if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1), None)
        (inside[home] if home else outside).append(one)
    for box in by_area:
        yield _cell(box, _text(inside[box]), page)
    for line in _lines(outside):
        for run in _runs(line):
            yield _cell(_bounds(run), _join(run), page)


def _cell(box: Box, text: str, page: int) -> GridCell:
    x, y, width, height = box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0
    rectangle = f"{x:.0f},{y:.0f},{width:.0f},{height:.0f}"
    return GridCell(page, box, text, f"page {page} [{rectangle}]", f"page={page}&viewrect={rectangle}")


def _text(characters: list[Any]) -> str:
    return "\n".join(_join(line) for line in _lines(characters))


def _lines(characters: Iterable[Any]) -> list[list[Any]]:
    """Return characters line by line: those belong together whose centres are less than half a character apart."""
    lines: list[list[Any]] = []
    for one in sorted(characters, key=_middle):
        last = lines[-1][-1] if lines else None
        if last and _middle(one) - _middle(last) < min(one["size"], last["size"]) / 2:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda one: one["x0"]) for line in lines]


def _middle(one: Any) -> float:
    return float(one["top"] + one["bottom"]) / 2


def _runs(line: list[Any]) -> list[list[Any]]:
    runs = [[line[0]]]
    for one in line[1:]:
        if one["x0"] - runs[-1][-1]["x1"] > 2 * one["size"]:
            runs.append([one])
        else:
            runs[-1].append(one)
    return runs


def _join(line: list[Any]) -> str:
    text = line[0]["text"]
    for before, one in itertools.pairwise(line):
        gap = one["x0"] - before["x1"]
        text += (" " if gap > one["size"] / 4 else "") + one["text"]
    return str(text)


def _bounds(run: list[Any]) -> Box:
    return Box(
        min(one["x0"] for one in run),
        min(one["top"] for one in run),
        max(one["x1"] for one in run),
        max(one["bottom"] for one in run),
    )
