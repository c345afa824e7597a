"""The command that writes a dump of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import JsonOption, StoreOption, store_folder
from hyoka_kg.cli.output import TableFormat, print_json, print_table, say
from hyoka_kg.errors import QueryError
from hyoka_kg.pipeline.dumping import PARTS, DumpReport, Part, dump
from hyoka_kg.store import EmbeddedStore


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("dump")(dump_command)


def dump_command(
    folder: Annotated[Path, typer.Argument(help="Folder to write; a former dump there is replaced at the end.")],
    only: Annotated[
        list[str] | None, typer.Option("--only", help=f"A part: {', '.join(PARTS)}. May be repeated; default: all.")
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write N-Quads, TriG and Parquet tables, with VoID, DCAT, a JSON-LD context and SHA-256. 一式を書き出す。

    Example: hyoka dump release --only nquads --only tables
    """
    report = dump(EmbeddedStore.open(store_folder(store)), folder, _parts(only), lambda step: say(f"- {step}"))
    if as_json:
        print_json(_told(report))
        return
    lines = [
        (file.name, f"{file.size:,}", "" if file.rows is None else f"{file.rows:,}", file.sha256)
        for file in report.files
    ]
    print_table(("file", "bytes", "rows", "sha256"), lines, TableFormat.TABLE)
    say(f"{report.folder}: {report.quads:,} quads; check it: cd {report.folder} && sha256sum -c SHA256SUMS")


def _parts(only: list[str] | None) -> list[Part]:
    unknown = [name for name in only or () if name not in PARTS]
    if unknown:
        raise QueryError(f"A dump has no part '{unknown[0]}'. There are: {', '.join(PARTS)}.")
    return [part for part in PARTS if not only or part in only]


def _told(report: DumpReport) -> dict[str, object]:
    files = [{"name": f.name, "bytes": f.size, "sha256": f.sha256, "rows": f.rows} for f in report.files]
    return {"folder": str(report.folder), "quads": report.quads, "files": files}
