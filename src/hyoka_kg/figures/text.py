"""Measure and wrap text for boxes; a full-width character is one em wide."""

from __future__ import annotations

import unicodedata
from functools import cache

# Upper bounds over IPAexGothic and Noto Sans CJK JP (regular and bold), in em.
_WIDEST, _CAPITAL, _USUAL, _THIN = 1.02, 0.8, 0.68, 0.4
_WIDE_LATIN = frozenset("mwMW%@")
_THIN_LATIN = frozenset("ijlI.,:;'|!()[]{} -")
_MORE = "\u2026"


def text_width(text: str, size: float) -> float:
    """Return the width of a text at a font size, never too small."""
    return sum(map(_em, text)) * size


def wrap_text(text: str, width: float, size: float, max_lines: int = 0) -> list[str]:
    """Break a text into lines that fit a width.

    Args:
        text: The text; line breaks in it are kept.
        width: Room for a line.
        size: Font size.
        max_lines: Lines to keep at most; what is cut ends in an ellipsis. 0 keeps all.
    """
    lines = [line for part in text.splitlines() for line in _wrap_line(part.strip(), width, size)] or [""]
    if not max_lines or len(lines) <= max_lines:
        return lines
    last = lines[max_lines - 1]
    while last and text_width(last + _MORE, size) > width:
        last = last[:-1]
    return [*lines[: max_lines - 1], last + _MORE]


def _wrap_line(text: str, width: float, size: float) -> list[str]:
    lines, line = [], ""
    for character in text:
        if line and text_width(line + character, size) > width:
            line, rest = _break(line, character)
            lines.append(line)
            line = rest
        line = (line + character).lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _break(line: str, following: str) -> tuple[str, str]:
    """Return what stays on a full line and what moves to the next, before the character that follows."""
    cut = len(line)
    while cut > 1 and not _may_break(line[cut - 1], (line + following)[cut]):
        cut -= 1
    # A word longer than the line is cut where the line ends.
    cut = cut if cut > 1 else len(line)
    return line[:cut].rstrip(), line[cut:].lstrip()


def _may_break(before: str, after: str) -> bool:
    if _is_wide(before) or _is_wide(after):
        return not (_opens(before) or _stays_with_line(after))
    if before == "," and after.isdigit():
        return False
    return before in " -/," or after == " "


@cache
def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if _is_wide(character) or character in _WIDE_LATIN:
        return _WIDEST if character in _WIDE_LATIN else 1.0
    if character in _THIN_LATIN:
        return _THIN
    return _CAPITAL if character.isupper() else _USUAL


def _is_wide(character: str) -> bool:
    # Ambiguous characters (Roman numerals, circled digits, arrows) are full-width in Japanese fonts.
    return unicodedata.east_asian_width(character) in "WFA"


def _opens(character: str) -> bool:
    return unicodedata.category(character) in ("Ps", "Pi")


def _stays_with_line(character: str) -> bool:
    """Tell a character that must not begin a line: closing brackets, stops, long-vowel marks, small kana."""
    if unicodedata.category(character) in ("Pe", "Pf", "Po", "Lm"):
        return True
    return "LETTER SMALL" in unicodedata.name(character, "") and _is_wide(character)
