"""Where nothing holds all words of a search: what holds all but one of them, or a word that differs by a character."""

from __future__ import annotations

from dataclasses import dataclass

from hyoka_kg.query.search import SearchResult, search
from hyoka_kg.store import GraphStore


@dataclass(frozen=True, slots=True)
class Loosened:
    """What a search found that asks for less than it was given.

    Attributes:
        result: What was found.
        left_out: The word that was not asked for, or empty.
        altered: The word of which one character may be another, or empty.
    """

    result: SearchResult
    left_out: str
    altered: str


def search_loosely(
    store: GraphStore, words: str, kind: str = "", *, ministry: str = "", year: str = "", count: int = 20
) -> Loosened | None:
    """Return what holds nearly the words, or None where nothing does; never more than one page.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
    """
    parts = words.split()
    for left_out in sorted(parts, key=len) if len(parts) > 1 else ():
        rest = _without(parts, left_out)
        result = search(store, rest, kind, ministry=ministry, year=year, count=count)
        if result.total:
            return Loosened(result, left_out, "")
    altered = max(parts, key=len, default="")
    rest = _without(parts, altered) if parts else ""
    result = search(store, rest, kind, loosely=altered, ministry=ministry, year=year, count=count)
    return Loosened(result, "", altered) if result.total else None


def _without(parts: list[str], word: str) -> str:
    place = parts.index(word)
    return " ".join([*parts[:place], *parts[place + 1 :]])
