"""Draw the river of a project: a band a sheet, year by year, and between them what became of it and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hyoka_kg.errors import QueryError
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Language, labels_of
from hyoka_kg.figures.svg import Area, document, element, height_of, text_lines
from hyoka_kg.figures.text import wrap_text

_WIDTH, _MARGIN, _BAND, _GAP = 900.0, 20.0, 58.0, 40.0
_TITLE, _SIZE, _NOTE = 18.0, 13.0, 11.0
_INK, _MUTED = "#1d2433", "#565f70"
_FILL, _BORDER = "#dcefe4", "#2e8b57"
# Solid for what is accepted or stated; the word stands beside, so that no colour is needed to tell.
_DASHES = {"open": "2 4", "unconfirmed": "6 4", "refuted": "1 5"}
Row = Mapping[str, str]


def lineage_figure(project: str, sheets: Sequence[Row], links: Sequence[Row], *, language: Language = "ja") -> Figure:
    """Draw the sheets of a project in order and the links between neighbours.

    Args:
        project: Name of the project.
        sheets: Rows with `sheet`, `name` and `money`, in order.
        links: Rows with `earlier`, `later`, `relation`, `status` and `evidence`.
        language: Language of headings; what is printed on paper stays as it is.

    Raises:
        QueryError: There is no sheet.
    """
    if not sheets:
        raise QueryError("A lineage is drawn of at least one sheet; these rows have none.")
    labels = labels_of("lineage", language)
    title = wrap_text(labels("title", project=project), _WIDTH - 2 * _MARGIN, _TITLE)
    top = _MARGIN + height_of(title, _TITLE) + 10
    parts = [text_lines(_MARGIN, _MARGIN, title, _TITLE, fill=_INK, weight="bold")]
    for place, sheet in enumerate(sheets):
        area = Area(_MARGIN, top + place * (_BAND + _GAP), _WIDTH - 2 * _MARGIN, _BAND)
        parts.append(_band(area, sheet))
        if place + 1 < len(sheets):
            parts.append(_between(area, _links_of(links, sheet, sheets[place + 1])))
    height = top + len(sheets) * (_BAND + _GAP)
    alt = labels("alt", project=project, count=len(sheets))
    return Figure(document(_WIDTH, height, " ".join(title), alt, parts), alt, tuple(sheets))


def _links_of(links: Sequence[Row], one: Row, other: Row) -> list[Row]:
    return [link for link in links if (link["earlier"], link["later"]) == (one["sheet"], other["sheet"])]


def _band(area: Area, sheet: Row) -> str:
    name = wrap_text(sheet["name"], area.width - 24, _SIZE, max_lines=1)
    box = element(
        "rect",
        x=f"{area.x:.1f}",
        y=f"{area.y:.1f}",
        width=f"{area.width:.1f}",
        height=f"{area.height:.1f}",
        rx="8",
        fill=_FILL,
        stroke=_BORDER,
    )
    head = text_lines(
        area.x + 12, area.y + 8, [f"{sheet['sheet']}   {sheet['money']}"], _SIZE, fill=_INK, weight="bold"
    )
    return box + head + text_lines(area.x + 12, area.y + 30, name, _SIZE, fill=_INK)


def _between(area: Area, links: Sequence[Row]) -> str:
    if not links:
        return ""
    accepted = next((link for link in links if link["status"] == "accepted"), links[0])
    x = area.x + 24
    stream = element(
        "line",
        x1=f"{x:.1f}",
        y1=f"{area.bottom:.1f}",
        x2=f"{x:.1f}",
        y2=f"{area.bottom + _GAP:.1f}",
        stroke=_BORDER,
        stroke_width="6",
        stroke_dasharray=_DASHES.get(accepted["status"], "none"),
    )
    words = f"{accepted['relation']} ({accepted['status']}): {accepted['evidence']}"
    lines = wrap_text(words, area.width - 60, _NOTE, max_lines=2)
    return stream + text_lines(x + 14, area.bottom + 4, lines, _NOTE, fill=_MUTED)
