"""Titles of means of achievement (達成手段): number, name, and the start year in the last bracket."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.fiscal_years import parse_single_fiscal_year
from hyoka_kg.normalization.folding import fold, unwrap

_NUMBER = re.compile(r"\(([0-9]{1,2})\)\s*")


@dataclass(frozen=True, slots=True)
class MeansTitle:
    """A printed title of a means of achievement.

    Attributes:
        number: Its number on the sheet; None where the layout has torn it away.
        name: The name as printed, with the brackets that belong to it.
        start_fiscal_year: The fiscal year in which it started.
        issues: What a reader should know of the start year.
    """

    number: int | None
    name: str
    start_fiscal_year: int
    issues: tuple[str, ...] = ()

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        title: Facts = {"name": self.name, "start_fy": self.start_fiscal_year}
        return title | printed_facts(n=self.number, issues=self.issues)


def parse_means_title(raw: str, near_fiscal_year: int | None = None) -> MeansTitle:
    """Return number, name and start year of a title; only the last bracket is the start year.

    Raises:
        ValueTextError: The last bracket is no fiscal year, or there is no name.

    >>> parse_means_title("(7) 電子政府関連事業（ICT人材育成）（昭和35年度）").name
    '電子政府関連事業（ICT人材育成）'
    """
    text = unwrap(raw).text
    folded = fold(text)
    place = folded.rfind("(")
    if place < 0 or not folded.endswith(")"):
        raise ValueTextError("the title does not end with a bracket that holds its start year")
    start = parse_single_fiscal_year(folded[place + 1 : -1], near_fiscal_year)
    number = _NUMBER.match(folded)
    name = text[number.end() if number else 0 : place].strip()
    if not name:
        raise ValueTextError("the title has no name")
    return MeansTitle(int(number[1]) if number else None, name, start.years[0], start.issues)
