"""Draw an indicator's targets and actual values over the years, with the verdict in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hyoka_kg.figures.chart import LabelPlacer, Scale, scale_for
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.series import Point, Series, Verdict, read_series
from hyoka_kg.figures.svg import Area, document, element, height_of, text_lines
from hyoka_kg.figures.text import text_width, wrap_text
from hyoka_kg.store import Rows

_WIDTH, _MARGIN, _PLOT_HEIGHT = 780.0, 24.0, 200.0
_TITLE_SIZE, _SIZE, _NOTE_SIZE = 18.0, 13.0, 11.0
_ROOM = _WIDTH - 2 * _MARGIN
_INK, _MUTED, _PATH = "#1d2433", "#565f70", "#6b7280"
_COLOURS: dict[Verdict, str] = {
    "met": "#17713a",
    "missed": "#b3261e",
    "no-target": "#1f4e8c",
    "undecided": "#54565c",
}
_SHORT = 9.0
# Room that the name of a year takes, with a gap.
_YEAR_WIDTH = 82.0


def target_actual_figure(rows: Rows, *, title: str | None = None, language: Language = "ja") -> Figure:
    """Draw the rows of tr03 for one indicator.

    Args:
        rows: The answer to tr03.
        title: Name of the indicator.
        language: Language of the words; what is printed on paper stays as it is.

    Raises:
        NothingToDraw: There are no rows with a year.
    """
    table = tuple(rows.as_text())
    series = read_series(table)
    labels = labels_of("targets", language)
    if not series.points:
        raise NothingToDraw(labels("nothing"))
    heading = wrap_text(title or labels("title"), _ROOM, _TITLE_SIZE)
    top = _MARGIN + height_of(heading, _TITLE_SIZE)
    units = next((row["unit"] for row in table if row["unit"]), "")
    parts = [
        text_lines(_MARGIN, _MARGIN, heading, _TITLE_SIZE, fill=_INK, weight="bold"),
        text_lines(_MARGIN, top, wrap_text(_subtitle(series, units, labels), _ROOM, _SIZE, 1), _SIZE, fill=_MUTED),
    ]
    plot = Area(_MARGIN, top + 30, _ROOM, _PLOT_HEIGHT if series.is_drawn else 0)
    parts += _plot(series, plot, labels)
    bottom = plot.bottom + height_of(["", ""], _SIZE) + 14
    words, words_height = _words(series, plot, bottom, labels)
    notes = list(_notes(series, labels))
    parts += [*words, text_lines(_MARGIN, bottom + words_height + 6, notes, _NOTE_SIZE, fill=_MUTED)]
    height = bottom + words_height + 6 + height_of(notes, _NOTE_SIZE) + _MARGIN
    alt = _alt(heading, series, labels)
    return Figure(document(_WIDTH, height, "".join(heading), alt, parts), alt, table)


def _subtitle(series: Series, units: str, labels: Labels) -> str:
    words = [labels("unit", unit=units)] if units else []
    if series.direction:
        words.append(labels(series.direction))
    return "\u3000".join(words)


def _plot(series: Series, area: Area, labels: Labels) -> Iterator[str]:
    values = [p.value for p in (*series.path, *series.actuals, *series.expected) if p.value is not None]
    scale = scale_for(area, series.years, values or [Decimal(0)])
    yield element("line", x1=area.x, x2=area.right, y1=f"{area.bottom:.1f}", y2=f"{area.bottom:.1f}", stroke="#9aa3b2")
    # Where years stand close, only some of them are named.
    for year in series.years[:: math.ceil(_YEAR_WIDTH / scale.column_width)]:
        lines = labels.fiscal_year(year)
        yield text_lines(scale.x(year), area.bottom + 6, lines[:1], _SIZE, fill=_INK, anchor="middle")
        below = area.bottom + 6 + height_of(lines[:1], _SIZE)
        yield text_lines(scale.x(year), below, lines[1:], _NOTE_SIZE, fill=_MUTED, anchor="middle")
    if values:
        yield from _marks(series, scale)
        yield from _mark_labels(series, scale, labels)


def _marks(series: Series, scale: Scale) -> Iterator[str]:
    places = [_place(point, scale) for point in series.path]
    if len(places) > 1:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield element("polyline", points=points, fill="none", stroke=_PATH, stroke_width=2, stroke_dasharray="6 5")
    for target, actual in _gaps(series):
        (x, y), (_, target_y) = _place(actual, scale), _place(target, scale)
        line = {"x1": f"{x:.1f}", "x2": f"{x:.1f}", "y1": f"{target_y:.1f}", "y2": f"{y:.1f}"}
        colour = _COLOURS[series.verdict_of(actual)]
        yield element("line", **line, stroke=colour, stroke_width=4, stroke_opacity=0.4)
    for point, (x, y) in zip(series.path, places, strict=True):
        yield _circle(x, y, "#ffffff", _PATH) if point.role == "baseline" else _diamond(x, y)
    for expected in series.expected:
        yield _square(*_place(expected, scale))
    for actual in series.actuals:
        colour = _COLOURS[series.verdict_of(actual)]
        yield _circle(*_place(actual, scale), colour, colour)


def _gaps(series: Series) -> Iterator[tuple[Point, Point]]:
    """Yield the target and the actual value of each year that has both."""
    targets = {p.fiscal_year: p for p in series.path if p.role != "baseline"}
    for actual in series.actuals:
        if actual.fiscal_year in targets:
            yield targets[actual.fiscal_year], actual


def _mark_labels(series: Series, scale: Scale, labels: Labels) -> Iterator[str]:
    placer = LabelPlacer(Area(_MARGIN, scale.area.y - 20, _ROOM, scale.area.height + 20))
    places = [_place(point, scale) for point in series.path]
    placer.keep_clear([*places, *(_place(point, scale) for point in (*series.actuals, *series.expected))])
    placer.avoid_lines(pairwise(places))
    placer.avoid_lines((_place(t, scale), _place(a, scale)) for t, a in _gaps(series))
    for actual in series.actuals:
        text, colour = _actual(actual, series, labels), _COLOURS[series.verdict_of(actual)]
        yield _label(placer, text, _place(actual, scale), colour, "bold")
    for point in series.path:
        text = labels("baseline", value=_shown(point)) if point.role == "baseline" else _shown(point)
        yield _label(placer, text, _place(point, scale), _MUTED, "normal")
    for point in series.expected:
        yield _label(placer, labels("expected", value=_shown(point)), _place(point, scale), _MUTED, "normal")


def _actual(actual: Point, series: Series, labels: Labels) -> str:
    verdict = series.verdict_of(actual)
    if verdict == "no-target" and actual.fiscal_year in {point.fiscal_year for point in series.expected}:
        # What was expected is no target, but beside it "not a target year" says nothing.
        return labels("actual_alone", value=_shown(actual))
    return labels("actual", value=_shown(actual), verdict=labels.code("verdicts", verdict))


def _label(placer: LabelPlacer, text: str, place: tuple[float, float], colour: str, weight: str) -> str:
    label = placer.place(text, *place, _SIZE)
    if label is None:
        # No room near the mark: the value is still in the words and the table.
        return ""
    return text_lines(label.x, label.y, [label.text], _SIZE, fill=colour, weight=weight, anchor="middle")


def _words(series: Series, plot: Area, top: float, labels: Labels) -> tuple[list[str], float]:
    """Return what the papers say in words, under the year that it is about, and its height."""
    column = plot.width / len(series.years)
    if column < _YEAR_WIDTH:
        return _listed_words(series, top, labels)
    parts, height = [], 0.0
    for year in series.years:
        texts = [
            labels("words", role=labels.code("roles", p.role), text=p.text)
            for p in series.points
            if p.fiscal_year == year and p.value is None and p.text
        ]
        lines = [line for text in texts for line in wrap_text(text, column - 12, _NOTE_SIZE, 8)]
        x = plot.x + column * (year - series.years.start) + 6
        parts.append(text_lines(x, top, lines, _NOTE_SIZE, fill=_INK))
        height = max(height, height_of(lines, _NOTE_SIZE))
    return parts, height


def _listed_words(series: Series, top: float, labels: Labels) -> tuple[list[str], float]:
    """Return the same as a list over the whole width, where a year has no room of its own."""
    lines = [
        line
        for p in series.points
        if p.value is None and p.text
        for line in wrap_text(
            f"{labels.fiscal_year(p.fiscal_year)[0]} {labels('words', role=labels.code('roles', p.role), text=p.text)}",
            _ROOM,
            _NOTE_SIZE,
            4,
        )
    ]
    return [text_lines(_MARGIN, top, lines, _NOTE_SIZE, fill=_INK)], height_of(lines, _NOTE_SIZE)


def _notes(series: Series, labels: Labels) -> Iterator[str]:
    if series.is_drawn:
        yield from wrap_text(_legend(series, labels), _ROOM, _NOTE_SIZE)
    if series.is_disputed:
        yield from wrap_text(labels("differs"), _ROOM, _NOTE_SIZE)
    yield from wrap_text(_sources(series, labels), _ROOM, _NOTE_SIZE)


def _legend(series: Series, labels: Labels) -> str:
    return "\u3000".join([labels("legend"), *([labels("legend_expected")] if series.expected else [])])


def _sources(series: Series, labels: Labels) -> str:
    documents = dict.fromkeys((p.document, p.issued) for p in series.points if p.document)
    places = labels("separator").join(labels("source", document=d, issued=i) for d, i in documents)
    return labels("receipt", places=places)


def _alt(heading: list[str], series: Series, labels: Labels) -> str:
    years = []
    for year in series.years:
        values = [_told(p, series, labels) for p in series.points if p.fiscal_year == year and p.text]
        if values:
            years.append(
                labels("alt_year", year=" ".join(labels.fiscal_year(year)), values=labels("separator").join(values))
            )
    told = labels("alt", title="".join(heading), years="\n".join(years))
    return f"{told}\n{_sources(series, labels)}"


def _told(point: Point, series: Series, labels: Labels) -> str:
    text = labels("words", role=labels.code("roles", point.role), text=point.text)
    if point.role != "actual" or point.value is None:
        return text
    return f"{text} ({labels.code('verdicts', series.verdict_of(point))})"


def _shown(point: Point) -> str:
    if point.text and text_width(point.text, 1.0) <= _SHORT:
        return point.text
    return f"{point.value:,}"


def _place(point: Point, scale: Scale) -> tuple[float, float]:
    if point.value is None:
        raise ValueError(f"{point.text} is no number and has no place on a scale")
    return scale.x(point.fiscal_year), scale.y(point.value)


def _circle(x: float, y: float, fill: str, border: str) -> str:
    return element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=6.5, fill=fill, stroke=border, stroke_width=2)


def _square(x: float, y: float) -> str:
    side = {"x": f"{x - 8:.1f}", "y": f"{y - 8:.1f}", "width": 16, "height": 16}
    return element("rect", **side, fill="#ffffff", stroke=_PATH, stroke_width=2)


def _diamond(x: float, y: float) -> str:
    corners = [(x, y - 8.5), (x + 8.5, y), (x, y + 8.5), (x - 8.5, y)]
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return element("polygon", points=points, fill="#ffffff", stroke="#3a3f4b", stroke_width=2)
