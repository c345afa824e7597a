"""Change the boxes of a form: print something else in one, add one, or take one away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from hyoka_kg.model import Cell, Document, ValueStatus

_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
# Full-width digits, comma and point stand 0xFEE0 above the others.
_NARROW = {ord(character) + 0xFEE0: character for character in "0123456789,."}
Change = Callable[[Cell], Cell | None]


@cache
def words() -> Mapping[str, Any]:
    """Return the Japanese words that are printed into forms."""
    told: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return told


def cells_of(document: Document, field: str, subject: str = "", year: int | None = None) -> list[Cell]:
    """Return the cells of a field that print something, below a subject and of a year where they are named."""
    return [
        cell
        for cell in document.cells
        if cell.field == field
        and cell.printed
        and cell.status is ValueStatus.REPORTED
        and (not subject or cell.subject == subject or cell.subject.startswith(f"{subject}/"))
        and (year is None or cell.fiscal_year == year)
    ]


def number(cell: Cell) -> float:
    """Return the first number of a literal, or zero."""
    match = _DIGITS.search(cell.printed.translate(_NARROW))
    return float(match[0].replace(",", "")) if match else 0


def numbered(cell: Cell, value: float, decimals: int = 0) -> Cell:
    """Return the cell with another first number; the rest of the literal stays."""
    return replace(cell, printed=_DIGITS.sub(f"{value:,.{decimals}f}", cell.printed.translate(_NARROW), count=1))


def changed(document: Document, *new: Cell) -> Document:
    """Return the document with these cells in place of those of their keys, or added where there is none."""
    by_key = {cell.key: cell for cell in new}
    kept = tuple(by_key.pop(cell.key, cell) for cell in document.cells)
    return replace(document, cells=(*kept, *by_key.values()))


def without(document: Document, fits: Callable[[Cell], bool]) -> Document:
    """Return the document without the cells that fit."""
    return replace(document, cells=tuple(cell for cell in document.cells if not fits(cell)))


def mapped(document: Document, change: Change) -> Document:
    """Return the document with each cell as a change gives it; None leaves the cell out."""
    cells = (change(cell) for cell in document.cells)
    return replace(document, cells=tuple(cell for cell in cells if cell is not None))


def dashed(cell: Cell) -> Cell:
    """Return the cell with a dash in place of its value."""
    return replace(cell, printed=words()["dash"], status=ValueStatus.DASH)


def cell_like(cell: Cell, subject: str, field: str, year: int | None, printed: str, value: str = "") -> Cell:
    """Return a new cell that stands where another does."""
    return replace(
        cell,
        subject=subject,
        field=field,
        fiscal_year=year,
        printed=printed,
        value=value,
        unit="",
        status=ValueStatus.REPORTED,
        pieces=cell.pieces if printed else (),
        page=cell.page if printed else None,
    )


def one(cells: Sequence[Cell], chance: Random) -> Cell | None:
    """Return one of some cells, or None."""
    return chance.choice(cells) if cells else None


def subjects(cells: Iterable[Cell]) -> list[str]:
    """Return the subjects of some cells, each once."""
    return list(dict.fromkeys(cell.subject for cell in cells))


def by_year(document: Document, field: str, subject: str) -> dict[int, Cell]:
    """Return the cells of a field of one thing by their fiscal year."""
    found = cells_of(document, field, subject)
    return {cell.fiscal_year: cell for cell in found if cell.fiscal_year and cell.subject == subject}
