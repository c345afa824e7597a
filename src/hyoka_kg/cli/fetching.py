"""The command that fetches official files into the archive."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from hyoka_kg.acquisition import (
    Archive,
    Download,
    DownloadSource,
    Fetched,
    Line,
    Patience,
    fetch,
    find_source,
    open_client,
    read_downloads,
    take,
)
from hyoka_kg.acquisition.transfer import Watch
from hyoka_kg.cli.options import JsonOption
from hyoka_kg.cli.output import print_json, say
from hyoka_kg.config import Settings, data_dir
from hyoka_kg.errors import AcquisitionError

_MEGABYTE = 1_000_000
ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="Folder of fetched files (default: HYOKA_ARCHIVE or data/archive).")
]
DataOption = Annotated[Path | None, typer.Option("--data", help="Folder with sources/downloads.yml.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("fetch")(fetch_command)


def fetch_command(
    source: Annotated[str | None, typer.Argument(help="A source, such as cas_rs_csv; none: list them.")] = None,
    year: Annotated[list[int] | None, typer.Option("--year", help="Only this fiscal year; may be repeated.")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only files with these words, such as 5-1.")] = None,
    from_folder: Annotated[
        Path | None, typer.Option("--from", help="Take the files from this folder, as downloaded by hand.")
    ] = None,
    archive: ArchiveOption = None,
    update: Annotated[bool, typer.Option("--update", help="Ask again for what is there; take a new version.")] = False,
    max_mb: Annotated[int | None, typer.Option("--max-mb", min=1, help="Largest file, in millions of bytes.")] = None,
    show: Annotated[bool, typer.Option("--list", help="Show the files and their addresses, fetch nothing.")] = False,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch official files, checked by SHA-256, into the archive. 公式のファイルを取得して保管する。

    Every file is noted in manifest.csv of the archive: address, retrieval date, SHA-256, licence. What is there and
    unchanged is not asked for again; an interrupted file is resumed; a file whose content has changed is refused
    unless --update is given, and the former one is kept aside. Ends with 3 where a file could not be taken.

    Example: hyoka fetch cas_rs_csv --year 2024, then hyoka build --corpus data/archive

    Without a network: hyoka fetch cas_rs_csv --from ~/Downloads
    """
    sources = read_downloads(data or data_dir())
    if source is None:
        _print_sources(sources, as_json)
        return
    chosen = find_source(sources, source)
    if max_mb is not None:
        chosen = replace(chosen, max_bytes=max_mb * _MEGABYTE)
    downloads = chosen.choose(year or (), only or ())
    if show:
        _print_downloads(downloads, as_json)
        return
    kept = Archive(archive or Settings.from_environment().archive_dir)
    say(f"{chosen.title_ja} / {chosen.title_en}; {chosen.licence_ja} / {chosen.licence_en}; {chosen.attribution}")
    if from_folder is not None:
        _report(kept, take(kept, chosen, from_folder, downloads, update=update), len(downloads), as_json)
        return
    patience = Patience()
    with open_client(patience.connect_seconds, patience.read_seconds) as client, _watched() as watch:
        line = Line(client, chosen, patience, watch=watch, say=say)
        _report(kept, fetch(kept, line, downloads, update=update), len(downloads), as_json)


def _print_sources(sources: dict[str, DownloadSource], as_json: bool) -> None:
    if as_json:
        print_json([asdict(source) for source in sources.values()])
        return
    for source in sources.values():
        years = f", FY {' '.join(map(str, source.years))}" if source.years else ""
        typer.secho(f"{source.id}: {source.title_ja} / {source.title_en}", bold=True)
        typer.echo(f"  {len(source.downloads)} file(s){years}; {source.page}")
        typer.echo(f"  {source.licence_ja} / {source.licence_en} {source.licence_url}; {source.attribution}")


def _print_downloads(downloads: tuple[Download, ...], as_json: bool) -> None:
    if as_json:
        print_json([asdict(download) for download in downloads])
        return
    for download in downloads:
        typer.echo(f"{download.name}\n  {download.url}\n  SHA-256 {download.sha256 or '-'}")


def _report(archive: Archive, outcomes: Iterator[Fetched], wanted: int, as_json: bool) -> None:
    """Print what became of each file as it happens, then the sum; wanted ones may be left where the run ended early."""
    seen: list[Fetched] = []
    for outcome in outcomes:
        seen.append(outcome)
        say(f"{outcome.status}: {outcome.file}" + (f" ({outcome.bytes:,} bytes)" if outcome.bytes else ""))
        if outcome.trouble:
            say(outcome.trouble)
    if as_json:
        print_json([asdict(outcome) for outcome in seen])
    counts = Counter(outcome.status for outcome in seen)
    if wanted > len(seen):
        counts["not asked for"] = wanted - len(seen)
    say(f"{archive.folder}: " + ", ".join(f"{status} {count}" for status, count in counts.items()))
    if any(outcome.path for outcome in seen):
        say(f"Build with it: hyoka build --corpus {archive.folder}")
    if counts["failed"]:
        raise typer.Exit(AcquisitionError.exit_code)


@contextmanager
def _watched() -> Iterator[Watch]:
    """Give what shows the progress of a file: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _name, _received, _announced: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, transient=True) as progress:
        bars: dict[str, TaskID] = {}

        def watch(name: str, received: int, announced: int | None) -> None:
            if name not in bars:
                bars[name] = progress.add_task(name)
            progress.update(bars[name], completed=received, total=announced)

        yield watch
