"""The command that writes the review page of a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.output import say
from hyoka_kg.config import data_dir
from hyoka_kg.errors import LayoutError
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.review import (
    Review,
    Statement,
    claims_of_document,
    claims_of_reading,
    read_claims,
    read_review_source,
    render_page,
)
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.sources.transcription import read_documents

_Claimed = tuple[str, str, tuple[Statement, ...]]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("review")(review_command)


def review_command(
    file: Annotated[Path, typer.Argument(help="Text layer (UTF-8) or PDF of a paper.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
    claims: Annotated[
        Path | None, typer.Option("--claims", help="Claims as JSON lines; else those of the transcription or reader.")
    ] = None,
    by_reader: Annotated[
        bool, typer.Option("--reading", help="What the reader of forms claims, though there is a transcription.")
    ] = False,
) -> None:
    """Write one offline HTML page: the paper beside what is claimed of it, for checking. 原文と記載を並べて確かめる。

    A paper that is not transcribed is read by its form. Examples: hyoka review paper.txt -o page.html
    · hyoka review sheet.pdf --reading -o page.html
    · hyoka review ministry/documents/ID.pdf --claims ministry/cells.jsonl -o page.html
    """
    sha256, lines, pages = read_review_source(file)
    document, title, statements = (
        (file.stem, file.stem, read_claims(claims, file.stem))
        if claims
        else (None if by_reader else _transcribed(sha256)) or _read(file, sha256)
    )
    html = render_page(Review(document, title, sha256, lines, pages, statements))
    output.write_text(html, encoding="utf-8")
    say(f"{output}: {len(statements):,} claims, {output.stat().st_size:,} bytes")


def _transcribed(sha256: str) -> _Claimed | None:
    for document in read_documents(data_dir() / "documents"):
        if document.head.source_sha256 == sha256:
            rows = read_registry(data_dir() / "registry")["readings"]
            reasons = {row["id"]: row["reason_ja"] for row in rows}
            return document.head.id, document.head.title_ja, claims_of_document(document, reasons)
    return None


def _read(file: Path, sha256: str) -> _Claimed:
    reading = read_form(file)
    if not reading.form:
        raise LayoutError(
            f"{file} (SHA-256 {sha256[:12]}…) is none of the transcribed papers, and no form that can be read. "
            "Bring its claims with --claims FILE."
        )
    return file.stem, f"{file.stem} ({reading.form})", claims_of_reading(reading)
