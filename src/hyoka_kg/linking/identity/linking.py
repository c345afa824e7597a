"""Link all years of a shelf: each to the next that is there, then what is left to the one after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.links import SUM_OF_FIGURES, Link, YearPair
from hyoka_kg.linking.identity.related import related_links
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.model import SheetKey


def link_years(shelf: DigestShelf, tell: Callable[[str], None] = lambda _step: None) -> Iterator[Link]:
    """Yield the links of a corpus in a fixed order; no more than three years are in memory.

    A sheet that nothing follows in the next year, and one that nothing precedes in the year before, may be one
    project with a year between: a ministry left out a sheet.
    """
    years = shelf.years()
    before: list[SheetDigest] = []
    ended: set[SheetKey] = set()
    for year, following in pairwise(years):
        tell(f"linking FY{year} and FY{following}")
        earlier, later = list(shelf.of_year(year)), list(shelf.of_year(following))
        links = list(YearPair(earlier, later).links())
        yield from links
        yield from related_links(later)
        joined = [link for link in links if link.joins or link.method == SUM_OF_FIGURES]
        begun = {digest.key for digest in later} - {link.later for link in joined}
        left = [digest for digest in before if digest.key in ended]
        yield from _over_a_gap(left, [digest for digest in later if digest.key in begun])
        ended = {digest.key for digest in earlier} - {link.earlier for link in joined}
        before = earlier


def _over_a_gap(earlier: list[SheetDigest], later: list[SheetDigest]) -> Iterator[Link]:
    yield from (link for link in YearPair(earlier, later).links() if link.joins)
