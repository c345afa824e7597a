"""References to indicators (関連する指標): `1,4` is two references, not fourteen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts
from hyoka_kg.normalization.folding import compact
from hyoka_kg.normalization.missing import Missing, find_missing

# Three digits behind a comma are a thousand, not a reference: no sheet has a hundred indicators.
_REFERENCES = re.compile(r"[1-9][0-9]?(?:,[1-9][0-9]?){0,49}")


@dataclass(frozen=True, slots=True)
class IndicatorReferences:
    """The numbers of the indicators that a means of achievement (達成手段) relates to."""

    numbers: tuple[int, ...]

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"refs": list(self.numbers)}


def parse_indicator_refs(raw: str) -> IndicatorReferences | Missing:
    """Return the indicators that a cell names, or the mark that it names none.

    Raises:
        ValueTextError: The text is no list of one- or two-digit numbers.

    >>> parse_indicator_refs("1,4")
    IndicatorReferences(numbers=(1, 4))
    """
    missing = find_missing(raw)
    if missing:
        return missing
    text = compact(raw)
    if not _REFERENCES.fullmatch(text):
        raise ValueTextError("not a list of indicator numbers")
    return IndicatorReferences(tuple(int(number) for number in text.split(",")))
