"""The first rows of an answer, for a reader who takes few: asked inside a worker, so without the web framework."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hyoka_kg.query import CannedQuery, run_canned, run_maintenance, search
from hyoka_kg.service.tables import rows_as_json
from hyoka_kg.store import GraphStore, Rows
from hyoka_kg.vocabulary import PREFIXES, compact

MOST_ROWS = 50


def find_things(store: GraphStore, *, words: str, kind: str) -> dict[str, Any]:
    """Return the first things of which a text holds the words, and what was left out.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
    """
    result = search(store, words, kind, count=MOST_ROWS)
    return with_count({"found": [asdict(found) for found in result.found]}, result.total)


def ask_canned(store: GraphStore, *, query: CannedQuery, values: dict[str, str]) -> dict[str, Any]:
    """Return the first rows of a canned query, and what is left out."""
    rows = run_canned(store, query, values)
    shown = Rows(rows.variables, rows.rows[:MOST_ROWS])
    return with_count({"columns": list(rows.variables), "rows": rows_as_json(shown)}, len(rows.rows))


def summarize_schema(store: GraphStore) -> dict[str, Any]:
    """Return the classes of the graph, their properties, and the prefixes to name them by."""
    classes: dict[str, dict[str, int]] = {}
    for row in run_maintenance(store, "class_properties").as_text():
        used = classes.setdefault(compact(row["class"]), {})
        name = compact(row["property"])
        used[name] = used.get(name, 0) + int(row["n"])
    return {"prefixes": PREFIXES, "classes": classes, "default_graph": "the union of all named graphs"}


def with_count(answer: dict[str, Any], total: int) -> dict[str, Any]:
    """Add to an answer how many rows there are in all, and what that means."""
    answer["total_rows"] = total
    if total > MOST_ROWS:
        answer["note"] = f"Only the first {MOST_ROWS} of {total} rows are here. Narrow the question, or count."
    elif not total:
        answer["note"] = "No row. The graph may name it otherwise: check with describe_schema or with fewer conditions."
    return answer
