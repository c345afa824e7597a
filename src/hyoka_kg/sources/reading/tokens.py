"""Tokens of a printed line: amounts, quantities, years, dashes; everything else is words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from hyoka_kg.model import Block, Line, Part, Stretch
from hyoka_kg.normalization import fold, parse_value

_RUN = re.compile(r"\S+")
_CUT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*,[0-9]{0,2}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CUT_AT_POINT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?:\.\n|\n\.)[0-9]+")
_WRAPPED_LINES = 2
_BARE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")


class Kind(StrEnum):
    """What a token is; one letter, so that a run of tokens can be matched as a word."""

    AMOUNT = "A"
    EXECUTED = "E"
    DASH = "D"
    NUMBER = "N"
    YEAR = "Y"
    QUANTITY = "Q"
    RELATIVE = "R"
    REFERENCES = "F"
    WORDS = "W"


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place and the facts that the value grammar reads in it."""

    kind: Kind
    stretch: Stretch
    facts: dict[str, object]

    @property
    def text(self) -> str:
        """Return the token as printed, without line wraps."""
        return self.stretch.text


def tokens_of(block: Block) -> list[Token]:
    """Return the tokens of a block, line by line; a number that its narrow cell wrapped is one token."""
    if is_wrapped_number(block):
        return [as_token(block.stretch)]
    return [token for line in block.lines for token in tokens_of_line(line)]


def is_wrapped_number(block: Block) -> bool:
    """Return whether a block is one number in two lines: cut at the point, or its digits grouped rightly only together.

    >>> cuts = (("31,46", "0"), ("31,460", "12"), ("102.", "9"), ("102", "9"))
    >>> [is_wrapped_number(Block((Line(1, 1, a), Line(2, 1, b)))) for a, b in cuts]
    [True, False, True, False]
    """
    if len(block.lines) != _WRAPPED_LINES:
        return False
    first, second = (fold(line.text.strip()) for line in block.lines)
    is_grouped = _CUT.fullmatch(first) is not None and _GROUPED.fullmatch(first + second) is not None
    return is_grouped or _CUT_AT_POINT.fullmatch(f"{first}\n{second}") is not None


def tokens_of_line(line: Line) -> list[Token]:
    """Return the tokens of a line; a number and the unit behind a space are one (40.1 時間).

    >>> [token.kind.value for token in tokens_of_line(Line(1, 1, "38 時間以内 ― 27年度 (2百万円)"))]
    ['Q', 'D', 'Y', 'E']
    """
    return list(_tokens(line))


@lru_cache(maxsize=8192)
def _tokens(line: Line) -> tuple[Token, ...]:
    """Return the tokens of a line; readers of several boxes ask for the same lines."""
    runs = [(match.start(), match.end()) for match in _RUN.finditer(line.text)]
    return tuple(_join_units(line, runs))


def as_token(stretch: Stretch) -> Token:
    """Return a stretch as one token."""
    kind, facts = _classify(stretch.text)
    return Token(kind, stretch, facts)


def _join_units(line: Line, runs: list[tuple[int, int]]) -> Iterator[Token]:
    index = 0
    while index < len(runs):
        start, end = runs[index]
        if index + 1 < len(runs) and _BARE.fullmatch(fold(line.text[start:end])):
            joined = as_token(Stretch((Part(line, start, runs[index + 1][1]),)))
            if joined.kind in (Kind.QUANTITY, Kind.AMOUNT) and "unit_unknown" not in str(joined.facts.get("issues")):
                yield joined
                index += 2
                continue
        yield as_token(Stretch((Part(line, start, end),)))
        index += 1


def _classify(text: str) -> tuple[Kind, dict[str, object]]:
    amount = parse_value("amount", text)
    if "missing" in amount:
        return (Kind.EXECUTED if amount.get("paren") else Kind.DASH), amount
    if amount.get("unit"):
        return (Kind.EXECUTED if amount["paren"] else Kind.AMOUNT), amount
    year = parse_value("fiscal_year", text, {"fiscal_year": 2015})
    if "unparsed" not in year:
        return Kind.YEAR, year
    value = parse_value("indicator_value", text)
    if "relative_to" in value or "relative_change" in value:
        return Kind.RELATIVE, value
    if "unparsed" not in amount:
        return (Kind.EXECUTED if amount["paren"] else Kind.NUMBER), amount
    if "value" in value and not value.get("label"):
        return Kind.QUANTITY, value
    references = parse_value("indicator_refs", text)
    if "refs" in references:
        return Kind.REFERENCES, references
    return Kind.WORDS, {}


def kinds(tokens: list[Token]) -> str:
    """Return the kinds of tokens as one word, such as `AEAEAD`."""
    return "".join(token.kind for token in tokens)
