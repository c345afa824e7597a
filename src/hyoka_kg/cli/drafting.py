"""The command that accepts changes to a draft of the graph."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated

import typer
import uvicorn

from hyoka_kg.cli.options import StoreOption, store_folder
from hyoka_kg.cli.output import say
from hyoka_kg.config import Settings
from hyoka_kg.service.private import create_private_app
from hyoka_kg.store.drafts import Draft


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("draft")(draft_command)


def draft_command(
    host: Annotated[
        str, typer.Option(help="Address; every other than this machine's own needs a TLS proxy.")
    ] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port (default: HYOKA_DRAFT_PORT or 8892).")] = None,
    discard: Annotated[bool, typer.Option("--discard", help="Throw away the draft that is there; begin anew.")] = False,
    store: StoreOption = None,
) -> None:
    """Accept SPARQL updates to a draft of the graph, from whoever has the token; POST /publish lets it serve. 下書き。

    Example: hyoka draft, then curl -H "Authorization: Bearer TOKEN" --data-binary @change.ru
    -H "Content-Type: application/sparql-update" http://127.0.0.1:8892/update
    """
    settings = Settings.from_environment()
    settings = replace(settings, draft_port=port or settings.draft_port)
    draft = Draft(store_folder(store))
    if discard:
        draft.discard()
    draft.begin()
    token = settings.draft_token or secrets.token_urlsafe(32)
    say(f"draft of {draft.base}: http://{host}:{settings.draft_port}/ (update, sparql, graphs, publish)")
    say(f"token: {'as in HYOKA_DRAFT_TOKEN' if settings.draft_token else token}")
    uvicorn.run(
        create_private_app(draft, settings, token),
        host=host,
        port=settings.draft_port,
        log_level="warning",
        access_log=False,
    )
