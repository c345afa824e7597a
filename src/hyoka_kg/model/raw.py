"""What a reader hands on before it knows the form: lines of a text, cells of a ruled page or workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hyoka_kg.model.cells import SOFT_BREAK, SpanPiece


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its 1-based number, its page, and its text as it stands."""

    number: int
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Characters [start, end) of one line."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the characters."""
        return self.line.text[self.start : self.end]

    @property
    def is_whole(self) -> bool:
        """Return whether the part is its line, but for outer white space."""
        return self.text.strip() == self.line.text.strip()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that runs over parts of lines; every cut of it still knows where it stands."""

    parts: tuple[Part, ...]

    @classmethod
    def of_lines(cls, lines: tuple[Line, ...]) -> Stretch:
        """Return the lines as one stretch, each without the white space behind it."""
        return cls(tuple(Part(line, 0, len(line.text.rstrip())) for line in lines))

    @property
    def text(self) -> str:
        """Return the text without line breaks."""
        return "".join(part.text for part in self.parts)

    @property
    def printed(self) -> str:
        """Return the literal in the notation of a transcription: line wraps are marked."""
        return SOFT_BREAK.join(part.text.strip() if part.is_whole else part.text for part in self.parts)

    @property
    def page(self) -> int:
        """Return the page on which the stretch begins."""
        return self.parts[0].line.page

    def cut(self, start: int, end: int | None = None) -> Stretch:
        """Return the characters [start, end) of the text as a stretch."""
        stop = len(self.text) if end is None else end
        return Stretch(tuple(self._cut_parts(start, stop)))

    def _cut_parts(self, start: int, end: int) -> Iterator[Part]:
        offset = 0
        for part in self.parts:
            length = part.end - part.start
            first, last = max(start - offset, 0), min(end - offset, length)
            if first < last:
                yield Part(part.line, part.start + first, part.start + last)
            offset += length

    def strip(self, characters: str | None = None) -> Stretch:
        """Return the stretch without outer white space, or without the outer characters given."""
        text = self.text
        start = len(text) - len(text.lstrip(characters))
        return self.cut(start, max(start, len(text.rstrip(characters))))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __add__(self, other: Stretch) -> Stretch:
        return Stretch(self.parts + other.parts)

    @property
    def pieces(self) -> tuple[SpanPiece, ...]:
        """Return the places in the notation of a transcription: whole lines joined, else characters."""
        pieces: list[SpanPiece] = []
        for part in self.parts:
            number = part.line.number
            if not part.is_whole:
                pieces.append(SpanPiece(number, number, part.start, part.end))
            elif pieces and pieces[-1].start_char is None and pieces[-1].end_line == number - 1:
                pieces[-1] = replace(pieces[-1], end_line=number)
            else:
                pieces.append(SpanPiece(number, number))
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one page with no blank line between them: what an extractor took for one piece."""

    lines: tuple[Line, ...]

    @property
    def page(self) -> int:
        """Return the page of the block."""
        return self.lines[0].page

    @property
    def stretch(self) -> Stretch:
        """Return the whole block as one stretch."""
        return Stretch.of_lines(self.lines)


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A text as an extractor left it: blocks in printed order, and what it is known by."""

    sha256: str
    blocks: tuple[Block, ...]
    line_count: int
    page_count: int

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each block, and of each line, since lines of a block may be of different cells."""
        lines = {line.text for block in self.blocks for line in block.lines}
        return (*(block.stretch.text for block in self.blocks), *sorted(lines))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; x grows to the right, y downwards (points of a page, or columns and rows of a sheet)."""

    x0: float
    y0: float
    x1: float
    y1: float

    def shares_rows(self, other: Box) -> float:
        """Return how much of the lower of two boxes' heights they share, from 0 to 1."""
        return _share(self.y0, self.y1, other.y0, other.y1)

    def shares_columns(self, other: Box) -> float:
        """Return how much of the narrower of two boxes' widths they share, from 0 to 1."""
        return _share(self.x0, self.x1, other.x0, other.x1)


def _share(a0: float, a1: float, b0: float, b1: float) -> float:
    shorter = min(a1 - a0, b1 - b0)
    return max(0.0, min(a1, b1) - max(a0, b0)) / shorter if shorter > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page, in points from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        return f"{self.page}:{self.left:.1f},{self.top:.1f},{self.right:.1f},{self.bottom:.1f}"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled page or of a workbook.

    Attributes:
        page: 1-based page, or position of the sheet.
        box: Where it lies.
        text: What it prints, with line breaks as they stand.
        place: How a person finds it: `Sheet1!B4`, or page and rectangle.
        fragment: Fragment of an IRI that names it (RFC 8118 for a page of a PDF).
        stored: What a workbook stores where that is not what it prints; or None.
    """

    page: int
    box: Box
    text: str
    place: str
    fragment: str
    stored: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a document page by page, and what its reader has to say about it.

    Attributes:
        route: `pdf` or `workbook`.
        sha256: SHA-256 of the file.
        pages: Cells of each page or sheet, in reading order.
        issues: Codes with places, such as `hidden_sheet` or `undecoded_glyph`.
    """

    route: str
    sha256: str
    pages: tuple[tuple[GridCell, ...], ...]
    issues: tuple[tuple[str, str], ...] = ()
