"""Project numbers (事業番号) of every era: 0036, 0032-2, 新29-0004, 2021-総務-新22-0016."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import DASHES, compact

_DASH_BESIDE_DIGIT = re.compile(rf"(?<=[0-9])[{DASHES}]|[{DASHES}](?=[0-9新])")
_PREFIX = "(?:旧?事業番号:?)?"
_MINISTRY = "[ァ-ヶー一-龥々ぁ-ん]{1,8}?"
_SHEET = rf"(?:(?P<sheet>20[0-9]{{2}})-(?P<ministry>{_MINISTRY})-)?"
_NUMBER = re.compile(
    _PREFIX + _SHEET + r"(?P<new>新)?(?:(?P<label>[0-9]{2})-)?(?P<number>[0-9]{3,4})(?:-(?P<branch>[0-9]{1,3}))?"
)
_LABEL_ONLY = re.compile(_PREFIX + _SHEET + "新(?P<label>[0-9]{2})")
# Year, ministry and six digits can be cut in one way only; a separator is missing nevertheless.
_GLUED = re.compile(
    _PREFIX + rf"(?P<sheet>20[0-9]{{2}})(?P<ministry>{_MINISTRY})"
    "(?P<new>新)?(?P<label>[0-9]{2})(?P<number>[0-9]{4})"
)
_SEPARATORS_MISSING = "separators_missing"


@dataclass(frozen=True, slots=True)
class ProjectNumber:
    """The number of a project on the sheet of one year; it identifies nothing beyond that year.

    Attributes:
        number: Three or four digits as printed; None where only the first half is printed (新29).
        branch: Branch number behind it.
        is_new: Whether the project is marked new (新).
        year_label: Two-digit year in front: 平成 to 32, 令和 from 02, Gregorian from 21.
        sheet_fiscal_year: Publication year in front (FY2021 on).
        ministry_abbreviation: Short name of the ministry in front (FY2021 on).
        issues: What a reader should know of the literal.
    """

    number: str | None
    branch: str | None = None
    is_new: bool = False
    year_label: int | None = None
    sheet_fiscal_year: int | None = None
    ministry_abbreviation: str | None = None
    issues: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Return the number in ASCII, as it stands in IRIs below its ministry and publication year.

        >>> parse_project_number("2021-総務-新22-0016").slug
        'new22-0016'
        """
        label = "" if self.year_label is None else f"{self.year_label:02}"
        return "-".join(part for part in (("new" if self.is_new else "") + label, self.number, self.branch) if part)

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return printed_facts(
            number=self.number,
            branch=self.branch,
            new=self.is_new,
            year_label=self.year_label,
            sheet_fy=self.sheet_fiscal_year,
            abbr=self.ministry_abbreviation,
            issues=self.issues,
        )


def parse_project_number(raw: str) -> ProjectNumber:
    """Return the parts of a project number.

    Raises:
        ValueTextError: The text is no project number.

    >>> parse_project_number("新３０-0024").as_facts()
    {'number': '0024', 'new': True, 'year_label': 30}
    """
    text = _DASH_BESIDE_DIGIT.sub("-", compact(raw))
    glued = _GLUED.fullmatch(text)
    match = glued or _NUMBER.fullmatch(text) or _LABEL_ONLY.fullmatch(text)
    if match is None:
        raise ValueTextError("not a project number")
    parts = match.groupdict()
    return ProjectNumber(
        number=parts.get("number"),
        branch=parts.get("branch"),
        is_new="number" not in parts or parts["new"] is not None,
        year_label=_integer(parts["label"]),
        sheet_fiscal_year=_integer(parts["sheet"]),
        ministry_abbreviation=parts["ministry"],
        issues=(_SEPARATORS_MISSING,) if glued else (),
    )


def _integer(digits: str | None) -> int | None:
    return None if digits is None else int(digits)
