"""Commands that read forms: read, transcribe."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from hyoka_kg.cli.options import JsonOption
from hyoka_kg.cli.output import TableFormat, print_json, print_table, say
from hyoka_kg.model import Claim, FormReading
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.pipeline.transcribing import transcribe
from hyoka_kg.sources.patches import patch_reading, read_patches
from hyoka_kg.sources.reading.reporting import told_issue

FileArgument = Annotated[Path, typer.Argument(help="A form as text, PDF or workbook (.xlsx).")]
FormOption = Annotated[str | None, typer.Option("--as", help="Profile to read it by, such as ex-ante/2017.")]
_CLAIM_COLUMNS = ("subject", "field", "year", "printed", "basis", "place")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("read")(read_command)
    app.command("transcribe")(transcribe_command)


def read_command(
    file: FileArgument,
    form: FormOption = None,
    as_json: JsonOption = False,
    residue: Annotated[bool, typer.Option("--residue", help="Print what was not read, instead.")] = False,
    patches: Annotated[
        Path | None, typer.Option("--patches", help="Corrections of the review page; a stale one stops.")
    ] = None,
) -> None:
    """Read a form into claims with receipts; nothing is written. 様式を読む。

    Every claim says how it is known: explicit, inferred by a named rule, open, or not in the source. What no claim
    holds is the residue. Example: hyoka read sheet.xlsx --json
    """
    reading = read_form(file, form)
    if patches is not None:
        reading = patch_reading(reading, read_patches(patches))
    if as_json:
        print_json(_reading_as_json(reading))
    elif residue:
        rows = [(str(one.page), one.place, one.text, one.reason) for one in reading.residue]
        print_table(("page", "place", "text", "reason"), rows, TableFormat.TABLE)
    else:
        print_table(_CLAIM_COLUMNS, [_claim_row(claim) for claim in reading.claims], TableFormat.TABLE)
    _say_summary(reading)


def transcribe_command(
    file: FileArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="New folder; its name is the id of the document.")],
    form: FormOption = None,
    ministry: Annotated[str, typer.Option("--ministry", help="Slug of the publisher in the registry.")] = "unknown",
) -> None:
    """Write a reading as a draft of data/documents/<id>/, for a person to complete. 転記の下書きを作る。

    Open fields, inferences, issues and residue are listed in review.yml. An existing folder is never touched.
    Example: hyoka transcribe sheet.txt -o draft/mic-review-sheet-fy2018-0036
    """
    draft = transcribe(read_form(file, form), output, ministry)
    for name, count in draft.cells.items():
        typer.echo(f"{output / name}: {count} cells")
    say(f"{draft.passages} texts, {draft.open} open fields; review.yml lists what to decide")


def _claim_row(claim: Claim) -> tuple[str, ...]:
    year = str(claim.fiscal_year or "")
    return claim.subject, claim.field, year, claim.printed or claim.value, claim.basis, claim.place


def _say_summary(reading: FormReading) -> None:
    if not reading.form:
        say("nothing read here")
    else:
        states = Counter(str(claim.state) for claim in reading.claims)
        counts = ", ".join(f"{count} {state}" for state, count in states.most_common())
        say(f"{reading.form} from {reading.route}, {reading.pages} page(s): {counts or 'no claims'}")
        say(f"residue: {len(reading.residue)} run(s) of text")
    for issue in reading.issues:
        say(told_issue(issue))


def _reading_as_json(reading: FormReading) -> dict[str, Any]:
    record = {name: value for name, value in asdict(reading).items() if name != "claims"}
    record["claims"] = [
        {
            **{name: value for name, value in asdict(claim).items() if name != "pieces"},
            "spans": ";".join(map(str, claim.pieces)),
        }
        for claim in reading.claims
    ]
    return record
