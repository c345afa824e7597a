"""Fiscal years (年度) as printed, and the Gregorian year in which they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.eras import ERA_NAMES, YEAR, LabelledYear, label_issues, resolve_year
from hyoka_kg.normalization.facts import Facts, printed_facts
from hyoka_kg.normalization.folding import compact

_NO_END = "終了予定なし"
_TAILS = ("末", "以降", "上半期", "下半期")
_ASPECTS = (
    "要求",
    "概算要求",
    "予算",
    "予算額",
    "当初予算",
    "補正予算",
    "予算内訳",
    "執行額",
    "決算",
    "活動見込",
    "活動実績",
    "当初見込み",
    "実施政策",
    "実績",
    "実績値",
    "目標",
    "目標値",
    "見込み",
    "行政事業レビュー",
    "行政事業レビューシート",
    "行政事業レビュー事業番号",
)
_FISCAL_YEAR = re.compile(
    rf"(?P<era>{ERA_NAMES})?(?P<year>{YEAR})(?:・(?P<era2>{ERA_NAMES})?(?P<year2>{YEAR}))?年度"
    rf"(?:(?P<tail>{'|'.join(_TAILS)})|(?P<aspect>{'|'.join(_ASPECTS)}))?"
)


@dataclass(frozen=True, slots=True)
class FiscalYears:
    """One printed fiscal year, or two (平成30・31年度).

    Attributes:
        years: Gregorian years in which the fiscal years begin; none for 終了予定なし.
        tail: 末, 以降, 上半期 or 下半期, where printed.
        aspect: What of the year is meant (要求, 当初予算, 活動見込 …), where printed.
        issues: Whether the era was inferred, or ended before the year began.
    """

    years: tuple[int, ...]
    tail: str | None = None
    aspect: str | None = None
    issues: tuple[str, ...] = ()

    def as_facts(self) -> Facts:
        """Return the JSON object of the value table."""
        if not self.years:
            return {"fiscal_year": None, "open_ended": True}
        year: Facts = {"fiscal_year": self.years[0]} if len(self.years) == 1 else {"fiscal_years": list(self.years)}
        return year | printed_facts(tail=self.tail, aspect=self.aspect, issues=self.issues)


def parse_fiscal_year(raw: str, near_fiscal_year: int | None = None) -> FiscalYears:
    """Return the fiscal year or years that a text names.

    Args:
        raw: The literal.
        near_fiscal_year: Fiscal year of the document, which tells the era of a bare year.

    Raises:
        ValueTextError: The text is no fiscal year.

    >>> parse_fiscal_year("平成32年度")
    FiscalYears(years=(2020,), tail=None, aspect=None, issues=('era_label_after_era_end',))
    """
    text = compact(raw)
    if text == _NO_END:
        return FiscalYears(())
    match = _FISCAL_YEAR.fullmatch(text)
    if match is None:
        raise ValueTextError("not a fiscal year")
    years = [resolve_year(match["era"], match["year"], near_fiscal_year)]
    if match["year2"]:
        years.append(resolve_year(match["era2"] or match["era"], match["year2"], near_fiscal_year))
    return FiscalYears(
        years=tuple(labelled.year for labelled in years),
        tail=match["tail"],
        aspect=match["aspect"],
        issues=tuple(dict.fromkeys(issue for labelled in years for issue in _issues(labelled))),
    )


def parse_single_fiscal_year(raw: str, near_fiscal_year: int | None = None) -> FiscalYears:
    """Return the one fiscal year that a text names.

    Raises:
        ValueTextError: The text names no fiscal year, or two.
    """
    found = parse_fiscal_year(raw, near_fiscal_year)
    if len(found.years) != 1:
        raise ValueTextError("not one fiscal year")
    return found


def _issues(labelled: LabelledYear) -> tuple[str, ...]:
    # 平成31年度 began under 平成, 令和元年度 ended under 令和: both labels are right.
    begins, ends = date(labelled.year, 4, 1), date(labelled.year + 1, 3, 31)
    return labelled.issues + label_issues(labelled.era, begins, ends)
