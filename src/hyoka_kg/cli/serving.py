"""The command that serves the graph over HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from hyoka_kg.cli.options import SourceOption
from hyoka_kg.cli.output import say
from hyoka_kg.config import Settings
from hyoka_kg.errors import StoreError
from hyoka_kg.service import create_app
from hyoka_kg.service.connections import ConnectionBounds, bounded_protocol
from hyoka_kg.service.records import log_requests
from hyoka_kg.store import StorePlace, current_build

PlaceOption = Annotated[
    str | None,
    typer.Option("--store", help="Folder of the store, or sparql:URL of a server to stand in front of."),
]
_LEAVE_SECONDS = 15
# Beyond this many connections the answer is 503: waiting clients cost memory too.
_CONNECTIONS = 1000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve")(serve_command)


def serve_command(
    host: Annotated[str | None, typer.Option(help="Address (default: HYOKA_HOST or 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port (default: HYOKA_PORT or 8890).")] = None,
    store: PlaceOption = None,
    log: Annotated[bool, typer.Option(help="Write a line of JSON a request to standard error.")] = False,
    source: SourceOption = None,
) -> None:
    """Serve the graph: / explains itself, /sparql answers. Builds it first if there is none. 配信する。

    A new build in the same folder is served from the next second on; several of these may serve one folder.

    Example: hyoka serve --port 8890
    Example: hyoka serve --store sparql:http://127.0.0.1:8891/sparql --log
    """
    settings = Settings.from_environment()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    place = place_of(store, settings)
    if not place.is_remote:
        _build_if_absent(Path(place.address), source)
    if log:
        log_requests()
    say(f"http://{settings.host}:{settings.port}/ (SPARQL at /sparql; stop with Ctrl-C)")
    app = create_app(place, settings)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http=bounded_protocol(ConnectionBounds(settings.client_connections), app.state.loans),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_LEAVE_SECONDS,
        limit_concurrency=_CONNECTIONS,
    )


def place_of(store: str | None, settings: Settings) -> StorePlace:
    """Return the graph to serve: as given, else the server or folder of the settings."""
    address = store or (f"sparql:{settings.sparql_url}" if settings.sparql_url else str(settings.store_dir))
    return StorePlace(address, settings.union_default_graph, settings.query_timeout_seconds)


def _build_if_absent(store: Path, source: SourceOption) -> None:
    try:
        current_build(store)
    except StoreError:
        # Here and not above: what builds takes longer to import than what serves.
        from hyoka_kg.cli.building import build_command

        build_command(store, source)
