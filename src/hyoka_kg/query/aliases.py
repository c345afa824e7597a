"""Other ways to write a word that papers print otherwise: abbreviations and spellings, from `aliases.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from hyoka_kg.normalization import search_form


def ways_to_write(word: str) -> tuple[str, ...]:
    """Return a word as it is, and then as papers write it, where a part of it is an alias."""
    folded = search_form(word)
    return (word, *(folded.replace(alias, written) for alias, written in _aliases() if alias in folded))


@cache
def _aliases() -> tuple[tuple[str, str], ...]:
    """Return aliases as they are searched, and what papers write for them, the longest aliases first."""
    text = (files("hyoka_kg.query") / "aliases.csv").read_text(encoding="utf-8")
    rows = [(search_form(row["alias"]), row["written"]) for row in csv.DictReader(text.splitlines())]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
