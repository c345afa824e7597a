"""The command that draws pictures of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import JsonOption, StoreOption, open_store
from hyoka_kg.cli.output import print_json, say
from hyoka_kg.errors import HyokaError
from hyoka_kg.figures import PICTURES, Language, draw_picture

_LANGUAGES: tuple[Language, ...] = ("ja", "en")
_NAMES = ", ".join(f"{one.name} ({one.of or 'whole graph'})" for one in PICTURES.values())


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("picture")(picture_command)


def picture_command(
    name: Annotated[str, typer.Argument(help=f"Which picture, and what it is drawn of: {_NAMES}.")],
    thing: Annotated[str, typer.Argument(help="IRI, identifier or name of what it is drawn of.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write: .svg or .png.")] = None,
    language: Annotated[str, typer.Option("--lang", help="Language of the words: ja or en.")] = "ja",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw a picture of the graph, with its receipts under it. 図を描く。

    Without -o the picture is told in words. Where the data cannot carry it, the reason is told and nothing is written.

    Examples: hyoka picture trace mic/juki-net-security -o trace.svg · hyoka picture findings --lang en -o findings.png
    """
    chosen = next((one for one in _LANGUAGES if one == language), None)
    if chosen is None:
        raise HyokaError(f"--lang is ja or en, not '{language}'.")
    figure = draw_picture(open_store(store), name, thing, chosen)
    if as_json:
        print_json({"alt": figure.alt, "rows": list(figure.table)})
    elif output is None:
        typer.echo(figure.alt)
    if output is not None:
        say(f"wrote {figure.save(output)}")
