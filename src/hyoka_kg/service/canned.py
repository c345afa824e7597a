"""Answer one canned query, inside a worker; a page of it, when asked so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from hyoka_kg.query import CannedQuery, run_canned
from hyoka_kg.service.question import Page
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.service.tables import STYLES
from hyoka_kg.store import GraphStore, Rows

_ORDERED = re.compile(r"\}\s*ORDER BY\b[^{}]*\Z", re.IGNORECASE)


def answer_canned(
    store: GraphStore,
    *,
    query: CannedQuery,
    values: Mapping[str, str],
    style: str,
    page: Page | None,
    limits: SpoolLimits,
    packed: bool,
) -> Answer:
    """Return the answer to a canned query, with the number of all its rows.

    Raises:
        QueryError: A parameter is unknown, or its value is not of its type or names nothing.
        Refusal: 400, pages are asked of rows without an order; 413, the answer is too large.
    """
    if page and not is_ordered(query):
        raise Refusal(400, f"The rows of {query.id} have no order, so it has no pages. Leave out page and size.")
    rows = run_canned(store, query, values)
    spool = Spool(limits, packed=packed)
    for piece in STYLES[style].write(_part(rows, page)):
        spool.write(piece.encode())
    return spool.finish(STYLES[style].media_type)._replace(rows=len(rows.rows))


def is_ordered(query: CannedQuery) -> bool:
    """Return whether the rows of a query come in an order of its own."""
    return _ORDERED.search(query.text.strip()) is not None


def _part(rows: Rows, page: Page | None) -> Rows:
    if page is None:
        return rows
    return replace(rows, rows=rows.rows[page.start : page.start + page.size])
