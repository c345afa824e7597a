"""Draw the trace of a project: its policy, the strategy versions and clauses behind it, its indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hyoka_kg.errors import QueryError
from hyoka_kg.figures.boxes import HEADING_HEIGHT, draw_headings, draw_tree
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.receipts import receipt_line
from hyoka_kg.figures.svg import document, height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.figures.tree import COLUMN_WIDTHS, NOTE_SIZE, Node, column_left, lay_out
from hyoka_kg.store import Rows

_COLUMNS = (("project",), ("policy",), ("version", "objective"), ("clause", "indicator"))
_OWN = ("cited-in-text", "cited-by-project", "kpi-defined-in")
_STEP = "\u2192"
_MARGIN, _TITLE_SIZE = 20.0, 18.0
_INK, _MUTED = "#1d2433", "#565f70"

Row = Mapping[str, str]


def trace_figure(rows: Rows, *, title: str | None = None, language: Language = "ja") -> Figure:
    """Draw the rows of tr01 for one project.

    Args:
        rows: The answer to tr01.
        title: Name of the project in that language; else the one that the rows tell.
        language: Language of headings and words; what is printed on paper stays as it is.

    Raises:
        NothingToDraw: There are no rows.
        QueryError: The rows are of several projects.
    """
    table = tuple(rows.as_text())
    labels = labels_of("trace", language)
    if not table:
        raise NothingToDraw(labels("nothing"))
    told = _only_project(table)
    project = title or told
    width = 2 * _MARGIN + column_left(len(_COLUMNS) - 1) + COLUMN_WIDTHS[-1]
    heading = wrap_text(labels("title", project=project), width - 2 * _MARGIN, _TITLE_SIZE)
    top = _MARGIN + height_of(heading, _TITLE_SIZE) + 10
    layout = lay_out(_tree(project, table, labels), _MARGIN, top + HEADING_HEIGHT + 16)
    receipts = wrap_text(receipt_line(table, labels), width - 2 * _MARGIN, NOTE_SIZE)
    bottom = top + HEADING_HEIGHT + 16 + layout.height + 14
    alt = _alt(project, table, labels)
    parts = [
        text_lines(_MARGIN, _MARGIN, heading, _TITLE_SIZE, fill=_INK, weight="bold"),
        *draw_headings(layout, _COLUMNS, _MARGIN, top, labels),
        *draw_tree(layout),
        text_lines(_MARGIN, bottom, receipts, NOTE_SIZE, fill=_MUTED),
    ]
    height = bottom + height_of(receipts, NOTE_SIZE) + _MARGIN
    return Figure(document(width, height, " ".join(heading), alt, parts), alt, table)


def _only_project(table: Sequence[Row]) -> str:
    projects = _distinct(table, "project")
    if len(projects) != 1:
        raise QueryError(f"A trace is drawn for one project; these rows are of {len(projects)}. Ask tr01 for one.")
    return projects[0][0]


def _tree(project: str, table: Sequence[Row], labels: Labels) -> Node:
    # What the project's own paper cites stands beside its policy, not under it.
    own = [row for row in table if row["link_kind"] in _OWN or not row["policy"]]
    by_policy = [row for row in table if row not in own]
    children = [*_versions(own, labels), *_policies(by_policy, labels)]
    if not _distinct(table, "indicator"):
        text = labels("no_indicator")
        children.append(Node("indicator", 3, text, labels.code("kinds", "indicator"), dashed=True))
    return Node("project", 0, project, children=tuple(children))


def _policies(table: Sequence[Row], labels: Labels) -> Iterator[Node]:
    for (policy,) in _distinct(table, "policy"):
        rows = [row for row in table if row["policy"] == policy]
        yield Node("policy", 1, policy, children=(*_versions(rows, labels), *_objectives(rows, labels)))


def _versions(table: Sequence[Row], labels: Labels) -> Iterator[Node]:
    for strategy, date, link in _distinct(table, "strategy", "version_date", "link_kind"):
        rows = [r for r in table if (r["strategy"], r["version_date"], r["link_kind"]) == (strategy, date, link)]
        note = " ".join(part for part in (date, labels.code("links", link)) if part)
        yield Node("version", 2, strategy, note, link=link, children=tuple(_clauses(rows, labels)))


def _clauses(table: Sequence[Row], labels: Labels) -> Iterator[Node]:
    for row in _leaves(table):
        place = labels("line", page=row["page"], line=row["line"]) if row["page"] else ""
        note = "\u3000".join(part for part in (row["clause_path"], place) if part)
        yield Node("clause", 3, row["quote"] or row["clause_path"], note, link=row["link_kind"])


def _leaves(version: Sequence[Row]) -> list[Row]:
    """Return a row of each clause of a version, save those that another of them lies under: its path tells them."""
    first: dict[str, Row] = {}
    for row in version:
        if row["clause_path"]:
            first.setdefault(row["clause_path"], row)
    return [row for path, row in first.items() if not any(other.startswith(path + _STEP) for other in first)]


def _objectives(table: Sequence[Row], labels: Labels) -> Iterator[Node]:
    for (objective,) in _distinct(table, "objective"):
        rows = [row for row in table if row["objective"] == objective]
        note = labels.code("kinds", "indicator")
        indicators = tuple(Node("indicator", 3, name, note) for (name,) in _distinct(rows, "indicator"))
        yield Node("objective", 2, objective, labels.code("kinds", "objective"), children=indicators)


def _alt(project: str, table: Sequence[Row], labels: Labels) -> str:
    comma = labels("separator")
    versions = {
        key: _leaves([row for row in table if (row["strategy"], row["version_date"]) == key])
        for key in _distinct(table, "strategy", "version_date")
    }
    policies = comma.join(policy for (policy,) in _distinct(table, "policy"))
    count = sum(map(len, versions.values()))
    key = "alt" if policies else "alt_alone"
    sentences = [labels(key, project=project, policies=policies, versions=len(versions), clauses=count)]
    for (strategy, date), leaves in versions.items():
        clauses = comma.join(row["clause_path"] for row in leaves)
        told = labels("alt_version", version=strategy, date=date, clauses=clauses)
        # A work that is cited without its version or clause is named alone.
        sentences.append(told if date and clauses else f"{strategy} {date}".strip())
    return "\n".join([*sentences, receipt_line(table, labels)]).strip()


def _distinct(table: Iterable[Row], *columns: str) -> list[tuple[str, ...]]:
    """Return the different values of columns in order; rows where the first is empty are left out."""
    return list(dict.fromkeys(tuple(row[name] for name in columns) for row in table if row[columns[0]]))
