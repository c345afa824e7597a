"""What headings say of the values below: unit of money, years. Others than those of the sheet stop the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hyoka_kg.errors import LayoutError
from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.sources.messages import told
from hyoka_kg.sources.profiles import Profile

_WORD = "money_unit"
_PATTERN = "money_heading"
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
        found = profile.pattern(_PATTERN).fullmatch("".join(fold(text).split()))
        if found and found["unit"] != unit and _heads(found, profile):
            file = f"{profile.form}-{profile.fiscal_year}"
            raise LayoutError(
                told(
                    "other_unit",
                    heading=text.strip(),
                    place=place,
                    found=found["unit"],
                    profile=profile.name,
                    unit=unit,
                    file=file,
                )
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
    return told("other_years", heading=text.strip(), place=place, year=str(year), rule=rule)
