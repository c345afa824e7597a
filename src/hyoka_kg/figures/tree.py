"""Lay a tree out in columns: each subtree keeps a strip of its own, so nothing can overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hyoka_kg.figures.svg import Area, height_of
from hyoka_kg.figures.text import wrap_text

COLUMN_WIDTHS, COLUMN_GAP = (210.0, 190.0, 260.0, 420.0), 48.0
SIZE, NOTE_SIZE = 13.0, 11.0
PADDING = 7.0
_ROW_GAP = 7.0
_MAX_LINES = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A thing to draw.

    Attributes:
        kind: What it is; it decides column and colour.
        column: Its column, 0 on the left.
        text: Its name.
        note: A smaller line under the name.
        dashed: Whether it stands for something absent.
        link: How its parent leads to it.
        children: What it leads to.
    """

    kind: str
    column: int
    text: str
    note: str = ""
    dashed: bool = False
    link: str = ""
    children: tuple[Node, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Box:
    """A node at its place, with its text wrapped."""

    node: Node
    area: Area
    lines: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from a box to one of its children."""

    start: Box
    end: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """A placed tree."""

    root: Box
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    height: float


def column_left(column: int) -> float:
    """Return the x of a column's left side."""
    return sum(COLUMN_WIDTHS[:column]) + column * COLUMN_GAP


def lay_out(root: Node, x: float, y: float) -> Layout:
    """Place a tree with its upper left corner at x, y."""
    lines, notes = _wrap(root)
    own_height = height_of(lines, SIZE) + height_of(notes, NOTE_SIZE) + 2 * PADDING
    branches = list(_lay_out_children(root.children, x, y))
    strip = sum(branch.height for branch in branches) + _ROW_GAP * max(0, len(branches) - 1)
    height = max(own_height, strip)
    # A parent stands beside its first child, so that the root is in sight above a long list.
    area = Area(x + column_left(root.column), y, COLUMN_WIDTHS[root.column], own_height)
    box = Box(root, area, lines, notes)
    edges = [Edge(box, branch.root) for branch in branches] + [edge for branch in branches for edge in branch.edges]
    return Layout(box, (box, *(b for branch in branches for b in branch.boxes)), tuple(edges), height)


def _lay_out_children(children: Sequence[Node], x: float, y: float) -> Iterator[Layout]:
    for child in children:
        branch = lay_out(child, x, y)
        y += branch.height + _ROW_GAP
        yield branch


def _wrap(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = COLUMN_WIDTHS[node.column] - 2 * PADDING
    lines = wrap_text(node.text, room, SIZE, _MAX_LINES)
    return tuple(lines), tuple(wrap_text(node.note, room, NOTE_SIZE)) if node.note else ()
