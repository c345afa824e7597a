"""Guess from its text whether a query is light; a wrong guess costs time, never the answer."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from hyoka_kg.service.shapes import shape_of

_LONGEST_LIGHT = 4000
_MOST_ROWS = 1000
_HEAVY = re.compile(
    r"\b(?:order|group|having|distinct|reduced|minus|union|exists|regex|contains|count|sum|avg|min|max|sample|"
    r"group_concat)\b|[\w>)][*+](?=[\s/|)])"
)
_LIMIT = re.compile(r"\blimit\s+([0-9]{1,6})\b")
_ASK = re.compile(r"^\s*(?:(?:prefix|base)\b[^\n>]*>\s*)*ask\b")
# An IRI or prefixed name in subject or object place binds the search; a predicate alone does not.
_BOUND = re.compile(
    r"[{.]\s*(?:<[^<>\s]+>|[\w-]+:[\w-])|(?:>|:[\w./-]+|\ba)\s+(?:<[^<>\s]+>|[\w-]+:[\w-])|describe\s+[<\w]"
)
_REMEMBERED = 2000


class Lane(Enum):
    """Which workers may answer: a light question takes any free one, a heavy one leaves the kept one free."""

    LIGHT = "light"
    HEAVY = "heavy"


@dataclass(slots=True)
class Lanes:
    """The guess, corrected by what was seen."""

    _known_heavy: OrderedDict[int, None] = field(default_factory=OrderedDict)

    def of(self, query: str) -> Lane:
        """Return the lane for a query."""
        if len(query) > _LONGEST_LIGHT or hash(query) in self._known_heavy:
            return Lane.HEAVY
        return _guess(shape_of(query))

    def was_heavy(self, query: str) -> None:
        """Remember that a query took long."""
        self._known_heavy[hash(query)] = None
        if len(self._known_heavy) > _REMEMBERED:
            self._known_heavy.popitem(last=False)


@lru_cache(maxsize=500)
def _guess(shape: str) -> Lane:
    # Searching without regard to case would take three times as long.
    text = shape.lower()
    if _HEAVY.search(text):
        return Lane.HEAVY
    limit = _LIMIT.search(text)
    few = limit is not None and int(limit[1]) <= _MOST_ROWS
    return Lane.LIGHT if few or _ASK.match(text) or _BOUND.search(text) else Lane.HEAVY
