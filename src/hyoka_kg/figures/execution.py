"""Draw what the projects of a paper could spend in a year and what they spent, largest first, on a log scale."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal

from hyoka_kg.figures.amounts import Spending, shown, spending_of
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, RULE, SIZE, WARNING, Page, line, rectangle
from hyoka_kg.figures.svg import height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_WIDTH, _LABELS, _BARS = 1080.0, 380.0, 400.0
_ROW = 24.0
_LIGHT, _DARK, _RED = "#c9dcf2", "#1f4e8c", "#b3261e"
_MOST, _FEWEST = 40, 2


def execution_figure(money: Rows, *, language: Language = "ja") -> Figure:
    """Draw the rows of `pictures/execution` for one paper, of the year that most projects state.

    Raises:
        NothingToDraw: Fewer than two projects of the paper state a budget of one year.
    """
    labels = labels_of("execution", language)
    table = money.as_text()
    told = spending_of(table)
    years = Counter(one.year for one in told if one.executed is not None) or Counter(one.year for one in told)
    year = max(years, key=lambda one: (years[one], one), default=0)
    bars = sorted((one for one in told if one.year == year), key=lambda one: (-one.budget, one.name))
    if len(bars) < _FEWEST:
        raise NothingToDraw(labels("nothing"))
    page = Page(labels("title", year=" ".join(labels.fiscal_year(year))), _WIDTH)
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 10
    scale = _scale(max([*(bar.budget for bar in bars), *(bar.executed for bar in bars if bar.executed is not None)]))
    _draw_lines(page, page.y + len(bars[:_MOST]) * _ROW + 4, scale)
    for bar in bars[:_MOST]:
        _draw(page, bar, scale, labels)
    _draw_axis(page, scale, labels)
    if len(bars) > _MOST:
        page.text(labels("more", count=len(bars) - _MOST), NOTE_SIZE, fill=MUTED)
    documents = labels("separator").join(dict.fromkeys(row["document_name"] for row in table))
    page.text(labels("receipt", places=documents), NOTE_SIZE, fill=MUTED)
    alt = "\n".join(labels("alt", project=bar.name, words=_told(bar, labels)) for bar in bars[:_MOST])
    return page.figure(alt, table)


def _scale(most: Decimal) -> float:
    """Return how many powers of ten the axis has, from one tenth of a million yen."""
    return max(2.0, math.ceil(math.log10(float(most)) + 1)) if most > 0 else 2.0


def _length(amount: Decimal, scale: float) -> float:
    return 0.0 if amount <= 0 else max(0.0, min(1.0, (math.log10(float(amount)) + 1) / scale)) * _BARS


def _draw(page: Page, bar: Spending, scale: float, labels: Labels) -> None:
    x, colour = MARGIN + _LABELS, _RED if bar.is_odd else _DARK
    name = wrap_text(bar.name, _LABELS - 12, SIZE, 1)
    page.draw(
        text_lines(x - 10, page.y + 2, name, SIZE, fill=INK, anchor="end"),
        rectangle(x, page.y + 2, _length(bar.budget, scale), _ROW - 6, _LIGHT),
    )
    if bar.executed is not None:
        page.draw(rectangle(x, page.y + 8, _length(bar.executed, scale), _ROW - 18, colour))
    words = wrap_text(_told(bar, labels), _WIDTH - 2 * MARGIN - _LABELS - _BARS - 12, SIZE, 1)
    page.draw(text_lines(x + _BARS + 12, page.y + 2, words, SIZE, fill=WARNING if bar.is_odd else INK))
    page.y += _ROW


def _told(bar: Spending, labels: Labels) -> str:
    if bar.executed is None:
        return labels("no_execution", budget=shown(bar.budget))
    rate = labels("rate", rate=f"{bar.rate:.1f}") if bar.rate is not None else ""
    return labels("told", budget=shown(bar.budget), executed=shown(bar.executed), rate=rate)


def _draw_lines(page: Page, bottom: float, scale: float) -> None:
    for power in range(int(scale) + 1):
        place = MARGIN + _LABELS + _BARS * power / scale
        page.draw(line(place, page.y, place, bottom, RULE, 1, "2 3"))


def _draw_axis(page: Page, scale: float, labels: Labels) -> None:
    x = MARGIN + _LABELS
    for power in range(int(scale) + 1):
        place, amount = x + _BARS * power / scale, Decimal(10) ** (power - 1)
        page.draw(text_lines(place, page.y + 6, [shown(amount)], NOTE_SIZE, fill=MUTED, anchor="middle"))
    page.y += 8 + height_of([""], NOTE_SIZE)
    page.draw(text_lines(x + _BARS / 2, page.y, [labels("axis")], NOTE_SIZE, fill=MUTED, anchor="middle"))
    page.y += height_of([""], NOTE_SIZE) + 8
