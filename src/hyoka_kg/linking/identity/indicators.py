"""Link the indicators of a project over two years: the same measurand by wording, unit and values, or left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from hyoka_kg.linking.identity.digests import IndicatorDigest, SheetDigest
from hyoka_kg.linking.identity.evidence import name_likeness
from hyoka_kg.linking.identity.links import Link
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.model import SheetKey

_ALIKE = 0.6
_TELLING = 2
# One wording with other values all along is another count: of a series of events and of one of them.
_CONTRADICTING = 3
_NOT_ZERO = frozenset({"0", "0.0", ""})


class IndicatorLink(NamedTuple):
    """That two indicators of one project measure one thing.

    Attributes:
        earlier: Sheet and path of the earlier indicator.
        later: Sheet and path of the later one.
        evidence: `equal-wording`, `similar-wording-and-values` or `equal-values`.
    """

    earlier: tuple[SheetKey, str]
    later: tuple[SheetKey, str]
    evidence: str


def link_indicators(shelf: DigestShelf, links: Iterable[Link]) -> Iterator[IndicatorLink]:
    """Yield the links of indicators along the links that join sheets, year by year."""
    joining = (link for link in links if link.joins)
    for (year, following), pairs in groupby(
        joining, key=lambda link: (link.earlier.fiscal_year, link.later.fiscal_year)
    ):
        if year == following:
            continue
        for link in pairs:
            earlier, later = shelf.get(link.earlier), shelf.get(link.later)
            if earlier is not None and later is not None:
                yield from match_indicators(earlier, later)


def match_indicators(earlier: SheetDigest, later: SheetDigest) -> Iterator[IndicatorLink]:
    """Yield the pairs that are each other's only candidate by the surest evidence; ties are left open."""
    left, right = list(earlier.indicators), list(later.indicators)
    for evidence in ("equal-wording", "similar-wording-and-values", "equal-values"):
        pairs = [(a, b) for a in left for b in right if _evidence(a, b) == evidence]
        firsts, seconds = Counter(a.path for a, _ in pairs), Counter(b.path for _, b in pairs)
        for one, other in pairs:
            if firsts[one.path] == seconds[other.path] == 1:
                yield IndicatorLink((earlier.key, one.path), (later.key, other.path), evidence)
        left = [one for one in left if one.path not in firsts]
        right = [one for one in right if one.path not in seconds]


def _evidence(one: IndicatorDigest, other: IndicatorDigest) -> str:
    """Return what speaks for two indicators; another kind or unit, or values that differ, speak against."""
    if one.kind != other.kind or one.unit != other.unit or not one.form or not other.form:
        return ""
    equal, differing = _values(one, other)
    if one.form == other.form:
        return "equal-wording" if equal or differing < _CONTRADICTING else ""
    if differing > equal:
        return ""
    if equal and name_likeness(one.form, other.form) >= _ALIKE:
        return "similar-wording-and-values"
    return "equal-values" if equal >= _TELLING and not differing else ""


def _values(one: IndicatorDigest, other: IndicatorDigest) -> tuple[int, int]:
    """Return how many distinct values of the same role and year are equal, and how many differ; zeros tell nothing."""
    known = {(role, year): value for role, year, value in one.values if value not in _NOT_ZERO}
    equal: set[str] = set()
    differing = 0
    for role, year, value in other.values:
        former = known.get((role, year))
        if former is not None and value not in _NOT_ZERO:
            if former == value:
                equal.add(value)
            else:
                differing += 1
    return len(equal), differing
