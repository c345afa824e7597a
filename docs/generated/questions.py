"""The canned queries: each with its question, its text, and the answer of the sample graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hyoka_kg.query import CannedQuery, load_catalogue, run_canned
from hyoka_kg.store import GraphStore

_ROWS = 12


def listed() -> dict[str, Any]:
    """Return all canned queries."""
    return {"queries": list(load_catalogue())}


def answered(store: GraphStore) -> Iterator[dict[str, Any]]:
    """Yield each query with the first rows of its answer and how many there are."""
    for query in load_catalogue():
        answer = run_canned(store, query, {})
        rows = [[row[name] for name in answer.variables] for row in answer.as_text()]
        yield {
            "query": query,
            "text": query.body.removesuffix("\n"),
            "columns": answer.variables,
            "rows": rows[:_ROWS],
            "count": len(rows),
            "example": _example(query),
        }


def _example(query: CannedQuery) -> str:
    """Return the call that names every parameter by its default."""
    given = [f"-p {p.name}='{p.default}'" if " " in p.default else f"-p {p.name}={p.default}"
             for p in query.params if p.default]  # fmt: skip
    return " ".join(["hyoka query", query.id, *given])
