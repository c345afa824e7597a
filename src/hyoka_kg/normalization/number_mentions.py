"""Project numbers mentioned inside a text, each with the publication year and the ministry that it names."""

from __future__ import annotations

import re
from typing import NamedTuple

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.folding import DASHES, compact
from hyoka_kg.normalization.project_numbers import ProjectNumber, parse_project_number

_DASH = f"[{DASHES}]"
_NUMBER = re.compile(
    rf"20[0-9]{{2}}{_DASH}*(?P<ministry>[一-龥ァ-ヶぁ-ん]{{1,5}}?)省?{_DASH}*新?[0-9]{{2}}{_DASH}*[0-9]{{4,6}}(?:{_DASH}[0-9]{{1,2}})?"
)
_OFFICE = re.compile(rf"(?<=[一-龥])省(?={_DASH})")
_REPEATED_DASH = re.compile(rf"{_DASH}+")


class NumberMention(NamedTuple):
    """A number as it stands in a text.

    Attributes:
        text: The mention as it was read, folded.
        number: Its parts; the publication year and the ministry are always there.
    """

    text: str
    number: ProjectNumber


def find_project_numbers(raw: str) -> list[NumberMention]:
    """Return the project numbers of a text that name their publication year and ministry; others say too little.

    >>> [mention.number.slug for mention in find_project_numbers("2021環境新220011、2022-環境-新22-0009")]
    ['new22-0011', 'new22-0009']
    >>> find_project_numbers("0407,0416")
    []
    """
    found = []
    for match in _NUMBER.finditer(compact(raw)):
        number = _read(match[0])
        if number is not None and number.sheet_fiscal_year and number.ministry_abbreviation:
            found.append(NumberMention(match[0], number))
    return found


def _read(text: str) -> ProjectNumber | None:
    plain = _OFFICE.sub("", _REPEATED_DASH.sub("-", text))
    try:
        return parse_project_number(plain)
    except ValueTextError:
        return None
