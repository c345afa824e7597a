"""The command that measures the readers on a synthetic ministry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import JsonOption
from hyoka_kg.cli.output import TableFormat, print_json, print_table, say
from hyoka_kg.pipeline.measuring import Measurement, measure, share

_OUTCOMES = ("right", "wrong", "open")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("measure")(measure_command)


def measure_command(
    folder: Annotated[Path, typer.Argument(help="A folder that hyoka synthesize wrote.")],
    as_json: JsonOption = False,
) -> None:
    """Read every document of a synthetic ministry and judge every number by its truth. 読み取りの正確さを測る。

    Counts right, wrong and open by route and group of boxes; a number that the truth does not have is wrong. Ends with
    1 where a number is wrong. Example: hyoka synthesize --seed 1 --as all --out m && hyoka measure m
    """
    found = measure(folder)
    if as_json:
        print_json({route: dict(counts) for route, counts in found.totals().items()})
    else:
        print_table(("route", "boxes", *_OUTCOMES, "right %", "wrong %"), list(_rows(found)), TableFormat.MD)
        for one in found.wrong():
            subject, field, year = one.verdict.key
            say(f"{one.file}: {subject} {field} {year or ''}: read {one.verdict.read!r} ({one.verdict.basis})")
    if found.wrong():
        raise typer.Exit(1)


def _rows(found: Measurement) -> Iterator[tuple[str, ...]]:
    for (route, group), counts in found.counts().items():
        yield _row(route, group, counts)
    for route, counts in found.totals().items():
        yield _row(route, "all", counts)


def _row(route: str, group: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    shares = (f"{100 * share(counts, outcome):.2f}" for outcome in ("right", "wrong"))
    return route, group, *(str(counts.get(outcome, 0)) for outcome in _OUTCOMES), *shares
