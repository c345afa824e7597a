"""What headings say of the values below: unit of money, years. Others than those of the sheet stop the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hyoka_kg.errors import LayoutError
from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.normalization.amounts import MONEY_UNITS
from hyoka_kg.sources.profiles import Profile

_MONEY = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
# 予算額・執行額（単位:百万円）, 支出額（百万円）, or the bracket alone on its line.
_UNIT = re.compile(rf"(?P<before>[^()]*)\((?P<word>単位:)?(?P<unit>{_MONEY})\)")
_WORD = "money_unit"
_REQUEST = "request"
# Two years may be those of a baseline and a goal, in either order.
_SEVERAL = 3


def check_money_units(texts: Iterable[tuple[str, str]], profile: Profile) -> None:
    """Check that the headings of a form give amounts in the unit of its profile.

    Args:
        texts: Place and text of each line or cell.
        profile: What the form prints; one without a unit of money has it in each cell.

    Raises:
        LayoutError: A heading gives another unit, so that every amount below it would be read wrong.
    """
    unit = profile.content["words"].get(_WORD)
    if unit is None:
        return
    for place, text in texts:
        found = _UNIT.fullmatch("".join(fold(text).split()))
        if found and found["unit"] != unit and _heads(found, profile):
            raise LayoutError(
                f"The heading '{text.strip()}' ({place}) gives amounts in {found['unit']}; {profile.name} reads them "
                f"in {unit}. If the paper is so, add a profile: copy sources/profiles/{profile.form}-"
                f"{profile.fiscal_year}.yml with `extends` and `words: {_WORD}`. "
                f"見出しの単位が {found['unit']} で、この様式の {unit} と違う。"
            )


def _heads(found: re.Match[str], profile: Profile) -> bool:
    return bool(found["word"]) or not found["before"] or profile.label(found["before"]) is not None


def check_year_lines(texts: Iterable[tuple[str, str]], profile: Profile, year: int) -> None:
    """Check that lines which print nothing but years are headings of a sheet of one year.

    A text has no columns: its readers take the years of a table from the year of the sheet, so that a heading which
    names others would put every value into a wrong year.

    Args:
        texts: Place and text of each line.
        profile: What the form prints.
        year: Fiscal year of the sheet.

    Raises:
        LayoutError: The years of a line do not follow each other, or the request is not for the year after the sheet's.
    """
    word = profile.content["words"].get(_REQUEST)
    for place, text in texts:
        years = [found for token in text.split() if (found := _year(token, year))]
        if any(aspect == word and named != year + 1 for named, aspect in years):
            raise LayoutError(
                _other_years(text, place, year, f"the request of a sheet of FY{year} is for FY{year + 1}")
            )
        if len(years) == len(text.split()) and not _ascend([named for named, _ in years]):
            raise LayoutError(_other_years(text, place, year, "the years of one heading ascend"))


def _year(token: str, near: int) -> tuple[int, str] | None:
    facts = parse_value("fiscal_year", token, {"fiscal_year": near})
    found = facts.get("fiscal_year")
    return (found, str(facts.get("aspect", ""))) if isinstance(found, int) else None


def _ascend(years: Sequence[int]) -> bool:
    """Return whether years ascend; a torn line may lack some, and one that repeats a year holds two headings."""
    is_one_heading = len(years) >= _SEVERAL and len(set(years)) == len(years)
    return not is_one_heading or list(years) == sorted(years)


def _other_years(text: str, place: str, year: int, rule: str) -> str:
    return (
        f"The heading '{text.strip()}' ({place}) does not fit a sheet of FY{year}: {rule}. "
        f"Check the title and the heading of the paper; nothing was read. "
        f"見出しの年度が、{year}年度のシートの並びではない。"
    )
