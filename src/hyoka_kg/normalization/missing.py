"""Cells that say that there is no value: dashes, and words such as 精査中."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import DASHES, fold, unwrap

_DASH = re.compile(rf"[{DASHES}]{{1,2}}")
_PAREN_DASH = re.compile(rf"\(\s*([{DASHES}]{{1,2}})\s*\)")
_WORDS = {
    "": "empty",
    "精査中": "pending",
    "集計中": "pending",
    "未定": "pending",
    "該当なし": "not_applicable",
    "なし": "not_applicable",
    "記入不要": "not_applicable",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell without a value.

    Attributes:
        kind: `dash`, `empty`, `pending` (being counted or checked) or `not_applicable`.
        mark: What is printed instead of a value.
        paren: Whether it stands in brackets.
    """

    kind: str
    mark: str
    paren: bool = False

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"missing": self.kind, "mark": self.mark} | printed_facts(paren=self.paren)


def find_missing(raw: str) -> Missing | None:
    """Return why a cell has no value, or None where it has one.

    >>> find_missing("--")
    Missing(kind='dash', mark='--', paren=False)
    >>> find_missing("0百万円") is None
    True
    """
    text = unwrap(raw).text
    if _DASH.fullmatch(text):
        return Missing("dash", text)
    if text in _WORDS:
        return Missing(_WORDS[text], text)
    bracketed = _PAREN_DASH.fullmatch(fold(text))
    return Missing("dash", bracketed[1], paren=True) if bracketed else None


def parse_missing(raw: str) -> Missing:
    """Return why a cell has no value.

    Raises:
        ValueTextError: The cell has a value.
    """
    missing = find_missing(raw)
    if missing is None:
        raise ValueTextError("not one of the marks of a missing value")
    return missing
