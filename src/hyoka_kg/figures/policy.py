"""Draw what hangs under a policy: its objectives, their indicators, and the projects that name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hyoka_kg.figures.amounts import Row
from hyoka_kg.figures.boxes import HEADING_HEIGHT, draw_headings, draw_tree
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import MARGIN, MUTED, NOTE_SIZE, Page
from hyoka_kg.figures.tree import COLUMN_WIDTHS, Node, column_left, lay_out
from hyoka_kg.store import Rows

_COLUMNS = (("policy",), ("objective",), ("indicator",), ("project",))
_MOST_PROJECTS = 60


def policy_figure(tree: Rows, *, title: str | None = None, language: Language = "ja") -> Figure:
    """Draw the rows of `pictures/policy` for one policy.

    Args:
        tree: The answer.
        title: Name of the policy in that language; else the one that the rows tell.
        language: Language of the words; what is printed on paper stays as it is.

    Raises:
        NothingToDraw: No paper tells objectives or projects of it.
    """
    labels = labels_of("policy", language)
    table = tree.as_text()
    if not any(row["objective"] or row["project"] for row in table):
        raise NothingToDraw(labels("nothing"))
    policy = title or table[0]["policy_name"]
    page = Page(labels("title", policy=policy), 2 * MARGIN + column_left(3) + COLUMN_WIDTHS[3])
    page.y += 6
    layout = lay_out(_tree(policy, table, labels), MARGIN, page.y + HEADING_HEIGHT + 16)
    page.draw(*draw_headings(layout, _COLUMNS, MARGIN, page.y, labels), *draw_tree(layout))
    page.y += HEADING_HEIGHT + 16 + layout.height + 14
    page.text(labels("foot"), NOTE_SIZE, fill=MUTED)
    documents = labels("separator").join(dict.fromkeys(row["document"] for row in table if row["document"]))
    page.text(labels("receipt", places=documents) if documents else "", NOTE_SIZE, fill=MUTED)
    return page.figure(_alt(policy, table, labels), table)


def _tree(policy: str, table: Sequence[Row], labels: Labels) -> Node:
    objectives = [
        Node("objective", 1, name, children=tuple(_indicators(name, table))) for name in _each(table, "objective")
    ]
    bare = [row for row in table if row["project"] and not row["indicator"]]
    if bare:
        objectives.append(_without_indicator(bare, labels))
    return Node("policy", 0, policy, children=tuple(objectives))


def _indicators(objective: str, table: Sequence[Row]) -> Iterator[Node]:
    rows = [row for row in table if row["objective"] == objective]
    for name in _each(rows, "indicator"):
        projects = tuple(
            Node("project", 3, one) for one in _each([r for r in rows if r["indicator"] == name], "project")
        )
        yield Node("indicator", 2, name, children=projects)


def _without_indicator(bare: Sequence[Row], labels: Labels) -> Node:
    names = _each(bare, "project")
    projects = [Node("project", 3, name) for name in names[:_MOST_PROJECTS]]
    if len(names) > _MOST_PROJECTS:
        projects.append(Node("project", 3, labels("more", count=len(names) - _MOST_PROJECTS), dashed=True))
    node = Node("indicator", 2, labels("no_indicator", count=len(names)), dashed=True, children=tuple(projects))
    return Node("objective", 1, labels("no_objective"), dashed=True, children=(node,))


def _each(rows: Sequence[Row], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows if row[column]))


def _alt(policy: str, table: Sequence[Row], labels: Labels) -> str:
    counts = {name: len(_each(table, name)) for name in ("objective", "indicator", "project")}
    bare = len(_each([row for row in table if not row["indicator"]], "project"))
    return labels("alt", policy=policy, bare=bare, **counts)
