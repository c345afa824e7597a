"""The fiscal year of a sheet: named by its title, or by two headings that agree where the title is missing.

`title_missing`: the headings of a budget and of the request that follows it name the year, and every label that the
profile requires is printed. A form without a heading of a request has its year from the title alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.sources.profiles.loading import Profile

_REQUEST = "request"
_BUDGET = "budget_of_year"


def find_year(texts: Sequence[str], profile: Profile) -> int | None:
    """Return the fiscal year of a sheet, or None where the texts do not name it.

    Args:
        texts: Texts of the blocks or cells.
        profile: What the form prints.
    """
    named = titled_year(texts, profile)
    return named if named is not None else _headed_year(texts, profile)


def titled_year(texts: Iterable[str], profile: Profile) -> int | None:
    """Return the fiscal year that a title of the form names in one of the texts, or None where there is none."""
    for text in texts:
        match = profile.pattern("title").search(fold(text))
        year = parse_value("fiscal_year", match["year"]).get("fiscal_year") if match else None
        if isinstance(year, int):
            return year
    return None


def _headed_year(texts: Sequence[str], profile: Profile) -> int | None:
    """Return the year whose budget one heading names and whose next year's request another, if no third differs."""
    words = profile.content["words"]
    if _BUDGET not in words or not _prints_required(texts, profile):
        return None
    found = set(_aspects(texts, profile))
    budgets = {year for year, aspect in found if aspect == words[_BUDGET]}
    requests = {year for year, aspect in found if aspect == words[_REQUEST]}
    return next(iter(budgets)) if len(budgets) == 1 and {year + 1 for year in budgets} == requests else None


def _prints_required(texts: Sequence[str], profile: Profile) -> bool:
    labels = {profile.label(part) for text in texts for part in (text, *text.split())}
    return labels.issuperset(profile.content["required"])


def _aspects(texts: Iterable[str], profile: Profile) -> Iterator[tuple[int, str]]:
    """Yield year and aspect of each heading such as 31年度要求."""
    wanted = {profile.content["words"][name] for name in (_REQUEST, _BUDGET)}
    for part in (part for text in texts for part in text.split() if part.endswith(tuple(wanted))):
        facts = parse_value("fiscal_year", part, {"fiscal_year": profile.fiscal_year})
        year, aspect = facts.get("fiscal_year"), facts.get("aspect")
        if isinstance(year, int) and aspect in wanted:
            yield year, str(aspect)
