"""Find things in the graph, inside a worker: by words, or anything at all to see that it answers."""

from __future__ import annotations

import io
import json
from dataclasses import asdict

from hyoka_kg.query import maintenance_text, search
from hyoka_kg.service.question import Page
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.service.tables import STYLES
from hyoka_kg.store import GraphStore


def answer_search(
    store: GraphStore, *, words: str, kind: str, page: Page, style: str, limits: SpoolLimits, packed: bool
) -> Answer:
    """Return a page of what was found, with the number of all things found.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
    """
    result = search(store, words, kind, start=page.start, count=page.size)
    spool = Spool(limits, packed=packed)
    if style:
        for piece in STYLES[style].write(result.as_rows()):
            spool.write(piece.encode())
        return spool.finish(STYLES[style].media_type)._replace(rows=result.total)
    record = {"q": words, "kind": kind, "total": result.total, "page": page.number, "size": page.size}
    found = [asdict(found) for found in result.found]
    spool.write(json.dumps({**record, "found": found}, ensure_ascii=False).encode())
    return spool.finish("application/json")._replace(rows=result.total)


def look(store: GraphStore) -> None:
    """Ask the store whether it holds anything.

    Raises:
        StoreError: It does not answer.
    """
    store.write(maintenance_text("anything"), "application/sparql-results+json", io.BytesIO())
