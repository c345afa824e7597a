"""Lead a request for SPARQL straight to its answer: finding a way through all routes costs as much as a look-up."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from hyoka_kg.errors import HyokaError
from hyoka_kg.service.failures import answer_to
from hyoka_kg.service.sparql import METHODS, PATHS, answer_query


class SparqlFirst:
    """Middleware inside those that every answer passes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query here; hand everything else on."""
        if scope["type"] != "http" or scope["path"] not in PATHS or scope["method"] not in METHODS:
            await self._app(scope, receive, send)
            return
        try:
            response = await answer_query(Request(scope, receive))
        except HyokaError as error:
            response = answer_to(error)
        await response(scope, receive, send)
