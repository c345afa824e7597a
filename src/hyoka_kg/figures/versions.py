"""Draw the versions of a strategy in order of time, with what cites each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hyoka_kg.figures.amounts import Row
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, Page, line
from hyoka_kg.figures.svg import element, height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_WIDTH, _DATES, _DOT = 820.0, 110.0, 7.0
_CITED, _SERIES = "#4a3b6b", "#8a93a5"
_MOST = 60


def versions_figure(versions: Rows, *, title: str | None = None, language: Language = "ja") -> Figure:
    """Draw the rows of `pages/strategy_versions` for one strategy.

    Raises:
        NothingToDraw: No version is known.
    """
    labels = labels_of("versions", language)
    table = versions.as_text()
    if not table:
        raise NothingToDraw(labels("nothing"))
    page = Page(labels("title", strategy=title or table[-1]["version"]), _WIDTH)
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 12
    x, tops = MARGIN + _DATES, []
    for row in table[-_MOST:]:
        tops.append(page.y + SIZE * 0.7)
        _draw_version(page, row, x, labels)
    page.draw(*(line(x, y1 + _DOT, x, y2 - _DOT, _SERIES, 2) for y1, y2 in pairwise(tops)))
    if len(table) > _MOST:
        page.text(labels("more", count=len(table) - _MOST), NOTE_SIZE, fill=MUTED)
    page.text(labels("foot"), NOTE_SIZE, fill=MUTED)
    return page.figure(_alt(table, labels), table)


def _draw_version(page: Page, row: Row, x: float, labels: Labels) -> None:
    is_cited = any(row[name] not in ("", "0") for name in ("n_policies", "n_projects"))
    words = wrap_text(row["version"], _WIDTH - MARGIN - x - 24, SIZE, 3)
    colour = _CITED if row["is_own"] == "own" else _SERIES
    page.draw(
        text_lines(x - 20, page.y, [row["version_date"]], SIZE, fill=INK, anchor="end"),
        element(
            "circle",
            cx=f"{x:.1f}",
            cy=f"{page.y + SIZE * 0.7:.1f}",
            r=_DOT,
            fill=colour if is_cited else "#ffffff",
            stroke=colour,
            stroke_width=2,
        ),
        text_lines(x + 20, page.y, words, SIZE, fill=INK, weight="bold" if is_cited else "normal"),
    )
    page.y += height_of(words, SIZE)
    notes = wrap_text(_counts(row, labels), _WIDTH - MARGIN - x - 24, NOTE_SIZE)
    page.draw(text_lines(x + 20, page.y, notes, NOTE_SIZE, fill=MUTED))
    page.y += height_of(notes, NOTE_SIZE) + 12


def _counts(row: Row, labels: Labels) -> str:
    told = labels("counts", clauses=row["n_clauses"], policies=row["n_policies"], projects=row["n_projects"])
    return told if row["is_own"] == "own" else labels("series", counts=told)


def _alt(table: Sequence[Row], labels: Labels) -> str:
    return "\n".join(
        labels("alt", date=row["version_date"], version=row["version"], counts=_counts(row, labels)) for row in table
    )
