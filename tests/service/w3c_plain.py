"""The engine with the least that HTTP needs around it: what the service must not be worse than."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FORMATS: dict[type, dict[str, Any]] = {
    ox.QueryTriples: {"application/n-triples": ox.RdfFormat.N_TRIPLES},
    object: {
        "text/csv": ox.QueryResultsFormat.CSV,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    },
}


def make(nquads: bytes) -> Any:
    """Return an app over some N-Quads."""
    store = ox.Store()
    store.load(nquads, format=ox.RdfFormat.N_QUADS)

    async def answer(request: Request) -> Response:
        try:
            found = store.query((await request.form())["query"])
            formats = _FORMATS.get(type(found), _FORMATS[object])
            # The suite names the format that it wants first.
            media_type = min(formats, key=lambda name: request.headers["accept"].find(name) % 1000)
            return Response(found.serialize(format=formats[media_type]), media_type=media_type)
        except (SyntaxError, ValueError, RuntimeError) as error:
            return Response(str(error), 400)

    return Starlette(routes=[Route("/sparql", answer, methods=["POST"])])
