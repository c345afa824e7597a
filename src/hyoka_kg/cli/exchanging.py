"""The command that writes targets and actuals in the formats of other communities."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import StoreOption, open_store
from hyoka_kg.cli.output import say
from hyoka_kg.pipeline.exchange import cells_of, read_values, write_cube, write_iati


class ExchangeFormat(StrEnum):
    """What targets and actuals are written as."""

    IATI = "iati"
    DATACUBE = "datacube"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("exchange")(exchange_command)


def exchange_command(
    style: Annotated[ExchangeFormat, typer.Argument(help="iati: results of IATI 2.03; datacube: RDF Data Cube.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    ministry: Annotated[str, typer.Option(help="Only what the papers of a ministry tell: its code or name.")] = "",
    store: StoreOption = None,
) -> None:
    """Write targets and actuals as IATI results or RDF Data Cube, and tell what was left out. 目標と実績を書き出す。

    Example: hyoka exchange iati -o results.xml
    Example: hyoka exchange datacube --ministry mic -o cube.ttl
    """
    opened = open_store(store)
    cells = cells_of(opened, ministry)
    left_out = []
    with output.open("wb") as file:
        if style is ExchangeFormat.DATACUBE:
            write_cube(opened, cells, file)
        else:
            left_out = write_iati(read_values(opened, cells), file)
    say(f"written: {len(cells) - len(left_out):,} of {len(cells):,} values")
    for reason, count in sorted(Counter(one.reason for one in left_out).items()):
        say(f"left out: {reason} {count}")
