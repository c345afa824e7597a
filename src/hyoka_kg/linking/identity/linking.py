"""Link all years of a shelf: each to the next that is there, then what is left to the one after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import REST_OF_FIGURES, SUM_OF_FIGURES, Link, YearPair
from hyoka_kg.linking.identity.related import related_links
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.model import SheetKey

_BY_FIGURES = (SUM_OF_FIGURES, REST_OF_FIGURES)
_EQUAL_NAME, _MANY_FIGURES = "equal-name", "-and-figures"


def link_years(shelf: DigestShelf, tell: Callable[[str], None] = lambda _step: None) -> Iterator[Link]:
    """Yield the links of a corpus in a fixed order; no more than three years are in memory.

    A sheet that nothing follows in the next year, and one that nothing precedes in the year before, may be one
    project with a year between: a ministry left out a sheet. So may one that begins with the sheet between, of which
    the year before is not found: what a name lost in one year, it may have again in the next.
    """
    years = shelf.years()
    before: list[SheetDigest] = []
    ended: set[SheetKey] = set()
    unfounded: set[SheetKey] = set()
    for year, following in pairwise(years):
        tell(f"linking FY{year} and FY{following}")
        earlier, later = list(shelf.of_year(year)), list(shelf.of_year(following))
        links = list(YearPair(earlier, later).links())
        yield from links
        yield from related_links(later)
        joined = [link for link in links if link.joins or link.method in _BY_FIGURES]
        begun = {digest.key for digest in later} - {link.later for link in joined}
        begun_before = {link.later for link in joined if link.joins and link.earlier in unfounded}
        ministries = frozenset(digest.key.ministry for digest in before)
        left = [digest for digest in before if digest.key in ended]
        late = _over_a_gap(left, [digest for digest in later if digest.key in begun | begun_before], ministries)
        late = [link for link in late if link.later in begun or _is_sure(link)]
        yield from late
        ended = {digest.key for digest in earlier} - {link.earlier for link in joined}
        unfounded = begun - {link.later for link in late}
        before = earlier


def _over_a_gap(earlier: list[SheetDigest], later: list[SheetDigest], ministries: frozenset[str]) -> list[Link]:
    return [link for link in YearPair(earlier, later, ministries).links() if link.joins]


def _is_sure(link: Link) -> bool:
    return _EQUAL_NAME in link.evidence or link.method.endswith(_MANY_FIGURES)
