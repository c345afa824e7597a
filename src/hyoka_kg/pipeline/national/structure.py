"""Judge the national graph by set queries, one a structural rule, and count what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.model import Finding
from hyoka_kg.query import load_catalogue, run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.validation import IntegrityRule, findings_of

_FOLDER = "structure"
_SHEETS_OF_NO_YEAR = "all"


def find_structure(store: GraphStore) -> list[Finding]:
    """Return the findings of every structural rule over the whole graph, sorted."""
    return sorted(_findings(store))


def _findings(store: GraphStore) -> Iterator[Finding]:
    for query in load_catalogue(_FOLDER):
        rule = IntegrityRule.from_header(query.name, query.header)
        yield from findings_of(rule, store.select(query.text).as_text())


def things_by_class(store: GraphStore) -> dict[str, dict[str, int]]:
    """Return how many things of each class the sheets of each publication year state."""
    counts: dict[str, dict[str, int]] = {}
    for row in run_maintenance(store, "things_by_class").as_text():
        name = row["class"].rpartition("#")[2]
        counts.setdefault(name, {})[row["year"] or _SHEETS_OF_NO_YEAR] = int(row["n"])
    return counts
