"""A cell of a form: what one document printed in one box, and exactly where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SOFT_BREAK = "\u23ce"
HARD_BREAK = "\u00b6"
# Subject, field and fiscal year: what names one box of a document.
CellKey = tuple[str, str, int | None]


class ValueStatus(StrEnum):
    """Whether a cell bears a value: zero, dash and nothing printed are three different things."""

    REPORTED = "reported"
    ZERO = "zero"
    DASH = "dash"
    NOT_YET = "not-yet"
    NOT_PRINTED = "not-printed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Locator:
    """The place of a record in our own files, for messages."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}"


@dataclass(frozen=True, slots=True)
class SpanPiece:
    """A run of source lines (1-based, inclusive), or characters [start, end) of one line."""

    start_line: int
    end_line: int
    start_char: int | None = None
    end_char: int | None = None

    @property
    def line_count(self) -> int:
        """Return how many lines the piece covers."""
        return self.end_line - self.start_line + 1

    def __str__(self) -> str:
        if self.start_char is not None:
            return f"{self.start_line}:{self.start_char}-{self.end_char}"
        return str(self.start_line) if self.line_count == 1 else f"{self.start_line}-{self.end_line}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form, as one row of a transcription states it.

    Attributes:
        subject: Local path of the thing the cell is about, such as `entry/9`.
        field: What the cell says of it, such as `executed`.
        fiscal_year: Gregorian year in which the fiscal year of the value begins, or None.
        unit: Unit given by a heading of the form, or empty.
        value: Code or link that a person decided, where the literal alone does not tell; or empty.
        printed: The literal, with marks for soft and hard line breaks.
        page: 1-based page, or None for rows that carry only structure.
        pieces: Where the literal stands in the source text.
        status: Whether there is a value.
        confidence: A certain, B restored and unique, C restored with another reading left.
        reading: Id of the layout decision in `readings.csv`, or empty.
        locator: Where the row stands in our own files.
    """

    subject: str
    field: str
    fiscal_year: int | None
    unit: str
    value: str
    printed: str
    page: int | None
    pieces: tuple[SpanPiece, ...]
    status: ValueStatus
    confidence: str
    reading: str
    locator: Locator

    @property
    def text(self) -> str:
        """Return the literal without soft line wraps; hard breaks stay as line breaks."""
        return self.printed.replace(SOFT_BREAK, "").replace(HARD_BREAK, "\n")

    @property
    def line_texts(self) -> list[str]:
        """Return the literal line by line, as the source breaks it."""
        return self.printed.replace(HARD_BREAK, SOFT_BREAK).split(SOFT_BREAK)

    @property
    def is_structure(self) -> bool:
        """Return whether the row is a decision about structure that is printed nowhere."""
        return not self.printed and not self.pieces and bool(self.value)

    @property
    def key(self) -> CellKey:
        """Return what must be unique in a document."""
        return (self.subject, self.field, self.fiscal_year)
