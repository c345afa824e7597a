"""Put the service together: the graph's place is given, nothing is read from the environment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from hyoka_kg import __version__
from hyoka_kg.config import Settings
from hyoka_kg.service import graphs, home, operations, queries, search, sparql, things
from hyoka_kg.service.assistants import Assistants
from hyoka_kg.service.browser_files import LastingFiles
from hyoka_kg.service.evaluation import Engine
from hyoka_kg.service.explorer import routes as pages
from hyoka_kg.service.failures import add_failure_answers
from hyoka_kg.service.headers import OpenDoor
from hyoka_kg.service.loans import WORKERS, Loans, Used
from hyoka_kg.service.openapi import api_of
from hyoka_kg.service.records import Recorder, Records, is_recorded
from hyoka_kg.service.shortcut import SparqlFirst
from hyoka_kg.service.workers.messages import Terms
from hyoka_kg.store import StorePlace

_STATIC = Path(__file__).parent / "static"


def assemble(place: StorePlace, settings: Settings) -> FastAPI:
    """Return the web application over a graph.

    Args:
        place: Where the graph is; the service only reads it.
        settings: Bounds of the service.
    """
    # No page of FastAPI's own: they load scripts from foreign hosts. A redirect for a slash breaks SPARQL clients.
    app = FastAPI(
        title="hyoka-kg", version=__version__, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_lifespan
    )
    app.state.settings = settings
    app.state.records = Records()
    app.state.engine = engine = Engine(place, settings)
    app.state.loans = Loans(_terms(place, settings), partial(_count, engine, app.state.records))
    app.router.routes.extend(sparql.ROUTES)
    app.include_router(pages.router)
    for router in (home.router, operations.router, queries.router, search.router, graphs.router, things.router):
        app.include_router(router)
    app.mount("/static/built", GZipMiddleware(LastingFiles(directory=_STATIC / "built")), name="built")
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.openapi = api_of(app)  # type: ignore[method-assign]  # the way that FastAPI tells
    app.state.assistants = Assistants(engine)
    if find_spec("mcp"):
        # An extra of the package.
        app.router.routes.append(Route("/mcp", app.state.assistants, include_in_schema=False))
    add_failure_answers(app)
    app.add_middleware(SparqlFirst)
    app.add_middleware(OpenDoor)
    app.add_middleware(Recorder, records=app.state.records)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    engine: Engine = app.state.engine
    engine.pool.start()
    yield
    await app.state.assistants.close()
    app.state.loans.close()
    engine.close()


def _terms(place: StorePlace, settings: Settings) -> Terms:
    # All that keep answers share the room for them.
    cache_bytes = settings.cache_mb * 1_000_000 // (1 + WORKERS)
    memory = settings.worker_memory_mb * 1024 * 1024
    return Terms(place, memory, cache_bytes, settings.max_query_bytes, is_recorded())


def _count(engine: Engine, records: Records, used: Used) -> None:
    engine.clients.charge(used.client, used.seconds)
    engine.cache.hits += used.hits
    records.requests[200] += used.answers
    records.seconds += used.seconds
    records.sent_bytes += used.sent_bytes
