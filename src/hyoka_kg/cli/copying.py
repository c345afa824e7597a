"""The command that copies the notebooks out of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.output import say
from hyoka_kg.pipeline.notebooks import copy_notebooks


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("notebooks")(notebooks_command)


def notebooks_command(
    folder: Annotated[Path, typer.Argument(help="Folder to copy them to; what stands there is not replaced.")] = Path(
        "notebooks"
    ),
) -> None:
    """Copy the notebooks of the package to a folder, to read, run and change. ノートブックを写す。

    They ask the store of the settings, or data/build/store here or in the folder above: hyoka build makes one.

    Example: hyoka notebooks notebooks
    """
    copied = copy_notebooks(folder)
    for path in copied:
        typer.echo(path)
    say(f"{len(copied)} notebook(s). To run them: pip install 'hyoka-kg[notebook]' jupyterlab")
