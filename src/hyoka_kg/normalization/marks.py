"""Numbers of items as printed: circled for the main ones (③), in brackets, or bare."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts
from hyoka_kg.normalization.folding import compact
from hyoka_kg.normalization.numerals import circled_number

_PLAIN = re.compile(r"\(([0-9]{1,2})\)|([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of an item; a circle marks a main indicator (主要な測定指標)."""

    number: int
    is_circled: bool

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"n": self.number, "circled": self.is_circled}


def parse_mark(raw: str) -> Mark:
    """Return the number that a mark bears.

    Raises:
        ValueTextError: The text is no mark.

    >>> parse_mark("③"), parse_mark("(9)")
    (Mark(number=3, is_circled=True), Mark(number=9, is_circled=False))
    """
    text = compact(raw)
    circled = circled_number(text)
    if circled is not None:
        return Mark(circled, is_circled=True)
    match = _PLAIN.fullmatch(text)
    if match is None:
        raise ValueTextError("not a circled, bracketed or bare number of at most two digits")
    return Mark(int(match[1] or match[2]), is_circled=False)
