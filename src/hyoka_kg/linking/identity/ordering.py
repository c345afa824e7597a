"""Tell whether a 予算事業ID stands where the number of a sheet does: ids were given in the order of the sheets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from hyoka_kg.linking.identity.candidates import Pair
from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.matching import Matching
from hyoka_kg.model import SheetKey

BETWEEN, UNKNOWN = "between", "unknown"
# Known by name and figures or wording, or stated: of these 93 in a hundred stand in the order of their ministry.
SURE_RULES = frozenset(
    {
        "name-and-figures",
        "near-name-and-figures",
        "stated-and-figures",
        "name-and-few-figures",
        "stated-name-and-start",
        "name-start-and-wording",
    }
)
# Between the ids of the two nearest neighbours lies one other in the median, and five or fewer in nine cases of ten.
_WIDEST = 20
_NUMBER = re.compile(r"(?P<series>(?:[a-z]+-)?(?:(?:new)?\d+-)?)(?P<number>\d{4,})(?:-(?P<part>\d+))?")
_Place = tuple[int, int]
_Known = tuple[_Place, int]


class Order:
    """The numbers of the sheets of each ministry beside the 予算事業ID that their projects were given."""

    def __init__(self, sure: Iterable[tuple[SheetKey, int]]) -> None:
        """Learn the order from sheets whose 予算事業ID is sure; those that stand out of the order are left out."""
        of: dict[str, list[_Known]] = defaultdict(list)
        for key, rs_id in sure:
            series, place = _place(key)
            of[series].append((place, rs_id))
        self._known = {series: _in_order(sorted(known)) for series, known in of.items()}

    def between(self, key: SheetKey) -> range:
        """Return the ids between those of the nearest neighbours; none where one lacks or they lie far apart."""
        series, place = _place(key)
        known = self._known.get(series, [])
        before, after = (cut(known, place, key=itemgetter(0)) for cut in (bisect_left, bisect_right))
        if not 0 < before <= after < len(known):
            return range(0)
        ids = range(known[before - 1][1] + 1, known[after][1])
        return ids if len(ids) <= _WIDEST else range(0)

    def tell(self, earlier: SheetKey, later: SheetDigest) -> str:
        """Return `between` or `unknown`: a project may be given a new id, so that one elsewhere tells nothing."""
        return BETWEEN if _id(later) in self.between(earlier) else UNKNOWN


def learn_order(earlier: Sequence[SheetDigest], later: Sequence[SheetDigest], matching: Matching) -> Order:
    """Return the order of two years, as the sure pairs among the matches tell it."""
    sure = [found.pair for found in matching.matches if found.rule in SURE_RULES and not found.by_order]
    ids = ((earlier[one].key, later[other].rs_id) for one, other in sure)
    return Order((key, int(rs_id)) for key, rs_id in ids if rs_id)


def ordered_pairs(
    earlier: Sequence[SheetDigest], later: Sequence[SheetDigest], matching: Matching, known: Iterable[Pair]
) -> list[Pair]:
    """Return the pairs whose id lies between those of the sheet's nearest neighbours, in order.

    Args:
        earlier: The sheets with numbers.
        later: The sheets of the year after, with a 予算事業ID or without.
        matching: What is known of them without the order.
        known: The pairs that were compared; those of sheets that nothing matches are found beside these.
    """
    order = learn_order(earlier, later, matching)
    ids = {place: range_ for place, digest in enumerate(earlier) if (range_ := order.between(digest.key))}
    met = {pair for pair in known if _id(later[pair[1]]) in ids.get(pair[0], ())}
    return sorted({*met, *_free(ids, later, matching)})


def _free(ids: dict[int, range], later: Sequence[SheetDigest], matching: Matching) -> Iterator[Pair]:
    """Yield the pairs of sheets that nothing matches."""
    before, after = ({found.pair[side] for found in matching.matches} for side in (0, 1))
    by_id = {_id(digest): place for place, digest in enumerate(later) if place not in after}
    for place in ids.keys() - before:
        yield from ((place, by_id[rs_id]) for rs_id in ids[place] if rs_id in by_id)


def _id(digest: SheetDigest) -> int:
    """Return the 予算事業ID of a sheet; 0, which is none, where it has none."""
    return int(digest.rs_id or 0)


def _place(key: SheetKey) -> tuple[str, _Place]:
    """Return the series of a number and its place there: new projects and those of another ministry have their own."""
    match = _NUMBER.fullmatch(key.number)
    if match is None:
        return f"{key.ministry}/{key.number}", (0, 0)
    return f"{key.ministry}/{match['series']}", (int(match["number"]), int(match["part"] or 0))


def _in_order(known: Sequence[_Known]) -> list[_Known]:
    """Return the longest run whose ids grow with the numbers."""
    ends: list[int] = []
    runs: list[tuple[_Known, ...]] = []
    for one in known:
        length = bisect_left(ends, one[1])
        run = (*(runs[length - 1] if length else ()), one)
        ends[length : length + 1], runs[length : length + 1] = [one[1]], [run]
    return list(runs[-1]) if runs else []
