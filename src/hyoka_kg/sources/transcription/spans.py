"""The notation of source places in a transcription: `913`, `906-907`, `149:0-1`, joined by `;`."""

from __future__ import annotations

import re

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Locator, SpanPiece

_PIECE = re.compile(r"([0-9]+)(?:-([0-9]+)|:([0-9]+)-([0-9]+))?")


def parse_spans(text: str, locator: Locator) -> tuple[SpanPiece, ...]:
    """Return the pieces of a `spans` cell; an empty cell has none.

    Raises:
        LayoutError: A piece is not in the notation, or runs backwards.
    """
    return tuple(_parse_piece(piece, locator) for piece in text.split(";")) if text else ()


def _parse_piece(text: str, locator: Locator) -> SpanPiece:
    match = _PIECE.fullmatch(text)
    if match is None:
        raise LayoutError(
            f"{locator}, column spans: cannot read '{text}' as a place. "
            "Write a line (913), lines (906-907) or characters of a line (149:0-1), joined by ';'."
        )
    first, last, start, end = match.groups()
    piece = SpanPiece(int(first), int(last or first), int(start) if start else None, int(end) if end else None)
    if piece.start_line > piece.end_line or (start and int(start) >= int(end)):
        raise LayoutError(f"{locator}, column spans: '{text}' runs backwards or is empty.")
    return piece
