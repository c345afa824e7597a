"""Form ids (様式番号) such as （総務省29－⑧）: the ministry, its year label and the number of the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts
from hyoka_kg.normalization.folding import DASHES, compact
from hyoka_kg.normalization.numerals import CIRCLED, circled_number

_FORM_ID = re.compile(
    rf"\((?P<ministry>[ァ-ヶー一-龥々ぁ-ん]{{1,20}})(?P<label>[0-9]{{2}})[{DASHES}](?P<n>[0-9]{{1,2}}|[{CIRCLED}])\)"
)


@dataclass(frozen=True, slots=True)
class FormId:
    """The id of a form: ministry, two-digit year of its era, and number."""

    ministry: str
    year_label: int
    number: int

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"ministry": self.ministry, "year_label": self.year_label, "n": self.number}


def parse_form_id(raw: str) -> FormId:
    """Return the parts of a form id.

    Raises:
        ValueTextError: The text is no form id.

    >>> parse_form_id("（総務省29－⑧）")
    FormId(ministry='総務省', year_label=29, number=8)
    """
    match = _FORM_ID.fullmatch(compact(raw))
    if match is None:
        raise ValueTextError("not a form id")
    number = circled_number(match["n"])
    return FormId(match["ministry"], int(match["label"]), int(match["n"]) if number is None else number)
