"""Places in a chart of years: scales, and labels that keep clear of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hyoka_kg.figures.svg import LINE_HEIGHT, Area
from hyoka_kg.figures.text import text_width

Point = tuple[float, float]
_MARK, _DOT = 9.0, 4.0
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a year and a value stand in an area."""

    area: Area
    years: range
    low: float
    high: float

    def x(self, year: int) -> float:
        """Return the x of a year, in the middle of its column."""
        return self.area.x + self.column_width * (year - self.years.start + 0.5)

    def y(self, value: Decimal) -> float:
        """Return the y of a value."""
        return self.area.bottom - self.area.height * (float(value) - self.low) / (self.high - self.low)

    @property
    def column_width(self) -> float:
        """Return the width of a year's column."""
        return self.area.width / len(self.years)


def scale_for(area: Area, years: range, values: Sequence[Decimal]) -> Scale:
    """Return a scale with a margin above and below the values."""
    low, high = float(min(values)), float(max(values))
    margin = (high - low) * 0.25 or abs(high) * 0.25 or 1.0
    return Scale(area, years, low - margin, high + margin)


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label at its place; x is the middle of the text."""

    text: str
    x: float
    y: float


@dataclass(slots=True)
class LabelPlacer:
    """Put labels near their marks: inside the bounds, clear of marks and labels, and of lines where it can be."""

    bounds: Area
    taken: list[Area] = field(default_factory=list)
    lines: list[Area] = field(default_factory=list)

    def keep_clear(self, points: Iterable[Point]) -> None:
        """Take the places of marks."""
        self.taken += [Area(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK) for x, y in points]

    def avoid_lines(self, lines: Iterable[tuple[Point, Point]]) -> None:
        """Avoid lines between marks."""
        for (x1, y1), (x2, y2) in lines:
            steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / _DOT))
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                self.lines.append(Area(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT))

    def place(self, text: str, x: float, y: float, size: float) -> PlacedLabel | None:
        """Return the nearest free place around a mark, or None where there is none."""
        width, height = text_width(text, size), size * LINE_HEIGHT
        free = [a for a in self._candidates(x, y, width, height) if not _meets_any(a, self.taken)]
        if not free:
            return None
        area = next((area for area in free if not _meets_any(area, self.lines)), free[0])
        self.taken.append(area)
        return PlacedLabel(text, area.x + width / 2, area.y)

    def _candidates(self, x: float, y: float, width: float, height: float) -> Iterator[Area]:
        lefts = (x - width / 2, x - width + _MARK, x - _MARK, x - width - 1.5 * _MARK, x + 1.5 * _MARK)
        for step in range(_STEPS):
            away = _MARK + 2 + step * height
            for left in lefts:
                for top in (y - away - height, y + away):
                    inside = min(max(left, self.bounds.x), self.bounds.right - width)
                    if self.bounds.y <= top and top + height <= self.bounds.bottom:
                        yield Area(inside, top, width, height)


def _meets_any(area: Area, others: Iterable[Area]) -> bool:
    return any(area.meets(other) for other in others)
