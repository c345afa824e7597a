"""The share of filled fields by year and ministry, and where it falls against the year before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hyoka_kg.pipeline.national.shards import Tally

_ALL = ""
# Below so many values a share says nothing; a fall of so much of it is told.
LEAST_SEEN = 30
THRESHOLD = 0.2


@dataclass(frozen=True, slots=True, order=True)
class Drop:
    """A field that is filled less often than the year before.

    Attributes:
        field: Source field in our names.
        ministry: Organisation slug, or empty for all ministries together.
        fiscal_year: Publication year of the fall.
        before: Share filled the year before, 0 to 1.
        after: Share filled that year; 0 where the field is gone.
    """

    field: str
    ministry: str
    fiscal_year: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, order=True)
class FillRate:
    """The share of filled values of a field in one publication year, 0 to 1, of all values seen."""

    field: str
    fiscal_year: int
    share: float
    seen: int


def fill_rates(filled: Tally, seen: Tally, ministry: str = "") -> list[FillRate]:
    """Return the shares by field and year, of one ministry or of all together."""
    all_filled, all_seen = _with_total(filled), _with_total(seen)
    return [
        FillRate(name, year, round(all_filled[name, year, body] / count, 4), count)
        for (name, year, body), count in sorted(all_seen.items())
        if body == ministry
    ]


def find_drops(filled: Tally, seen: Tally, threshold: float = THRESHOLD) -> list[Drop]:
    """Return the falls beyond a threshold; a field that vanishes from one year to the next falls to zero.

    Fields of different sources bear different names and are never compared.
    """
    all_filled, all_seen = _with_total(filled), _with_total(seen)
    years = _years(all_seen)
    drops = []
    for name, year, ministry in sorted(all_seen):
        after_key = (name, year + 1, ministry)
        before_count = all_seen[name, year, ministry]
        told = all_seen.get(after_key, 0)
        if before_count < LEAST_SEEN or (year + 1, ministry) not in years[name.partition("-")[0] == "rs"]:
            continue
        before = all_filled[name, year, ministry] / before_count
        after = all_filled[after_key] / told if told else 0.0
        if before - after > threshold:
            drops.append(Drop(name, ministry, year + 1, round(before, 4), round(after, 4)))
    return drops


def _with_total(tally: Tally) -> Tally:
    total: Tally = Counter(tally)
    for (name, year, _ministry), count in tally.items():
        total[name, year, _ALL] += count
    return total


def _years(seen: Tally) -> dict[bool, set[tuple[int, str]]]:
    """Return the years and ministries that have sheets at all, by whether the source is the RSシステム."""
    years: dict[bool, set[tuple[int, str]]] = {True: set(), False: set()}
    for name, year, ministry in seen:
        years[name.partition("-")[0] == "rs"].add((year, ministry))
    return years
