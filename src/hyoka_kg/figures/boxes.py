"""Draw a tree that was laid out in columns: boxes, lines between them, headings that count them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hyoka_kg.figures.labels import Labels
from hyoka_kg.figures.svg import Area, element, height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.figures.tree import COLUMN_GAP, COLUMN_WIDTHS, NOTE_SIZE, PADDING, SIZE, Box, Edge, Layout, column_left

HEADING_HEIGHT = 30.0
# Links that a project's own paper states.
_OWN = ("cited-in-text", "cited-by-project", "kpi-defined-in")
_CORNER = 8.0
_INK, _MUTED, _LINE = "#1d2433", "#565f70", "#8a93a5"
# Fill and border of each kind; the kind is also told in words.
_COLOURS = {
    "project": ("#dcefe4", "#2e8b57"),
    "policy": ("#f4dfdd", "#b03a2e"),
    "version": ("#e2dfec", "#4a3b6b"),
    "clause": ("#ece6f4", "#7a5ea3"),
    "objective": ("#fdeceb", "#b5615a"),
    "indicator": ("#dbe9f3", "#1f6fae"),
}


def draw_tree(layout: Layout) -> Iterator[str]:
    """Yield the lines and then the boxes of a placed tree."""
    yield from map(_draw_edge, layout.edges)
    yield from map(_draw_box, layout.boxes)


def draw_headings(
    layout: Layout, columns: Sequence[Sequence[str]], x: float, y: float, labels: Labels
) -> Iterator[str]:
    """Yield a heading for each column: the kinds that stand in it, and how many of each.

    Args:
        layout: The placed tree.
        columns: The kinds of each column; the first is named even where there is none.
        x: Left side of the tree.
        y: Upper side of the headings.
        labels: The words.
    """
    # A thing that stands in several places is counted once.
    told = {(box.node.kind, box.node.text, box.node.note) for box in layout.boxes if not box.node.dashed}
    counts = Counter(kind for kind, _, _ in told)
    for number, kinds in enumerate(columns):
        words = [
            labels("count", name=labels.code("kinds", kind), count=counts[kind])
            for kind in kinds
            if counts[kind] or kind == kinds[0]
        ]
        area = Area(x + column_left(number), y, COLUMN_WIDTHS[number], HEADING_HEIGHT)
        yield _rectangle(area, _COLOURS[kinds[0]][1], _COLOURS[kinds[0]][1])
        middle, text_y = area.x + area.width / 2, area.middle - SIZE * 0.62
        line = wrap_text(labels("separator").join(words), area.width - 2 * PADDING, SIZE, 1)
        yield text_lines(middle, text_y, line, SIZE, fill="#ffffff", weight="bold", anchor="middle")


def _draw_box(box: Box) -> str:
    fill, border = _COLOURS[box.node.kind]
    dash = {"stroke_dasharray": "5 4"} if box.node.dashed else {}
    x, y = box.area.x + PADDING, box.area.y + PADDING
    return element(
        "g",
        _rectangle(box.area, "#ffffff" if box.node.dashed else fill, border, **dash)
        + text_lines(x, y, box.lines, SIZE, fill=_INK)
        + text_lines(x, y + height_of(box.lines, SIZE), box.notes, NOTE_SIZE, fill=_MUTED),
        data_kind=box.node.kind,
    )


def _draw_edge(edge: Edge) -> str:
    """Return a line that turns in the first gap and goes straight from there, clear of every other strip."""
    start, end = edge.start.area, edge.end.area
    (y1, y2), bend = (_port(start), _port(end)), start.right + COLUMN_GAP / 2
    turn = min(_CORNER, abs(y2 - y1) / 2) * (1 if y2 > y1 else -1)
    path = (
        f"M{start.right:.1f} {y1:.1f} H{bend - abs(turn):.1f} Q{bend:.1f} {y1:.1f} {bend:.1f} {y1 + turn:.1f} "
        f"V{y2 - turn:.1f} Q{bend:.1f} {y2:.1f} {bend + abs(turn):.1f} {y2:.1f} H{end.x:.1f}"
    )
    is_dashed = edge.end.node.dashed or edge.end.node.link in _OWN
    dash = {"stroke_dasharray": "6 4"} if is_dashed else {}
    return element("path", d=path, fill="none", stroke=_LINE, stroke_width=2, **dash)


def _port(area: Area) -> float:
    """Return the y where lines meet a box: the same for all, so that a first child is reached straight."""
    return area.y + PADDING + SIZE * 0.7


def _rectangle(area: Area, fill: str, border: str, **more: str) -> str:
    return element(
        "rect",
        x=f"{area.x:.1f}",
        y=f"{area.y:.1f}",
        width=f"{area.width:.1f}",
        height=f"{area.height:.1f}",
        rx=4,
        fill=fill,
        stroke=border,
        **more,
    )
