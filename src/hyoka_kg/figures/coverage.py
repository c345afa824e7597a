"""Draw which clauses of a strategy are cited, by publication year: a row a clause, a column a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hyoka_kg.figures.amounts import Row
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, Page, line, rectangle, width_of_columns
from hyoka_kg.figures.svg import height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_WIDTH_OF_NAMES, _COLUMN = 520.0, 92.0
_FILLS = ("#ffffff", "#ece6f4", "#cbbbe0", "#a58cc9")
_MOST_CLAUSES, _MOST_YEARS = 80, 12

Key = tuple[str, str]


def coverage_figure(coverage: Rows, *, title: str | None = None, language: Language = "ja") -> Figure:
    """Draw the rows of `pictures/coverage` for one strategy.

    Raises:
        NothingToDraw: No clause of it is known.
    """
    labels = labels_of("coverage", language)
    table = coverage.as_text()
    if not table:
        raise NothingToDraw(labels("nothing"))
    counts: dict[Key, dict[str, int]] = defaultdict(dict)
    for row in table:
        counts[row["version_date"], row["clause_path"]][row["fy"]] = int(row["n"] or 0)
    names = {(row["version_date"], row["clause_path"]): row for row in table}
    years = sorted({row["fy"] for row in table if row["fy"]})[-_MOST_YEARS:]
    page = Page(
        labels("title", strategy=title or table[0]["strategy_name"]),
        width_of_columns(_WIDTH_OF_NAMES, _COLUMN, len(years)),
    )
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 8
    _draw_heads(page, years, labels)
    version = ""
    for key in list(names)[:_MOST_CLAUSES]:
        if key[0] != version:
            version = key[0]
            page.text(labels("version", date=version, title=names[key]["strategy_name"]), SIZE, weight="bold")
        _draw_clause(page, names[key], [counts[key].get(year, 0) for year in years], labels)
    if len(names) > _MOST_CLAUSES:
        page.text(labels("more", count=len(names) - _MOST_CLAUSES), NOTE_SIZE, fill=MUTED)
    page.text(labels("foot"), NOTE_SIZE, fill=MUTED)
    return page.figure(_alt(names, counts, labels), table)


def _draw_heads(page: Page, years: Sequence[str], labels: Labels) -> None:
    height = 0.0
    for place, year in enumerate(years):
        lines = labels.fiscal_year(int(year)) if year.isdecimal() else [year]
        page.draw(text_lines(_middle(place), page.y, lines, SIZE, fill=INK, anchor="middle"))
        height = max(height, height_of(lines, SIZE))
    page.y += height + 6


def _draw_clause(page: Page, row: Row, counts: Sequence[int], labels: Labels) -> None:
    depth = min(row["clause_path"].count("\u2192"), 6)
    indent = 14.0 * depth
    heading = wrap_text(f"{row['clause_path']}\u3000{row['heading']}", _WIDTH_OF_NAMES - 12 - indent, NOTE_SIZE, 2)
    height = max(height_of(heading, NOTE_SIZE), 20.0)
    page.draw(text_lines(MARGIN + indent, page.y + 2, heading, NOTE_SIZE, fill=INK))
    for place, count in enumerate(counts):
        page.draw(
            rectangle(_middle(place) - _COLUMN / 2 + 3, page.y, _COLUMN - 6, height, _FILLS[min(count, 3)], "#d9d3e4"),
            text_lines(
                _middle(place),
                page.y + 2,
                [str(count) if count else labels("none")],
                SIZE,
                fill=INK if count else MUTED,
                anchor="middle",
            ),
        )
    page.y += height + 4
    page.draw(line(MARGIN, page.y - 2, page.width - MARGIN, page.y - 2, "#eceef3"))


def _middle(place: int) -> float:
    return MARGIN + _WIDTH_OF_NAMES + (place + 0.5) * _COLUMN


def _alt(names: Mapping[Key, Row], counts: Mapping[Key, Mapping[str, int]], labels: Labels) -> str:
    cited = [key for key in names if sum(counts[key].values())]
    return labels("alt", clauses=len(names), cited=len(cited), uncited=len(names) - len(cited))
