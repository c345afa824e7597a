"""Japanese eras (元号): from a printed year to the Gregorian year, with what is odd about the label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hyoka_kg.errors import ValueTextError

# The policy evaluation act is of 2001: without a document to go by, a bare year is one of the thirty from then.
_FIRST_UNDATED_YEAR, _LAST_UNDATED_YEAR = 2001, 2030
_FIRST_WRITTEN_YEAR, _LAST_WRITTEN_YEAR = 1868, 2199
_ERA_DIGITS = 2
AFTER_END = "era_label_after_era_end"
BEFORE_BEGIN = "era_label_before_era_begin"


@dataclass(frozen=True, slots=True)
class Era:
    """An era: its name, and its first and last day."""

    name: str
    begin: date
    end: date

    def gregorian(self, year: int) -> int:
        """Return the Gregorian year of a year of the era."""
        return self.begin.year + year - 1


ERAS = (
    Era("明治", date(1868, 1, 25), date(1912, 7, 29)),
    Era("大正", date(1912, 7, 30), date(1926, 12, 24)),
    Era("昭和", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", date(2019, 5, 1), date.max),
)
ERA_NAMES = "|".join(era.name for era in ERAS)
YEAR = r"(?:元|[0-9]{4}|[0-9]{1,2})"
_BY_NAME = {era.name: era for era in ERAS}


@dataclass(frozen=True, slots=True)
class LabelledYear:
    """A printed year resolved: the Gregorian year, the era it was counted in, and whether that was inferred."""

    year: int
    era: Era | None
    is_inferred: bool = False

    @property
    def issues(self) -> tuple[str, ...]:
        """Return what a reader should know of the label itself."""
        return (f"era_inferred:{self.era.name}",) if self.era and self.is_inferred else ()


def resolve_year(era_name: str | None, printed: str, near_fiscal_year: int | None = None) -> LabelledYear:
    """Return the Gregorian year of a printed year.

    Args:
        era_name: The printed era, or None.
        printed: One or two digits, 元 for the first year, or four digits without an era.
        near_fiscal_year: Fiscal year of the document, which tells the era of a bare year.

    Raises:
        ValueTextError: There is no such year, or no era tells which year is meant.

    >>> resolve_year("昭和", "35").year
    1960
    >>> resolve_year(None, "30", 2017).issues
    ('era_inferred:平成',)
    """
    number = 1 if printed == "元" else int(printed)
    if len(printed) > _ERA_DIGITS:
        return _written_year(era_name, number)
    if number == 0:
        raise ValueTextError("no era has a year 0")
    if era_name is not None:
        era = _BY_NAME[era_name]
        return LabelledYear(era.gregorian(number), era)
    return _inferred_year(number, near_fiscal_year)


def label_issues(era: Era | None, first: date, last: date) -> tuple[str, ...]:
    """Return whether a span of days, counted in an era, lies wholly outside that era.

    >>> label_issues(ERAS[3], date(2020, 4, 1), date(2020, 4, 1))
    ('era_label_after_era_end',)
    """
    if era is None:
        return ()
    if first > era.end:
        return (AFTER_END,)
    return (BEFORE_BEGIN,) if last < era.begin else ()


def _written_year(era_name: str | None, year: int) -> LabelledYear:
    if era_name is not None or not _FIRST_WRITTEN_YEAR <= year <= _LAST_WRITTEN_YEAR:
        raise ValueTextError(f"there is no year {era_name or ''}{year:04}")
    return LabelledYear(year, None)


def _inferred_year(number: int, near: int | None) -> LabelledYear:
    candidates = [LabelledYear(era.gregorian(number), era, is_inferred=True) for era in ERAS]
    if near is None:
        return _undated_year(candidates)
    # An era that had not begun when the paper was written cannot be meant.
    begun = [one for one in candidates if one.era and one.era.begin.year <= near]
    return min(begun or candidates, key=lambda one: abs(one.year - near))


def _undated_year(candidates: list[LabelledYear]) -> LabelledYear:
    for one in candidates:
        is_recent = one.era is not None and one.era.end.year >= _FIRST_UNDATED_YEAR
        if is_recent and _FIRST_UNDATED_YEAR <= one.year <= _LAST_UNDATED_YEAR:
            return one
    raise ValueTextError("a year without an era, and no document to tell it")
