"""Commands that make and check the graph: build, check, validate, export, info, doctor."""

from __future__ import annotations

import json
import platform
import sys
import time
from contextlib import nullcontext
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hyoka_kg import __version__
from hyoka_kg.cli.options import JsonOption, SourceOption, StoreOption, store_folder
from hyoka_kg.cli.output import print_json, say
from hyoka_kg.config import data_dir, ontology_dir, queries_dir
from hyoka_kg.errors import HyokaError
from hyoka_kg.pipeline import BuildReport, build, load_inputs, read_report, validate_store
from hyoka_kg.pipeline.national.build import CorpusOptions, build_national
from hyoka_kg.pipeline.national.report import NationalReport
from hyoka_kg.pipeline.versions import read_versions
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.exporting import ExportFormat, export

_ENGINES = ("pyoxigraph", "rdflib", "pyshacl", "SPARQLWrapper", "fastapi")
CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder of the national corpora, as downloaded.")]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Go on where a killed build over a corpus stopped.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=0, help="Processes that read a corpus; 0: one a core.")]
InferredOption = Annotated[
    bool,
    typer.Option("--inferred", help="Add links that no paper states, in their own graph (not with --corpus)."),
]
DataOption = Annotated[Path | None, typer.Option("--data", help="Folder with registry/ and documents/.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("build")(build_command)
    app.command("check")(check_command)
    app.command("validate")(validate_command)
    app.command("export")(export_command)
    app.command("info")(info_command)
    app.command("doctor")(doctor_command)


def build_command(
    store: StoreOption = None,
    source: SourceOption = None,
    data: DataOption = None,
    corpus: CorpusOption = None,
    resume: ResumeOption = False,
    workers: WorkersOption = 0,
    inferred: InferredOption = False,
    as_json: JsonOption = False,
) -> None:
    """Build the graph aside, check it, and let it serve. グラフを構築する。

    Example: hyoka build --source paper.txt. With --corpus, a folder of official zips and JUDGIT! files joins it.
    """
    console, start = Console(stderr=True), time.monotonic()
    with console.status("building") if sys.stderr.isatty() else nullcontext() as status:
        steps = (lambda step: status.update(step)) if status else (lambda step: say(f"- {step}"))
        if corpus is None:
            report = build(store_folder(store), source or (), data, progress=steps, inferred=inferred)
        else:
            options = CorpusOptions(corpus, resume, workers)
            report = build_national(store_folder(store), options, source or (), data, steps)
    say(f"built in {time.monotonic() - start:.1f} s")
    _print_report(report, as_json)


def check_command(source: SourceOption = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """Read all inputs again, and every quote at its place where --source brings the text. 転記を確かめる。

    Example: hyoka check --source paper.txt
    """
    inputs = load_inputs(data or data_dir(), source or ())
    rows = {
        document.head.id: {
            "cells": len(document.cells),
            "passages": len(document.passages),
            "against_source": document.head.id in inputs.sourced,
        }
        for document in inputs.documents
    }
    if as_json:
        print_json(rows)
        return
    for name, row in rows.items():
        state = "every quote found at its place" if row["against_source"] else "source text not given, tables only"
        typer.echo(f"{name}: {row['cells']} cells, {row['passages']} passages; {state}")


def validate_command(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Check the built graph again: SHACL shapes and integrity queries. Ends with 4 on a violation. 検証する。"""
    counts = validate_store(EmbeddedStore.open(store_folder(store)))
    if as_json:
        print_json(counts)
    else:
        _print_counts(counts)
    if counts["Violation"]:
        raise typer.Exit(4)


def export_command(
    style: Annotated[ExportFormat, typer.Option("--format", help="Format of the file.")] = ExportFormat.NQUADS,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the whole graph to a file; the same graph gives the same bytes. 書き出す。

    Example: hyoka export --format trig -o hyoka.trig
    """
    opened = EmbeddedStore.open(store_folder(store))
    if output is None:
        export(opened, style, sys.stdout.buffer)
        return
    with output.open("wb") as file:
        export(opened, style, file)
    say(f"{output}: {output.stat().st_size:,} bytes")


def info_command(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Tell what is in the current build, and the versions of code, ontology and data. 中身と版を示す。"""
    versions, report = read_versions(), read_report(store_folder(store))
    if as_json:
        print_json(json.loads(report.as_json()) | {"versions": asdict(versions)})
        return
    typer.echo(f"code {versions.code}, ontology {versions.ontology}, data {versions.data}")
    _print_report(report, as_json=False)


def doctor_command(store: StoreOption = None) -> None:
    """Look at the installation and the store, and say what to do. 環境を診断する。"""
    typer.echo(f"hyoka-kg {__version__}, Python {platform.python_version()}")
    for name in _ENGINES:
        typer.echo(f"  {name} {_installed(name)}")
    for name, folder in (("ontology", ontology_dir()), ("queries", queries_dir()), ("data", data_dir())):
        typer.echo(f"  {name}: {folder}")
    try:
        report = read_report(store_folder(store))
        quads = EmbeddedStore.open(store_folder(store)).count()
    except HyokaError as error:
        say(f"  store: {error}")
        raise typer.Exit(error.exit_code) from error
    verdict = "whole" if quads == report.quads else f"damaged: the manifest says {report.quads:,}; build again"
    typer.echo(f"  store: {store_folder(store)}, build {report.build}, {quads:,} quads, {verdict}")


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "MISSING: run make setup"


def _print_report(report: BuildReport, as_json: bool) -> None:
    if as_json:
        typer.echo(report.as_json())
        return
    typer.echo(f"build {report.build} (code {report.version}): {report.quads:,} quads")
    for name in report.documents:
        prose = "with its prose" if name in report.sourced else "facts only; bring its text with --source for the prose"
        typer.echo(f"  {name}: {prose}")
    for graph, triples in report.graphs.items():
        typer.echo(f"  {triples:>7,}  {graph}")
    if report.national:
        _print_national(report.national)
    _print_counts(report.findings)


def _print_national(national: NationalReport) -> None:
    typer.echo(f"national corpora: {sum(national.sheets.values()):,} review sheets, {national.quads:,} statements")
    typer.echo("  sheets by publication year: " + ", ".join(f"{y} {n:,}" for y, n in national.sheets.items()))
    for name, years in national.classes.items():
        typer.echo(f"  {sum(years.values()):>11,}  {name}: " + ", ".join(f"{y} {n:,}" for y, n in years.items()))
    typer.echo("  not stated as it stands: " + (", ".join(f"{r} {n:,}" for r, n in national.issues.items()) or "none"))
    typer.echo(f"  fields whose share of filled values fell: {national.coverage_drops} (hyoka coverage --drops)")
    typer.echo("  seconds: " + ", ".join(f"{step} {seconds:,.1f}" for step, seconds in national.seconds.items()))
    peak = ", ".join(f"{name} {size:,} MiB" for name, size in national.peak_mebibytes.items())
    typer.echo(f"  peak memory: {peak}; store: {national.store_mebibytes:,} MiB")


def _print_counts(counts: dict[str, dict[str, int]]) -> None:
    for severity, rules in counts.items():
        detail = ", ".join(f"{rule} {count}" for rule, count in rules.items()) or "none"
        typer.echo(f"{severity}: {sum(rules.values())} ({detail})")
