"""The command that compares a reading: with its transcription, or with the same document in other formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from hyoka_kg.cli.options import JsonOption
from hyoka_kg.cli.output import TableFormat, print_json, print_table, say
from hyoka_kg.cli.reading import FileArgument, FormOption
from hyoka_kg.config import data_dir
from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Document, FormReading
from hyoka_kg.pipeline.comparing import OUTCOMES, Comparison, compare, totals
from hyoka_kg.pipeline.facsimiles import LITERAL, RouteDifference, compare_routes, told_cells
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.sources.transcription import read_document, read_documents


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("compare")(compare_command)


def compare_command(
    file: FileArgument,
    others: Annotated[
        list[Path] | None,
        typer.Argument(help="Folder of a transcription, else known by SHA-256; or the document in other formats."),
    ] = None,
    form: FormOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the reading of a form with its transcription, or with its other formats. 読み取りを比べる。

    With a transcription: right, wrong, open and extra by group of boxes, numbers apart. With other formats: the cells
    that they do not tell alike, and why. Ends with 1 where a number is wrong, or where literals differ. Examples: hyoka
    compare ex-ante.txt · hyoka compare sheet.xlsx sheet.pdf sheet.txt
    """
    formats = [path for path in others or () if not path.is_dir()]
    if formats and len(formats) == len(others or ()):
        is_bad = _compare_formats([file, *formats], form, as_json=as_json)
    else:
        is_bad = _compare_transcription(file, others or (), form, as_json=as_json)
    if is_bad:
        raise typer.Exit(1)


def _compare_transcription(file: Path, folders: Sequence[Path], form: str | None, *, as_json: bool) -> bool:
    if len(folders) > 1:
        raise LayoutError("Name one folder of a transcription, or files of one document: hyoka compare FILE FILE.")
    reading = read_form(file, form)
    comparison = compare(reading, _document(reading, folders[0] if folders else None))
    if as_json:
        print_json(_comparison_as_json(comparison))
    else:
        _print_comparison(comparison)
    return any(verdict.is_number and verdict.outcome == "wrong" for verdict in comparison.verdicts)


def _document(reading: FormReading, folder: Path | None) -> Document:
    if folder is not None:
        return read_document(folder)
    for document in read_documents(data_dir() / "documents"):
        if document.head.source_sha256 == reading.sha256:
            return document
    raise LayoutError(
        f"No transcription has the SHA-256 {reading.sha256}. Name its folder: hyoka compare FILE data/documents/<id>"
    )


def _compare_formats(files: Sequence[Path], form: str | None, *, as_json: bool) -> bool:
    readings = _by_route([(path, read_form(path, form)) for path in files])
    differences = compare_routes(readings)
    cells, counts = told_cells(readings), Counter(one.reason for one in differences)
    if as_json:
        listed = [asdict(one) for one in differences]
        print_json({"routes": list(readings), "cells": cells, "counts": counts, "differences": listed})
    else:
        columns = ("subject", "field", "year", "reason", *_columns(differences))
        print_table(columns, [_difference_row(one, columns[4:]) for one in differences], TableFormat.TABLE)
        alike = cells - len({one.key for one in differences})
        reasons = ", ".join(f"{count} {reason}" for reason, count in counts.most_common())
        say(f"{cells} cells told, {alike} alike; {reasons or 'no difference'}")
    return counts[LITERAL] > 0


def _by_route(read: Sequence[tuple[Path, FormReading]]) -> dict[str, FormReading]:
    """Return readings by their route, or by the names of the files where two are of one route."""
    kinds = {f"{reading.form or 'nothing'} of FY{reading.fiscal_year}" for _, reading in read}
    if len(kinds) > 1 or not read[0][1].form:
        told = "; ".join(f"{path}: {reading.form or 'nothing'} of FY{reading.fiscal_year}" for path, reading in read)
        raise LayoutError(f"These are not one document in several formats ({told}). Bring files of the same sheet.")
    by_route = {reading.route: reading for _, reading in read}
    return by_route if len(by_route) == len(read) else {str(path): reading for path, reading in read}


def _columns(differences: Sequence[RouteDifference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in differences for name in one.told))


def _difference_row(one: RouteDifference, columns: Sequence[str]) -> tuple[str, ...]:
    subject, field, year = one.key
    return (subject, field, str(year or ""), one.reason, *(one.told.get(name, "") for name in columns))


def _comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "all": comparison.counts(),
        "numbers": comparison.counts(numbers_only=True),
        "wrong": [asdict(verdict) for verdict in comparison.wrong()],
    }


def _print_comparison(comparison: Comparison) -> None:
    for title, counts in (("all cells", comparison.counts()), ("numbers", comparison.counts(numbers_only=True))):
        rows = [(group, *(str(row[outcome]) for outcome in OUTCOMES)) for group, row in counts.items()]
        sums = totals(counts)
        rows.append(("total", *(str(sums[outcome]) for outcome in OUTCOMES)))
        print_table((title, *OUTCOMES), rows, TableFormat.MD)
        typer.echo("")
    for verdict in comparison.wrong():
        subject, field, year = verdict.key
        place = f"{subject} {field} {year or ''}".strip()
        typer.echo(
            f"{verdict.outcome}: {place}: read {verdict.read!r} ({verdict.basis}), transcribed {verdict.transcribed!r}"
        )
