"""Draw the numbers of a project over the years, and the other projects that bore the same numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hyoka_kg.figures.amounts import Row, amount_of, shown
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, WARNING, Page, line, rectangle, width_of_columns
from hyoka_kg.figures.svg import height_of, text_lines
from hyoka_kg.figures.text import text_width, wrap_text
from hyoka_kg.store import Rows

_COLUMN, _LABELS = 104.0, 230.0
_BOX, _BOX_HEIGHT, _BOX_GAP = 88.0, 34.0, 8.0
_MOST_YEARS, _MOST_OTHERS = 16, 10
_GREEN, _GREEN_FILL, _RED_FILL, _BAND = "#2e8b57", "#e2f2e9", "#fdeceb", "#f5f6fa"
_PHASES = ("initial", "executed")
_STANDING = frozenset({"accepted", "stated"})

Places = dict[str, tuple[float, float]]


def numbers_figure(
    numbers: Rows, links: Rows, money: Rows, *, title: str | None = None, language: Language = "ja"
) -> Figure:
    """Draw the rows of `pictures/numbers`, tr05 and `pages/project_money` for one project.

    Args:
        numbers: The numbers of the project, and what else bore them.
        links: What claims that one number follows another.
        money: Its amounts.
        title: Name of the project in that language; else the one that the rows tell.
        language: Language of the words; what is printed on paper stays as it is.

    Raises:
        NothingToDraw: The project has no number.
    """
    labels = labels_of("numbers", language)
    table = numbers.as_text()
    own = [row for row in table if row["owner"] == "own" and row["fy"].isdecimal()]
    if not own:
        raise NothingToDraw(labels("nothing"))
    project = title or own[0]["project_name"]
    years = _last_years(own)
    page = Page(labels("title", project=project), width_of_columns(_LABELS, _COLUMN, len(years)))
    page.text(labels("note"), NOTE_SIZE, fill=MUTED)
    band_top = page.y + 8
    page.y = band_top + 6
    parts = _heads(page, years, labels)
    parts += _own_row(page, own, links.as_text(), years, labels)
    parts += _money_rows(page, money.as_text(), years, labels)
    others = [row for row in table if _is_other(row, own[0]["project_iri"]) and int(row["fy"]) in years]
    parts += _other_rows(page, others, years, labels)
    for number in range(1, len(years), 2):
        page.draw(rectangle(MARGIN + _LABELS + number * _COLUMN, band_top, _COLUMN, page.y - band_top, _BAND))
    page.draw(*parts)
    page.y += 6
    page.text(labels("foot"), NOTE_SIZE, fill=MUTED)
    sources = sorted({row["stated_in"] for row in own if row["stated_in"]})
    page.text(labels("receipt", places=labels("separator").join(sources)) if sources else "", NOTE_SIZE, fill=MUTED)
    return page.figure(_alt(project, own, others, labels), table)


def _last_years(own: Sequence[Row]) -> range:
    told = sorted({int(row["fy"]) for row in own})
    return range(max(told[0], told[-1] - _MOST_YEARS + 1), told[-1] + 1)


def _is_other(row: Row, project: str) -> bool:
    return row["owner"] != "own" and row["project_iri"] != project and row["fy"].isdecimal()


def _middle(year: int, years: range) -> float:
    return MARGIN + _LABELS + (year - years.start + 0.5) * _COLUMN


def _heads(page: Page, years: range, labels: Labels) -> list[str]:
    parts, height = [], 0.0
    for year in years:
        lines = labels.fiscal_year(year)
        parts.append(text_lines(_middle(year, years), page.y, lines, SIZE, fill=INK, anchor="middle"))
        height = max(height, height_of(lines, SIZE))
    page.y += height + 10
    return parts


def _own_row(page: Page, own: Sequence[Row], links: Sequence[Row], years: range, labels: Labels) -> list[str]:
    by_year: dict[int, dict[str, str]] = defaultdict(dict)
    for row in own:
        if int(row["fy"]) in years:
            by_year[int(row["fy"])][row["sheet"]] = row["number"]
    parts = [_label(labels("own"), page.y + 8, weight="bold")]
    places: Places = {}
    for year, numbers in by_year.items():
        for order, (number, sheet) in enumerate(sorted((number, sheet) for sheet, number in numbers.items())):
            y = page.y + order * (_BOX_HEIGHT + _BOX_GAP)
            places[sheet] = (_middle(year, years), y + _BOX_HEIGHT / 2)
            parts += _box(_middle(year, years), y, number, _GREEN_FILL, _GREEN, INK)
    page.y += max(map(len, by_year.values())) * (_BOX_HEIGHT + _BOX_GAP) + 8
    # A line only where every claim that one number follows another stands: none is refuted, open or unsupported.
    return [*_links(links, places), *parts]


def _links(links: Sequence[Row], places: Places) -> list[str]:
    parts = []
    statuses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in links:
        statuses[row["from_sheet"], row["to_sheet"]].add(row["link_status"])
    for start, end in (ends for ends, told in statuses.items() if told <= _STANDING):
        if start in places and end in places:
            (x1, y1), (x2, y2) = sorted((places[start], places[end]))
            parts.append(line(x1 + _BOX / 2, y1, x2 - _BOX / 2, y2, _GREEN, 3))
    return sorted(parts)


def _box(x: float, y: float, text: str, fill: str, border: str, ink: str) -> list[str]:
    # A number may be long: a year, a ministry, two numbers.
    size = SIZE if text_width(text, SIZE) <= _BOX - 8 else NOTE_SIZE
    words = wrap_text(text, _BOX - 8, size, 1 if size == SIZE else 2)
    top = y + (_BOX_HEIGHT - height_of(words, size)) / 2
    return [
        rectangle(x - _BOX / 2, y, _BOX, _BOX_HEIGHT, fill, border),
        text_lines(x, top, words, size, fill=ink, weight="bold", anchor="middle"),
    ]


def _label(text: str, y: float, *, fill: str = INK, weight: str = "normal", lines: int = 1) -> str:
    words = wrap_text(text, _LABELS - 16, SIZE, lines)
    return text_lines(MARGIN, y, words, SIZE, fill=fill, weight=weight)


def _money_rows(page: Page, money: Sequence[Row], years: range, labels: Labels) -> list[str]:
    newest: dict[tuple[str, int], Row] = {}
    for row in sorted(money, key=lambda row: (row["issued"], row["document"])):
        if row["fy"].isdecimal():
            newest[row["phase"], int(row["fy"])] = row
    parts = []
    for phase in _PHASES:
        parts.append(_label(labels("money", phase=labels.code("phases", phase)), page.y, fill=MUTED))
        for year in years:
            amount = amount_of(newest[phase, year]["amount_mjpy"]) if (phase, year) in newest else None
            text = labels("unknown") if amount is None else shown(amount)
            words = wrap_text(text, _COLUMN - 8, SIZE, 1)
            colour = MUTED if amount is None else INK
            parts.append(text_lines(_middle(year, years), page.y, words, SIZE, fill=colour, anchor="middle"))
        page.y += height_of([""], SIZE) + 4
    page.y += 8
    return parts


def _other_rows(page: Page, others: Sequence[Row], years: range, labels: Labels) -> list[str]:
    if not others:
        return []
    by_project: dict[str, list[Row]] = defaultdict(list)
    for row in others:
        by_project[row["project_iri"]].append(row)
    parts = [line(MARGIN, page.y, page.width - MARGIN, page.y, "#b7bdc9")]
    page.y += 8
    heading = wrap_text(labels("others", count=len(by_project)), page.room, SIZE)
    parts.append(text_lines(MARGIN, page.y, heading, SIZE, fill=WARNING, weight="bold"))
    page.y += height_of(heading, SIZE) + 6
    for rows in list(by_project.values())[:_MOST_OTHERS]:
        parts += _other_row(page, rows, years)
    if len(by_project) > _MOST_OTHERS:
        parts.append(
            text_lines(MARGIN, page.y, [labels("more", count=len(by_project) - _MOST_OTHERS)], SIZE, fill=WARNING)
        )
        page.y += height_of([""], SIZE) + 4
    return parts


def _other_row(page: Page, rows: Sequence[Row], years: range) -> list[str]:
    name = wrap_text(rows[0]["project_name"], _LABELS - 16, NOTE_SIZE, 3)
    height = max(height_of(name, NOTE_SIZE), _BOX_HEIGHT)
    parts = [text_lines(MARGIN, page.y, name, NOTE_SIZE, fill=WARNING)]
    numbers: Mapping[int, list[str]] = _by_year(rows)
    for year, told in numbers.items():
        text = "/".join(told)
        parts += _box(_middle(year, years), page.y, text, _RED_FILL, WARNING, WARNING)
    page.y += height + _BOX_GAP
    return parts


def _by_year(rows: Sequence[Row]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row["number"] not in found[int(row["fy"])]:
            found[int(row["fy"])].append(row["number"])
    return found


def _alt(project: str, own: Sequence[Row], others: Sequence[Row], labels: Labels) -> str:
    comma = labels("separator")
    told = comma.join(labels("alt_number", year=row["fy"], number=row["number"]) for row in own)
    taken = comma.join(
        labels("alt_other", year=row["fy"], number=row["number"], project=row["project_name"])
        for row in others[:_MOST_OTHERS]
    )
    sentence = labels("alt", project=project, numbers=told)
    return sentence + (labels("alt_others", others=taken) if taken else "")
