"""What a reading of a form claims, how it knows it, and what it left unread."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hyoka_kg.model.cells import CellKey, SpanPiece, ValueStatus


class ClaimState(StrEnum):
    """How a claim is known; there are no invented probabilities."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"
    CURATED = "curated"
    OPEN = "open"
    NOT_IN_SOURCE = "not_in_source"


@dataclass(frozen=True, slots=True)
class Claim:
    """One cell of a form as a reading states it, in the vocabulary of the transcriptions.

    Attributes:
        subject: Local path of the thing, such as `entry/9`.
        field: What is said of it; for a long text the name of its box.
        fiscal_year: Gregorian year in which the fiscal year of the value begins, or None.
        printed: The literal with marks of line breaks.
        page: 1-based page or sheet; None where nothing is printed.
        pieces: Places in a text; empty on the other routes.
        cell: Place of the cell of a page or workbook; empty on the text route.
        fragment: Fragment of an IRI that names the place.
        unit: Unit that a heading gives.
        value: Code that the literal stands for, where it alone does not tell.
        status: Whether there is a value.
        state: How the claim is known.
        rule: Name of the rule where the state is `inferred`, id of the patch where it is `curated`.
        is_passage: Whether it is a long text, known by place and hash in a transcription.
        issues: What a reader should know of the literal.
    """

    subject: str
    field: str
    printed: str
    page: int | None
    fiscal_year: int | None = None
    pieces: tuple[SpanPiece, ...] = ()
    cell: str = ""
    fragment: str = ""
    unit: str = ""
    value: str = ""
    status: ValueStatus = ValueStatus.REPORTED
    state: ClaimState = ClaimState.EXPLICIT
    rule: str = ""
    is_passage: bool = False
    issues: tuple[str, ...] = ()

    @property
    def key(self) -> CellKey:
        """Return what is unique in a reading."""
        return (self.subject, self.field, self.fiscal_year)

    @property
    def is_told(self) -> bool:
        """Return whether the reading states something: not an open cell, nor one that the paper leaves empty."""
        return self.state not in (ClaimState.OPEN, ClaimState.NOT_IN_SOURCE)

    @property
    def basis(self) -> str:
        """Return state and rule as one word, such as `inferred:only_gap`."""
        return f"{self.state}:{self.rule}" if self.rule else str(self.state)

    @property
    def place(self) -> str:
        """Return where the literal stands, for a person."""
        lines = ";".join(map(str, self.pieces))
        return self.cell or (f"page {self.page}, line {lines}" if lines else f"page {self.page}" if self.page else "")


@dataclass(frozen=True, slots=True)
class Residue:
    """Text of the source that no claim holds, with its place and the reason."""

    page: int
    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingIssue:
    """Something a reader must know: a rule that does not hold, or a refusal.

    Attributes:
        code: Name of the rule, such as `two_marks` or `sum_differs`.
        place: Where it was seen.
        detail: The values compared, or the text found.
    """

    code: str
    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class FormReading:
    """All that was read from one file.

    Attributes:
        form: Profile that read it, such as `ex-ante/2017`; empty where nothing was read.
        route: `text`, `pdf` or `workbook`.
        sha256: SHA-256 of the file.
        fiscal_year: Fiscal year of the sheet, where it prints one.
        pages: Pages or sheets of the file.
        lines: Lines of a text; 0 on the other routes.
        claims: What was read, in the order of the form.
        residue: What was not.
        issues: What to know.
    """

    form: str
    route: str
    sha256: str
    fiscal_year: int | None
    pages: int
    lines: int = 0
    claims: tuple[Claim, ...] = field(default=())
    residue: tuple[Residue, ...] = field(default=())
    issues: tuple[ReadingIssue, ...] = field(default=())
