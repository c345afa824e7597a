"""The command about the fields of the national corpora: how many are filled."""

from __future__ import annotations

from typing import Annotated

import typer

from hyoka_kg.cli.options import StoreOption, store_folder
from hyoka_kg.cli.output import TableFormat, print_table
from hyoka_kg.pipeline.national.coverage import THRESHOLD, fill_rates, find_drops
from hyoka_kg.pipeline.national.report import read_coverage
from hyoka_kg.store import current_build

_PERCENT = 100


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("coverage")(coverage_command)


def coverage_command(
    drops: Annotated[bool, typer.Option("--drops", help="Only what fell beyond the threshold.")] = False,
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0, help="Fall of the share, 0 to 1.")] = THRESHOLD,
    ministry: Annotated[str, typer.Option(help="Slug of one ministry, such as mic; else all together.")] = "",
    style: Annotated[TableFormat, typer.Option("--format", help="Format of the table.")] = TableFormat.TABLE,
    store: StoreOption = None,
) -> None:
    """Tell how many fields of the corpora are filled, by year, and which fell. 記入率を示す。

    Example: hyoka coverage --drops
    """
    filled, seen = read_coverage(current_build(store_folder(store)).parent)
    if drops:
        found = [drop for drop in find_drops(filled, seen, threshold) if not ministry or drop.ministry == ministry]
        rows = [(d.field, d.ministry or "all", str(d.fiscal_year), _share(d.before), _share(d.after)) for d in found]
        print_table(("field", "ministry", "fy", "before_percent", "after_percent"), rows, style)
        return
    rates = fill_rates(filled, seen, ministry)
    table = [(r.field, str(r.fiscal_year), _share(r.share), str(r.seen)) for r in rates]
    print_table(("field", "fy", "filled_percent", "values"), table, style)


def _share(share: float) -> str:
    return f"{share * _PERCENT:.1f}"
