"""Put the service together: the store is given, nothing is read from the environment."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from hyoka_kg import __version__
from hyoka_kg.config import Settings
from hyoka_kg.service import home, queries, sparql
from hyoka_kg.service.evaluation import Engine
from hyoka_kg.service.failures import add_failure_answers
from hyoka_kg.service.headers import OpenDoor
from hyoka_kg.store import GraphStore

_STATIC = Path(__file__).parent / "static"


def create_app(store: GraphStore, settings: Settings) -> FastAPI:
    """Return the web application over a store.

    Args:
        store: The graph to answer from; the service only reads it.
        settings: Bounds of a query: its time and its size.
    """
    # No page of FastAPI's own: they load scripts from foreign hosts. A redirect for a slash breaks SPARQL clients.
    app = FastAPI(title="hyoka-kg", version=__version__, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.settings = settings
    app.state.engine = Engine(store, settings.query_timeout_seconds)
    for router in (home.router, sparql.router, queries.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    add_failure_answers(app)
    app.add_middleware(OpenDoor)
    return app
