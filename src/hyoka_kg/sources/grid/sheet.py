"""The cells of a document as one long sheet: labels, neighbours, crossings, and each cell's text as numbered lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from hyoka_kg.model import Block, Box, Grid, GridCell, Line, Stretch
from hyoka_kg.sources.profiles import Profile

_PAGE_HEIGHT = 100_000.0
_HALF = 0.5
# How far rules that belong together may lie apart: three points on a page, nothing in a workbook.
_TOUCH = {"pdf": 3.0, "workbook": 0.01}
_BLANKS_OF_A_PAGE = 3


@dataclass(frozen=True, eq=False)
class Placed:
    """A cell on the long sheet, with its text as lines of the listing and the label that it is."""

    cell: GridCell
    box: Box
    block: Block | None
    key: str | None

    @property
    def text(self) -> str:
        """Return the text without line breaks."""
        return self.block.stretch.text if self.block else ""

    @property
    def stretch(self) -> Stretch:
        """Return the text as a stretch of the listing, without outer white space."""
        if self.block is None:
            return Stretch(())
        return Stretch(tuple(part for part in self.block.stretch.parts if part.text.strip())).strip()


@dataclass(frozen=True)
class Sheet:
    """All cells of a document, pages below each other."""

    cells: tuple[Placed, ...]
    by_line: dict[int, Placed]
    line_count: int
    touch: float

    @cached_property
    def labels(self) -> dict[str, list[Placed]]:
        """Return the cells of each label, from top to bottom."""
        found: dict[str, list[Placed]] = {}
        for cell in self.cells:
            if cell.key:
                found.setdefault(cell.key, []).append(cell)
        return found

    @property
    def blocks(self) -> list[Block]:
        """Return the cells that print something, as blocks of the listing."""
        return [cell.block for cell in self.cells if cell.block]

    def first(self, key: str, *, within: Box | None = None) -> Placed | None:
        """Return the uppermost cell of a label, inside a box where one is given."""
        return next((cell for cell in self.labels.get(key, ()) if within is None or inside(cell.box, within)), None)

    def right_of(self, cell: Placed) -> Placed | None:
        """Return the cell that touches another on its right, at the same height."""
        beside = [one for one in self.cells if one.box.x0 >= cell.box.x1 - self.touch and one is not cell]
        level = [one for one in beside if one.box.shares_rows(cell.box) > _HALF]
        return min(level, key=lambda one: (round(one.box.x0, 0), one.box.y0), default=None)

    def below(self, cell: Placed) -> Placed | None:
        """Return the cell that lies right below another."""
        under = [one for one in self.cells if one.box.y0 >= cell.box.y1 - self.touch and one is not cell]
        level = [one for one in under if one.box.shares_columns(cell.box) > _HALF]
        return min(level, key=lambda one: (one.box.y0, one.box.x0), default=None)

    def within(self, x0: float, y0: float, x1: float, y1: float) -> list[Placed]:
        """Return the cells whose centre lies in a rectangle, from top to bottom and left to right."""
        found = [
            cell
            for cell in self.cells
            if x0 <= (cell.box.x0 + cell.box.x1) / 2 <= x1 and y0 <= (cell.box.y0 + cell.box.y1) / 2 <= y1
        ]
        return sorted(found, key=lambda cell: (cell.box.y0, cell.box.x0))

    def at(self, column: Box, row: Box) -> Placed | None:
        """Return the cell where a column and a row cross, or None where none prints; a merged cell may be wider."""
        x, y = (column.x0 + column.x1) / 2, (row.y0 + row.y1) / 2
        hits = [
            cell
            for cell in self.cells
            if cell.box.x0 < x < cell.box.x1 and cell.box.y0 < y < cell.box.y1 and cell.key is None
        ]
        return min(hits, key=lambda cell: (cell.box.x1 - cell.box.x0) * (cell.box.y1 - cell.box.y0), default=None)

    def bands(self, columns: list[Box], y0: float, y1: float) -> list[Box]:
        """Return the rows below a heading that print something in one of several columns, from top to bottom."""
        cells = [cell for box in columns for cell in self.within(box.x0, y0, box.x1, y1) if cell.block]
        found: list[Box] = []
        for cell in sorted(cells, key=lambda one: one.box.y0):
            if not any(cell.box.shares_rows(box) > _HALF for box in found):
                found.append(cell.box)
        return found

    def first_in(self, column: Box, band: Box) -> Placed | None:
        """Return the cell that prints something where a column and a band cross, label or not."""
        cells = self.within(column.x0, band.y0, column.x1, band.y1)
        return next((cell for cell in cells if cell.block), None)

    def row_of(self, band: Box) -> Placed:
        """Return the lowest cell that prints something in a band: those beside it may span several."""
        cells = [cell for cell in self.cells if cell.block and cell.box.shares_rows(band) > _HALF]
        return min(cells, key=lambda cell: cell.box.y1 - cell.box.y0)

    def overlapping(self, cell: Placed, key: str) -> list[Placed]:
        """Return the cells of a label that share rows with a cell."""
        return [one for one in self.labels.get(key, ()) if one.box.shares_rows(cell.box) > _HALF]


def inside(box: Box, outer: Box) -> bool:
    """Return whether the centre of a box lies in another."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def lay_out(grid: Grid, profile: Profile) -> Sheet:
    """Return the cells of a grid as one sheet; its listing has a line for each line of each cell."""
    cells: list[Placed] = []
    by_line: dict[int, Placed] = {}
    number = 1
    for at, page in enumerate(grid.pages):
        for cell in sorted(page, key=lambda one: (one.box.y0, one.box.x0)):
            texts = cell.text.split("\n") if cell.text.strip() else []
            block = (
                Block(tuple(Line(number + offset, cell.page, text) for offset, text in enumerate(texts)))
                if texts
                else None
            )
            placed = Placed(cell, _shifted(cell.box, at), block, _key(cell, profile))
            cells.append(placed)
            by_line |= {number + offset: placed for offset in range(len(texts))}
            number += len(texts) + 1 if texts else 0
        number += _BLANKS_OF_A_PAGE - 1
    return Sheet(tuple(cells), by_line, number, _TOUCH[grid.route])


def _key(cell: GridCell, profile: Profile) -> str | None:
    return profile.label("".join(cell.text.split("\n"))) if cell.text.strip() else None


def _shifted(box: Box, page: int) -> Box:
    return replace(box, y0=box.y0 + page * _PAGE_HEIGHT, y1=box.y1 + page * _PAGE_HEIGHT)


def printing(cells: Iterable[Placed]) -> list[Placed]:
    """Return the cells that print something and are no label."""
    return [cell for cell in cells if cell.block is not None and cell.key is None]
