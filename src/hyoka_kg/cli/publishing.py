"""The command that publishes the graph to another server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import JsonOption, StoreOption, store_folder
from hyoka_kg.cli.output import print_json, say
from hyoka_kg.config import Settings
from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline import read_report
from hyoka_kg.pipeline.publishing import publish_graphs
from hyoka_kg.store import EmbeddedStore, RemoteStore
from hyoka_kg.store.graph_stores import GraphStoreServer
from hyoka_kg.store.virtuoso import VirtuosoLoader

_SENTENCE = (
    "build {build}: {triples:,} triples on the server, equal graph by graph; {sent:,} graphs sent, {kept:,} kept, "
    "{removed:,} removed; {seconds} s, {load_seconds} s of it loading"
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("publish")(publish_command)


def publish_command(
    to: Annotated[str, typer.Option("--to", help="The server's query URL.")],
    graph_store: Annotated[str, typer.Option("--graph-store", help="Its Graph Store Protocol URL.")],
    read_from: Annotated[str, typer.Option("--read-from", help="Where graphs are read back, if elsewhere.")] = "",
    user: Annotated[str, typer.Option("--user", help="Who writes; the password: HYOKA_PUBLISH_PASSWORD.")] = "",
    virtuoso: Annotated[str, typer.Option("--virtuoso", help="HOST:PORT of its SQL service: load in bulk.")] = "",
    folder: Annotated[Path | None, typer.Option("--folder", help="With --virtuoso: a folder that it may read.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send the graph to any SPARQL 1.1 server and compare graph by graph; what is there already stays. 公開する。

    Example: hyoka publish --to http://127.0.0.1:3030/ds/query --graph-store http://127.0.0.1:3030/ds/data
    """
    settings, start = Settings.from_environment(), time.monotonic()
    for url in filter(None, (to, graph_store, read_from)):
        if not url.startswith(("http://", "https://")):
            raise StoreError(f"'{url}' is not the address of a server. Write https://host/path.")
    place = store_folder(store)
    build = read_report(place).build
    server = GraphStoreServer(graph_store, read_from, user, settings.publish_password)
    loader = _loader(virtuoso, folder, user or "dba", settings.publish_password) if virtuoso else None
    done = publish_graphs(
        EmbeddedStore.open(place), RemoteStore(to), server, loader, lambda step: say(f"- {step}"), build
    )
    told = {
        "build": build,
        "sent": len(done.sent),
        "kept": len(done.kept),
        "removed": len(done.removed),
        "triples": done.triples,
        "load_seconds": done.load_seconds,
        "seconds": round(time.monotonic() - start, 1),
    }
    if as_json:
        print_json(told)
    else:
        typer.echo(_SENTENCE.format_map(told))


def _loader(server: str, folder: Path | None, user: str, password: str) -> VirtuosoLoader:
    if folder is None:
        raise StoreError("--virtuoso loads from files: name a folder that the server may read (--folder).")
    return VirtuosoLoader(server, folder, user, password)
