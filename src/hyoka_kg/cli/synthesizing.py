"""The command that writes the synthetic ministry."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hyoka_kg.cli.options import JsonOption
from hyoka_kg.cli.output import print_json, say
from hyoka_kg.synthesis import Kind, Request, Route, parse_years, synthesize


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("synthesize")(synthesize_command)


def synthesize_command(
    seed: Annotated[int, typer.Option("--seed", help="Any whole number; the same gives the same bytes.")],
    out: Annotated[Path, typer.Option("--out", help="New folder for tables, documents and truth.")],
    projects: Annotated[int, typer.Option("--projects", help="Projects in each year.")] = 20,
    years: Annotated[str, typer.Option("--years", help="Fiscal years of the sheets, within 2014-2023.")] = "2017-2018",
    kind: Annotated[Kind, typer.Option("--kind", help="Which forms.")] = Kind.BOTH,
    route: Annotated[
        Route,
        typer.Option("--as", help="How; facts: tables only, fast; judgit: public objects."),
    ] = Route.TEXT,
    disorder: Annotated[float, typer.Option("--disorder", help="How torn the text layer is, from 0 to 1.")] = 0.2,
    as_json: JsonOption = False,
) -> None:
    """Write papers of a fictitious ministry, with the truth about every cell. 架空の省の書類と正解を作る。

    Examples: hyoka synthesize --seed 1 --out ministry --as all
    · hyoka synthesize --seed 1 --out facts --as facts --projects 5000 --years 2014-2022
    · hyoka synthesize --seed 1 --out years --as judgit --projects 5000 --years 2015-2023
    """
    first, last = parse_years(years)
    request = Request(seed, projects, first, last, kind, route, disorder)
    start = time.monotonic()
    with Console(stderr=True).status("writing") if sys.stderr.isatty() else nullcontext() as status:
        counts = synthesize(request, out, progress=status.update if status else lambda step: say(f"- {step}"))
    say(f"written in {time.monotonic() - start:.1f} s")
    if as_json:
        print_json({"out": str(out), **asdict(counts)})
        return
    typer.echo(
        f"{out}: {counts.sheets:,} sheets in the tables, {counts.documents:,} documents in {counts.files:,} files, "
        f"{counts.cells:,} cells, {counts.defects:,} planted defects"
    )
