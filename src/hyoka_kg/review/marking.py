"""Cut the lines of a text where claims begin and end, so that every character knows its claims or that it has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hyoka_kg.model import Rect, SourceText
from hyoka_kg.review.records import PageImage, Statement

PLACE_NOT_FOUND = "place_not_found"
QUOTE_DIFFERS = "quote_differs"
_BREAKS = str.maketrans("", "", "\u23ce\u00b6\n")


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of a line that belong to the same claims; none means unread."""

    text: str
    claims: tuple[int, ...]

    @property
    def is_unread(self) -> bool:
        """Return whether letters stand here that no claim holds."""
        return not self.claims and bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its number and segments."""

    number: int
    segments: tuple[Segment, ...]

    @property
    def is_unread(self) -> bool:
        """Return whether any of its letters is unread."""
        return any(segment.is_unread for segment in self.segments)


def mark_lines(lines: Sequence[str], statements: Sequence[Statement]) -> list[MarkedLine]:
    """Return every line cut into segments; places outside the text are left out here and flagged by `check`."""
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for index, statement in enumerate(statements, 1):
        for piece in statement.pieces:
            for number in range(piece.start_line, min(piece.end_line, len(lines)) + 1):
                whole = piece.start_char is None or piece.end_char is None
                end = len(lines[number - 1]) if whole else piece.end_char or 0
                spans[number].append((piece.start_char or 0, end, index))
    return [MarkedLine(number, _cut(line, spans[number])) for number, line in enumerate(lines, 1)]


def _cut(line: str, spans: list[tuple[int, int, int]]) -> tuple[Segment, ...]:
    ends = sorted({0, len(line), *(min(end, len(line)) for start, stop, _ in spans for end in (start, stop))})
    return tuple(
        Segment(line[start:end], tuple(claim for first, last, claim in spans if first <= start and end <= last))
        for start, end in pairwise(ends)
    )


def check(statement: Statement, lines: tuple[str, ...]) -> Statement:
    """Return the statement with an issue where its place is outside the text, or other words stand there."""
    if not lines or not statement.pieces:
        return statement
    try:
        found = "".join(SourceText("", lines).quote(statement.pieces))
    except IndexError:
        return replace(statement, issues=(*statement.issues, PLACE_NOT_FOUND))
    if statement.printed and _bare(found) != _bare(statement.printed):
        return replace(statement, issues=(*statement.issues, QUOTE_DIFFERS))
    return statement


def _bare(text: str) -> str:
    return "".join(text.translate(_BREAKS).split())


def unread_texts(page: PageImage, statements: Sequence[Statement]) -> list[tuple[Rect, str]]:
    """Return the pieces of a page's text whose centre lies in no claim's rectangle."""
    held = [rect for statement in statements for rect in statement.rects if rect.page == page.number]
    return [(rect, text) for rect, text in page.texts if not any(_holds(one, rect) for one in held)]


def _holds(outer: Rect, inner: Rect) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
