"""Commands about the national corpora: how many fields are filled, and whether receipts hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import StoreOption, store_folder
from hyoka_kg.cli.output import TableFormat, print_table, say
from hyoka_kg.config import data_dir
from hyoka_kg.pipeline.national.coverage import THRESHOLD, fill_rates, find_drops
from hyoka_kg.pipeline.national.proof import Proof, prove_facts
from hyoka_kg.pipeline.national.report import read_coverage
from hyoka_kg.store import current_build
from hyoka_kg.vocabulary import compact

_PERCENT = 100


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("coverage")(coverage_command)
    app.command("prove")(prove_command)


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


def prove_command(
    corpus: Annotated[Path, typer.Option("--corpus", help="Folder of the corpora that the store was built from.")],
    count: Annotated[int, typer.Option(min=1, help="How many facts.")] = 1000,
    seed: Annotated[int, typer.Option(help="Draws the same facts again.")] = 1,
    style: Annotated[TableFormat, typer.Option("--format", help="Format of the table.")] = TableFormat.TABLE,
    store: StoreOption = None,
) -> None:
    """Read random facts of the store again from their source files; ends with 1 on a mismatch. 出典を抜き取り検査する。

    Example: hyoka prove --corpus downloads --count 1000 --seed 1
    """
    proof = prove_facts(store_folder(store), corpus, data_dir(), count, seed)
    counts = [(source, compact(name), str(number)) for (source, name), number in proof.by_kind().items()]
    print_table(("source", "property", "facts"), counts, style)
    _say_mismatches(proof)
    if proof.mismatches:
        raise typer.Exit(1)


def _say_mismatches(proof: Proof) -> None:
    for outcome in proof.mismatches:
        fact = outcome.fact
        place = f"{fact.source} {fact.file} row {fact.row} {'/'.join(fact.pointer)}".strip()
        say(f"{compact(fact.thing)} {compact(fact.predicate)}: stated {fact.value!r}, {place} says {outcome.found!r}")
    say(f"{len(proof.outcomes):,} facts read again, seed {proof.seed}; mismatches: {len(proof.mismatches)}")


def _share(share: float) -> str:
    return f"{share * _PERCENT:.1f}"
