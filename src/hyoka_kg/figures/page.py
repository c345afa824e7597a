"""A drawing that grows downwards: a title, lines of text, rows of what is drawn, receipts at its foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.svg import document, element, height_of, text_lines
from hyoka_kg.figures.text import wrap_text

MARGIN = 20.0
TITLE_SIZE, SIZE, NOTE_SIZE = 18.0, 13.0, 11.0
INK, MUTED, WARNING, RULE = "#1d2433", "#565f70", "#a3281f", "#cfd4dd"
_LEAST_WIDTH = 780.0


def width_of_columns(names: float, column: float, count: int) -> float:
    """Return the width of a page with columns beside names; all have a least width, so that they show at one size."""
    return max(_LEAST_WIDTH, 2 * MARGIN + names + column * count)


class Page:
    """A drawing under way.

    Attributes:
        width: Its width.
        y: Where the next thing is drawn.
    """

    def __init__(self, title: str, width: float) -> None:
        self.width = width
        self.y = MARGIN
        self._title = title
        self._parts: list[str] = []
        self.text(title, TITLE_SIZE, weight="bold")
        self.y += 4

    @property
    def room(self) -> float:
        """Return the width between the margins."""
        return self.width - 2 * MARGIN

    def text(self, text: str, size: float = SIZE, *, fill: str = INK, weight: str = "normal") -> None:
        """Write lines over the whole width; nothing where there is no text."""
        if text:
            lines = wrap_text(text, self.room, size)
            self.draw(text_lines(MARGIN, self.y, lines, size, fill=fill, weight=weight))
            self.y += height_of(lines, size)

    def draw(self, *parts: str) -> None:
        """Add parts of the drawing where they are."""
        self._parts += parts

    def rule(self) -> None:
        """Draw a line over the whole width."""
        self.draw(line(MARGIN, self.y, self.width - MARGIN, self.y, RULE))

    def figure(self, alt: str, table: Iterable[Mapping[str, str]]) -> Figure:
        """Return the finished figure."""
        svg = document(self.width, self.y + MARGIN, self._title, alt, self._parts)
        return Figure(svg, alt, tuple(table))


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0, dash: str = "") -> str:
    """Return a straight line."""
    ends = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
    dashed = {"stroke_dasharray": dash} if dash else {}
    return element("line", **ends, stroke=colour, stroke_width=width, **dashed)


def rectangle(x: float, y: float, width: float, height: float, fill: str, border: str = "none") -> str:
    """Return a rectangle; one of no width is a thin line, so that a small amount can be seen."""
    size = {"width": f"{max(width, 1.0):.1f}", "height": f"{max(height, 1.0):.1f}"}
    return element("rect", x=f"{x:.1f}", y=f"{y:.1f}", **size, rx=2, fill=fill, stroke=border)
