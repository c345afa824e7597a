"""What the review page needs to know: a document's lines or page images, and statements with their places."""

from __future__ import annotations

from dataclasses import dataclass

from hyoka_kg.model import Rect, SpanPiece


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about one cell, from whichever reader or transcription.

    Attributes:
        subject: Local path of the thing, such as `entry/9`.
        field: What is said of it; of a long text, the name of its box.
        fiscal_year: Fiscal year of the value, or None.
        printed: The literal; empty where nothing is printed or the words stay with their document.
        value: Normalised value or code, or empty.
        unit: Unit, or empty.
        status: Whether there is a value, such as `dash`.
        state: How it is known: `explicit`, `inferred:<rule>`, `curated`, `open`, `not_in_source`, or a confidence.
        pieces: Where it stands in the text.
        rects: Where it stands on the pages.
        note: Id or sentence of the decision behind it, or empty.
        issues: What a reviewer must look at.
    """

    subject: str
    field: str
    fiscal_year: int | None
    printed: str
    value: str = ""
    unit: str = ""
    status: str = ""
    state: str = ""
    pieces: tuple[SpanPiece, ...] = ()
    rects: tuple[Rect, ...] = ()
    note: str = ""
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture.

    Attributes:
        number: Page number, from 1.
        width: Width in points.
        height: Height in points.
        png: The picture.
        texts: The page's pieces of text with their places.
    """

    number: int
    width: float
    height: float
    png: bytes
    texts: tuple[tuple[Rect, str], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A document to review: its lines or its pages, and what is claimed of it."""

    document: str
    title: str
    sha256: str
    lines: tuple[str, ...]
    pages: tuple[PageImage, ...]
    statements: tuple[Statement, ...]
