"""The command that serves the graph over HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer
import uvicorn

from hyoka_kg.cli.building import build_command
from hyoka_kg.cli.options import SourceOption, StoreOption, open_store, store_folder
from hyoka_kg.cli.output import say
from hyoka_kg.config import Settings
from hyoka_kg.errors import StoreError
from hyoka_kg.service import create_app
from hyoka_kg.store import current_build


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve")(serve_command)


def serve_command(
    host: Annotated[str | None, typer.Option(help="Address (default: HYOKA_HOST or 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port (default: HYOKA_PORT or 8890).")] = None,
    store: StoreOption = None,
    source: SourceOption = None,
) -> None:
    """Serve the graph: / explains itself, /sparql answers. Builds it first if there is none. 配信する。

    Example: hyoka serve --port 8890
    """
    settings = Settings.from_environment()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    if store or not settings.sparql_url:
        _build_if_absent(store, source)
    say(f"http://{settings.host}:{settings.port}/ (SPARQL at /sparql; stop with Ctrl-C)")
    uvicorn.run(create_app(open_store(store), settings), host=settings.host, port=settings.port, log_level="warning")


def _build_if_absent(store: StoreOption, source: SourceOption) -> None:
    try:
        current_build(store_folder(store))
    except StoreError:
        build_command(store, source)
