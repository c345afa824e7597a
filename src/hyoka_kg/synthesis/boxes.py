"""Lay a sheet out: the layout of its form, its lists repeated, becomes boxes on a grid of columns and rows.

The notation of the layouts is told at the head of `layouts/review-sheet.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hyoka_kg.synthesis.facts import Fact, Sheet
from hyoka_kg.synthesis.printing import print_fiscal_year, print_heading_year, year_label
from hyoka_kg.synthesis.words import layout, words

_CELL = re.compile(r"(?P<width>\d+)(?:x(?P<height>\d+))?(?P<flag>[vf]?):(?P<content>.*)", re.DOTALL)
_TOKEN = re.compile(r"\{([^}]*)\}|([^{]+)")
_ANY_YEAR = "any"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form on the grid.

    Attributes:
        row: First row, from 0.
        column: First column, from 0.
        rows: How many rows it spans.
        columns: How many columns it spans.
        flag: `v` for vertical writing, `f` for the chart of the flow of money, or empty.
        parts: Its texts and facts in order.
        starts_page: Whether its row begins a page.
    """

    row: int
    column: int
    rows: int
    columns: int
    flag: str
    parts: tuple[str | Fact, ...]
    starts_page: bool

    @property
    def text(self) -> str:
        """Return what is printed in the box."""
        return "".join(part if isinstance(part, str) else part.printed for part in self.parts)

    @property
    def facts(self) -> list[tuple[int, Fact]]:
        """Return the facts that stand in the box, each with the character where it begins."""
        found, start = [], 0
        for part in self.parts:
            if isinstance(part, Fact):
                found += [(start, part), *((start + offset, inner) for offset, inner in part.inside)]
            start += len(part if isinstance(part, str) else part.printed)
        return found


@dataclass(frozen=True, slots=True)
class _Cell:
    width: int
    height: int
    flag: str
    content: str
    scope: str


_Row = tuple[list[_Cell], bool]


def lay_out(sheet: Sheet) -> list[Box]:
    """Return the boxes of a sheet, row by row."""
    rows = list(_rows(layout(sheet.kind), sheet, ""))
    taken: set[tuple[int, int]] = set()
    boxes = []
    for y, (cells, starts_page) in enumerate(rows):
        x = 0
        for cell in cells:
            while (y, x) in taken:
                x += 1
            parts = tuple(_parts(cell, sheet))
            boxes.append(Box(y, x, cell.height, cell.width, cell.flag, parts, starts_page))
            taken.update((y + j, x + i) for j in range(cell.height) for i in range(cell.width))
            x += cell.width
    return boxes


def _rows(node: Any, sheet: Sheet, scope: str) -> Iterator[_Row]:
    if isinstance(node, list):
        yield [_read_cell(text, scope) for text in node], False
        return
    if not node.get("since", 0) <= sheet.fiscal_year <= node.get("until", 9999):
        return
    for inner in _scopes(node.get("each"), sheet, scope):
        rows = [row for child in node["body"] for row in _rows(child, sheet, inner)]
        yield from _beside(node.get("side", []), rows, inner, node.get("page", False))


def _scopes(each: str | None, sheet: Sheet, scope: str) -> list[str]:
    if each is None:
        return [scope]
    own = each.startswith("$ ")
    return list(sheet.lists.get((scope if own else "", each.removeprefix("$ ")), ()))


def _beside(side: list[str], rows: list[_Row], scope: str, page: bool) -> Iterator[_Row]:
    """Put cells that span all rows before the first of them."""
    if not rows:
        return
    first = [_Cell(c.width, len(rows), c.flag, c.content, c.scope) for c in (_read_cell(t, scope) for t in side)]
    yield first + rows[0][0], page or rows[0][1]
    yield from rows[1:]


def _read_cell(text: str, scope: str) -> _Cell:
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(f"the layout has a cell that cannot be read: {text!r}")
    return _Cell(int(match["width"]), int(match["height"] or 1), match["flag"], match["content"], scope)


def _parts(cell: _Cell, sheet: Sheet) -> Iterator[str | Fact]:
    if cell.content == "#":
        yield cell.scope.rpartition("/")[2]
        return
    for token, text in _TOKEN.findall(cell.content):
        if text:
            yield text.replace("\u00b6", "\n")
        elif token.startswith("@"):
            yield _year(token[1:], sheet.fiscal_year)
        else:
            yield from _resolve(token, cell.scope, sheet)


def _year(token: str, sheet: int) -> str:
    offset, _, style = token.partition(":")
    year = sheet + int(offset)
    if style == "full":
        return print_fiscal_year(year, sheet=sheet)
    if style == "pair":
        first = print_fiscal_year(year, sheet=sheet).removesuffix(words()["year_suffix"])
        second = year_label(year + 1, sheet) + words()["year_suffix"]
        return str(words()["pair"].format(first=first, second=second))
    return print_heading_year(year, sheet)


def _resolve(token: str, scope: str, sheet: Sheet) -> tuple[str | Fact, ...]:
    subject, field, tail = [*token.split(" "), "", ""][:3]
    if not field:
        subject, field = scope, subject
    subject = scope if subject == "$" else subject
    key = tail if tail == _ANY_YEAR else (sheet.fiscal_year + int(tail) if tail else None)
    return sheet.contents.get((subject, field, key), ())
