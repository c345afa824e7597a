"""Dates in eras (平成25年６月14日), and the dates on which a document was revised (改定)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.eras import ERA_NAMES, YEAR, label_issues, resolve_year
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import compact

_DATE = re.compile(
    rf"(?P<era>{ERA_NAMES})?(?P<year>{YEAR})年(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})日)?"
    r"(?P<tail>末|から|時点|現在|以降|まで|閣議決定)?"
)
_REVISION_ENDS = ("改定)", "改訂)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as precise as it is printed.

    Attributes:
        text: ISO 8601 date, or year and month.
        precision: `day` or `month`.
        tail: 末, から, 時点 …, where printed.
        issues: Whether the era was inferred, or is not that of the date.
    """

    text: str
    precision: str
    tail: str | None = None
    issues: tuple[str, ...] = ()

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        return {"date": self.text, "precision": self.precision} | printed_facts(tail=self.tail, issues=self.issues)


@dataclass(frozen=True, slots=True)
class RevisedDate:
    """The date of a document, and the dates of its revisions in printed order."""

    first: PrintedDate
    revisions: tuple[PrintedDate, ...]

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        issues = tuple(dict.fromkeys(issue for one in (self.first, *self.revisions) for issue in one.issues))
        revisions = [revision.text for revision in self.revisions]
        return {"date": self.first.text, "revisions": revisions} | printed_facts(issues=issues)


def parse_date(raw: str, near_fiscal_year: int | None = None) -> PrintedDate:
    """Return the date that a text prints, to the day or the month.

    Raises:
        ValueTextError: The text is no date, or the calendar has no such day.

    >>> parse_date("平成14年８月から")
    PrintedDate(text='2002-08', precision='month', tail='から', issues=())
    """
    match = _DATE.fullmatch(compact(raw))
    if match is None:
        raise ValueTextError("not a date")
    labelled = resolve_year(match["era"], match["year"], near_fiscal_year)
    month, day = int(match["month"]), match["day"]
    first, last = _span(labelled.year, month, int(day) if day else None)
    return PrintedDate(
        text=first.isoformat() if day else f"{labelled.year:04}-{month:02}",
        precision="day" if day else "month",
        tail=match["tail"],
        issues=labelled.issues + label_issues(labelled.era, first, last),
    )


def parse_date_revisions(raw: str, near_fiscal_year: int | None = None) -> RevisedDate:
    """Return a date and the dates of revision that stand in brackets behind it.

    Raises:
        ValueTextError: A part is no date, or a bracket holds something else than a revision.

    >>> parse_date_revisions("平成25年６月14日（平成26年６月24日改定）").revisions[0].text
    '2014-06-24'
    """
    first, *brackets = compact(raw).split("(")
    if not all(bracket.endswith(_REVISION_ENDS) for bracket in brackets):
        raise ValueTextError("a bracket behind a date holds something else than a date of revision")
    dates = [first, *(bracket[: -len(_REVISION_ENDS[0])] for bracket in brackets)]
    parsed = [parse_date(one, near_fiscal_year) for one in dates]
    return RevisedDate(parsed[0], tuple(parsed[1:]))


def _span(year: int, month: int, day: int | None) -> tuple[date, date]:
    try:
        first = date(year, month, day or 1)
    except ValueError as error:
        raise ValueTextError(f"the calendar has no day {year}-{month}-{day or 1}") from error
    return first, first if day else first.replace(day=calendar.monthrange(year, month)[1])


def printed_date(year: int, month: int, day: int) -> str:
    """Return a day as the forms write it without an era.

    >>> printed_date(2018, 8, 31)
    '2018年8月31日'
    """
    return f"{year}年{month}月{day}日"
