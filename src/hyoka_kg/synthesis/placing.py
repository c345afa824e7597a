"""Place boxes on pages: wrap their texts, give rows their heights, break pages, also inside a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from hyoka_kg.model import Rect
from hyoka_kg.synthesis.boxes import Box
from hyoka_kg.synthesis.words import words

_LEADING = 1.25
_PADDING = 2.0
_NARROW = 0.65  # a digit of IPAexGothic takes 0.63 em


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet of paper, in points.

    Attributes:
        width: Width of the page.
        height: Height of the page.
        margin: Margin on each side.
        columns: Columns of the grid.
        font_size: Size of the letters.
    """

    width: float
    height: float
    margin: float
    columns: int
    font_size: float

    @property
    def column(self) -> float:
        """Return the width of a column."""
        return (self.width - 2 * self.margin) / self.columns

    @property
    def line(self) -> float:
        """Return the height of a line."""
        return self.font_size * _LEADING

    @property
    def body(self) -> float:
        """Return the height between the margins."""
        return self.height - 2 * self.margin


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a box: characters [start, end) of its text, at a place (top-left, in points)."""

    page: int
    left: float
    top: float
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Placed:
    """A box with its rectangles (more than one where it runs over a page) and its lines."""

    box: Box
    rects: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Strip:
    """The part of a row on one page: from where to where."""

    page: int
    top: float
    bottom: float


@lru_cache(maxsize=8192)
def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else _NARROW


def wrap(text: str, ems: float, *, vertical: bool = False) -> list[tuple[int, int]]:
    """Return the lines of a text as [start, end) ranges; vertical writing has one character a line.

    A closing sign never begins a line: it takes the character before it along (行頭禁則).
    """
    if vertical:
        return [(i, i + 1) for i, one in enumerate(text) if one != "\n"]
    lines, start, used, forbidden = [], 0, 0.0, words()["never_first"]
    for i, one in enumerate(text):
        if one == "\n":
            lines.append((start, i))
            start, used = i + 1, 0.0
        elif used + _width(one) > ems and i > start:
            cut = i - 1 if one in forbidden and i - 1 > start else i
            lines.append((start, cut))
            start, used = cut, sum(map(_width, text[cut : i + 1]))
        else:
            used += _width(one)
    return [*lines, (start, len(text))]


def place(boxes: list[Box], paper: Paper) -> list[Placed]:
    """Return the boxes with their places; page numbers begin at 1."""
    ranges = [wrap(box.text, _ems(box, paper), vertical=box.flag == "v") for box in boxes]
    heights = _row_heights(boxes, ranges, paper)
    strips = list(_break_pages(boxes, heights, paper))
    return [_place_box(box, lines, strips, paper) for box, lines in zip(boxes, ranges, strict=True)]


def _ems(box: Box, paper: Paper) -> float:
    return (box.columns * paper.column - 2 * _PADDING) / paper.font_size


def _row_heights(boxes: list[Box], ranges: list[list[tuple[int, int]]], paper: Paper) -> list[float]:
    heights = [0.0] * (max(box.row + box.rows for box in boxes))
    for box, lines in sorted(zip(boxes, ranges, strict=True), key=lambda pair: pair[0].rows):
        needed = len(lines) * paper.line + 2 * _PADDING
        missing = needed - sum(heights[box.row : box.row + box.rows])
        if missing > 0:
            heights[box.row + box.rows - 1] += missing
    return heights


def _break_pages(boxes: list[Box], heights: list[float], paper: Paper) -> Iterator[list[_Strip]]:
    starts = {box.row for box in boxes if box.starts_page}
    page, top, end = 1, paper.margin, paper.margin + paper.body
    for row, height in enumerate(heights):
        if (row in starts and top > paper.margin) or (top + height > end and height < 3 * paper.line):
            page, top = page + 1, paper.margin
        strips, shown = [], 0.0
        while top + height - shown > end:
            part = int((end - top - _PADDING) / paper.line) * paper.line + _PADDING
            if part > paper.line:
                strips.append(_Strip(page, top, top + part))
                shown += part
            page, top = page + 1, paper.margin
        strips.append(_Strip(page, top, top + height - shown))
        top += height - shown
        yield strips


def _place_box(box: Box, ranges: list[tuple[int, int]], strips: list[list[_Strip]], paper: Paper) -> Placed:
    left = paper.margin + box.column * paper.column
    placed, rows = Placed(box), [strip for row in strips[box.row : box.row + box.rows] for strip in row]
    for strip in rows:
        _add_rect(placed.rects, Rect(strip.page, left, strip.top, left + box.columns * paper.column, strip.bottom))
    waiting = iter(ranges)
    for rect in placed.rects:
        room = max(1, int((rect.bottom - rect.top - 2 * _PADDING) / paper.line + 0.01))
        last = rect is placed.rects[-1]
        for i in range(len(ranges) if last else room):
            span = next(waiting, None)
            if span is None:
                return placed
            top = rect.top + _PADDING + i * paper.line
            placed.lines.append(Line(rect.page, _left(box, left, paper), top, box.text[slice(*span)], *span))
    return placed


def _left(box: Box, left: float, paper: Paper) -> float:
    inside = left + _PADDING
    return inside + (box.columns * paper.column - 2 * _PADDING - paper.font_size) / 2 if box.flag == "v" else inside


def _add_rect(rects: list[Rect], new: Rect) -> None:
    """Join a strip to the rectangle above it on the same page."""
    if rects and rects[-1].page == new.page:
        new = Rect(new.page, new.left, rects.pop().top, new.right, new.bottom)
    rects.append(new)
