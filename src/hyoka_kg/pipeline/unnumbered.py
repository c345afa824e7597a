"""Rows of a form that bear no number, items of the budget and of expenses: known by their table and their words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hyoka_kg.model import Claim
from hyoka_kg.pipeline.comparing import bare

Rows = Mapping[tuple[str, ...], str]
_UNNUMBERED = re.compile("(?:budget-item|expense/[A-Z])/[0-9]+")
_WORDS = ("name", "item", "use")


def rows_by_words(printed: Mapping[tuple[str, str], str]) -> Rows:
    """Return the rows by their table and their words; rows of the same words are left out.

    Args:
        printed: Literals by subject and field.
    """
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for (subject, name), literal in printed.items():
        if name in _WORDS and _UNNUMBERED.fullmatch(subject):
            rows[subject][name] = bare(literal)
    keys = {s: (s.rpartition("/")[0], *(row.get(name, "") for name in _WORDS)) for s, row in rows.items()}
    counts = Counter(keys.values())
    return {key: subject for subject, key in keys.items() if counts[key] == 1}


def rows_of_claims(claims: Sequence[Claim]) -> Rows:
    """Return the rows that claims tell, by their words."""
    return rows_by_words({(claim.subject, claim.field): claim.printed for claim in claims if claim.is_told})


def renamed(claims: Sequence[Claim], true: Rows) -> Iterator[Claim]:
    """Yield claims; a row takes the number of the row of the same words, and none where there is no such row."""
    names = {subject: true.get(words, f"{subject}/unknown") for words, subject in rows_of_claims(claims).items()}
    yield from (replace(claim, subject=names.get(claim.subject, claim.subject)) for claim in claims)
