"""Draw how many findings each rule gives, by publication year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hyoka_kg.figures.amounts import Row
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, Page, rectangle, width_of_columns
from hyoka_kg.figures.svg import height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_NAMES, _COLUMN, _ROW = 420.0, 96.0, 24.0
_FILLS = {"violation": "#f2b8b3", "warning": "#f6e3c5", "info": "#dbe9f3"}
_MOST_YEARS = 12


def findings_figure(findings: Rows, *, language: Language = "ja") -> Figure:
    """Draw the rows of `pictures/findings`.

    Raises:
        NothingToDraw: There is no finding.
    """
    labels = labels_of("findings", language)
    table = findings.as_text()
    if not table:
        raise NothingToDraw(labels("nothing"))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in table:
        counts[row["rule"]][row["fy"]] = int(row["n"])
    first = {row["rule"]: row for row in reversed(table)}
    years = sorted({row["fy"] for row in table})[-_MOST_YEARS:]
    page = Page(
        labels("title", count=sum(sum(one.values()) for one in counts.values())),
        width_of_columns(_NAMES, _COLUMN, len(years)),
    )
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 8
    _draw_heads(page, years, labels)
    for rule in sorted(counts):
        _draw_rule(page, first[rule], [counts[rule].get(year, 0) for year in years], labels)
    page.text(labels("foot"), NOTE_SIZE, fill=MUTED)
    alt = "\n".join(labels("alt", rule=rule, count=sum(counts[rule].values())) for rule in sorted(counts))
    return page.figure(alt, table)


def _draw_heads(page: Page, years: Sequence[str], labels: Labels) -> None:
    height = 0.0
    for place, year in enumerate(years):
        lines = labels.fiscal_year(int(year)) if year.isdecimal() else [labels("no_year")]
        page.draw(text_lines(_middle(place), page.y, lines, SIZE, fill=INK, anchor="middle"))
        height = max(height, height_of(lines, SIZE))
    page.y += height + 6


def _draw_rule(page: Page, row: Row, counts: Sequence[int], labels: Labels) -> None:
    severity = row["severity"]
    example = row["example_en"] if labels.language == "en" else row["example_ja"]
    name = wrap_text(
        labels("rule", rule=row["rule"], severity=labels.code("severities", severity)), _NAMES - 12, SIZE, 1
    )
    note = wrap_text(labels("example", text=example), _NAMES - 12, NOTE_SIZE, 2) if example else []
    page.draw(text_lines(MARGIN, page.y, name, SIZE, fill=INK, weight="bold"))
    page.draw(text_lines(MARGIN, page.y + height_of(name, SIZE), note, NOTE_SIZE, fill=MUTED))
    for place, count in enumerate(counts):
        if count:
            x = _middle(place)
            page.draw(
                rectangle(x - _COLUMN / 2 + 4, page.y, _COLUMN - 8, _ROW, _FILLS.get(severity, "#e4e7ee")),
                text_lines(x, page.y + 3, [f"{count:,}"], SIZE, fill=INK, anchor="middle"),
            )
    page.y += max(_ROW, height_of(name, SIZE) + height_of(note, NOTE_SIZE)) + 8


def _middle(place: int) -> float:
    return MARGIN + _NAMES + (place + 0.5) * _COLUMN
