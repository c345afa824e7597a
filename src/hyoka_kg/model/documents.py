"""A transcribed document: its head, its cells, and the places of its prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hyoka_kg.model.cells import Cell, CellKey, Locator, SpanPiece


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source document, line by line, identified by the SHA-256 of its bytes."""

    sha256: str
    lines: tuple[str, ...]

    def piece_texts(self, piece: SpanPiece) -> list[str]:
        """Return the text of each line of a piece; whole lines lose their outer white space.

        Raises:
            IndexError: A line or character lies outside the text.
        """
        if not 1 <= piece.start_line <= piece.end_line <= len(self.lines):
            raise IndexError(f"line {piece} of {len(self.lines)}")
        lines = self.lines[piece.start_line - 1 : piece.end_line]
        if piece.start_char is None or piece.end_char is None:
            return [line.strip() for line in lines]
        if not 0 <= piece.start_char < piece.end_char <= len(lines[0]):
            raise IndexError(f"characters {piece} of {len(lines[0])}")
        return [lines[0][piece.start_char : piece.end_char]]

    def quote(self, pieces: tuple[SpanPiece, ...]) -> list[str]:
        """Return the line texts of all pieces in order."""
        return [text for piece in pieces for text in self.piece_texts(piece)]


@dataclass(frozen=True, slots=True)
class Passage:
    """A long text of a form: its place and hash always, its words only beside its document."""

    subject: str
    box: str
    page: int
    pieces: tuple[SpanPiece, ...]
    length: int
    sha256: str
    locator: Locator
    text: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What identifies one document version.

    Attributes:
        id: Folder name and identifier, such as `mic-ex-ante-fy2017-08`.
        kind: `ex-ante` or `review-sheet`.
        ministry: Organisation slug of the publisher.
        sheet_fiscal_year: Gregorian year in which the fiscal year of the sheet begins.
        number: The issued number within ministry, kind and year.
        revision: Number of our transcription of it, from 1.
        iri_path: Path of its IRI below `id/doc/`.
        title_ja: Title in Japanese.
        title_en: Title in English.
        issued: Date of publication; `issued_basis` says how it is known.
        issued_basis: What the date rests on.
        policy: Policy slug that the document is about.
        source_sha256: SHA-256 of the source text, in hexadecimal.
        line_count: Lines of the source text.
        page_count: Pages of the source text.
    """

    id: str
    kind: str
    ministry: str
    sheet_fiscal_year: int
    number: str
    revision: int
    iri_path: str
    title_ja: str
    title_en: str
    issued: date
    issued_basis: str
    policy: str
    source_sha256: str
    line_count: int
    page_count: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document with all of its cells and passages.

    Attributes:
        head: What it is known by.
        cells: Its cells.
        passages: Its long texts.
        errata: What a cell should print where the paper is wrong, by the key of the cell, as a patch told it.
    """

    head: DocumentHead
    cells: tuple[Cell, ...]
    passages: tuple[Passage, ...]
    errata: Mapping[CellKey, str] = field(default_factory=dict)
