"""Find mergers and splits that the figures prove: the amounts of several sheets add up to those of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from math import comb, log10
from typing import NamedTuple

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.evidence import compare_divisions

MILLION = 1_000_000
_LEAST_CELLS = 3
# Equal means within one million either way, since parts and whole are rounded apart: three amounts are equal to one.
WIDTH = 3
_LEAST_WEIGHT, _MARGIN = 2.0, 2.5
# A stranger of a few million is lost in what counts as equal.
_LEAST_STRANGER = 10 * MILLION
_SAME_START, _SAME_BUREAU = 1.0, 0.7
# The bar for all amounts counted in full, whatever the ministry's size: of the largest, and per related part.
_FULL_BAR, _FULL_LEAST, _FULL_KIN, _FULL_BONUS = 14.0, 3.0, 5.5, 1.5
_RELATED, _UNIT, _PAIR, _LARGEST = 7, 12, 2, 4
# One amount in three may be told anew by the sheet that follows, where the rest says more than chance would.
_MOST_RESTATED = 3
_VOTES, _BALLOTS = 2, 8
# What was carried over is told again and again, and restated more often than what was given and spent.
_TOLD = frozenset({"initial", "executed"})
_Cell = tuple[str, int]
_Figures = Mapping[_Cell, int]


class Sum(NamedTuple):
    """That several sheets add up to one, as places in their sequences.

    Attributes:
        whole: The one.
        parts: The others.
        equal: How many amounts of the whole the parts add up to.
        compared: How many amounts could be compared.
        weight: How much the equal amounts say, in orders of magnitude.
        full_weight: The same, as if every year's amounts had come about by themselves.
    """

    whole: int
    parts: tuple[int, ...]
    equal: int
    compared: int
    weight: float
    full_weight: float


def find_sums(
    wholes: Sequence[tuple[int, SheetDigest]],
    parts: Sequence[tuple[int, SheetDigest]],
    related: Mapping[int, Sequence[int]],
) -> list[Sum]:
    """Return the sums, each part in one at most, the best proven first.

    Args:
        wholes: Sheets that may be a sum, with their places.
        parts: Sheets that may be a part of one.
        related: For a whole, the parts that share its wording, name or indicators, or are stated.

    Tried are pairs of one ministry that several amounts suggest, and groups of related parts or of the whole's unit.
    """
    figures = {place: digest.amounts for place, digest in parts}
    known = dict(parts)
    by_ministry = _amounts_by_ministry(parts)
    sizes = Counter(digest.key.ministry for _, digest in parts)
    found: list[Sum] = []
    for place, digest in wholes:
        total = digest.amounts
        pairs = _pairs(total, figures, by_ministry[digest.key.ministry])
        kin = frozenset(related.get(place, ()))
        near = [other for other in sorted(kin) if other in figures][:_RELATED]
        unit = _of_unit(digest, parts)
        sums = [_sum(place, total, group, figures) for group in {*pairs, *_groups(near), *_groups(unit)}]
        count = sizes[digest.key.ministry]
        proven = [
            each
            for each in sums
            if each and (_is_at_home(each, unit) or _is_proven(each, digest, *_others(each, known, kin), count))
        ]
        found += sorted(proven, key=_rank)[:1]
    return list(_disjoint(sorted(found, key=_rank)))


def _of_unit(whole: SheetDigest, parts: Sequence[tuple[int, SheetDigest]]) -> list[int]:
    """Return the places of the sheets of the division that tells the whole; none where they are too many to try.

    Where there are fewer than two, those of the bureau count that differ by what stands in brackets: 参事官(高校担当).
    Of many, those that began in the same year are tried.
    """
    near = [(place, part) for place, part in parts if part.key.ministry == whole.key.ministry and part.figures]
    own = [(place, part) for place, part in near if compare_divisions(part.division, whole.division) == "equal"]
    if len(own) < _PAIR:
        own = [(place, part) for place, part in near if _heading(part) == _heading(whole) != ("", "")]
    if len(own) > _UNIT:
        own = [(place, part) for place, part in own if part.start == whole.start > 0]
    return [place for place, _ in own] if len(own) <= _UNIT else []


def _heading(digest: SheetDigest) -> tuple[str, str]:
    """Return bureau and division without what stands in brackets; empty where one of them is not told."""
    head = digest.division.partition("(")[0]
    return (digest.bureau, head) if digest.bureau and head else ("", "")


def _groups(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for size in range(_PAIR, _LARGEST + 1):
        yield from combinations(places, size)


def _is_at_home(found: Sum, unit: Sequence[int]) -> bool:
    """Return whether all parts are of the whole's unit, and say more than chance would among the groups of it."""
    if not set(found.parts) <= set(unit):
        return False
    return found.weight >= _LEAST_WEIGHT + log10(comb(len(unit), len(found.parts)))


def _others(found: Sum, known: Mapping[int, SheetDigest], kin: frozenset[int]) -> tuple[list[SheetDigest], list[bool]]:
    return [known[part] for part in found.parts], [part in kin for part in found.parts]


def _rank(found: Sum) -> tuple[int, int, tuple[int, ...]]:
    return len(found.parts) - found.equal, found.whole, found.parts


def _disjoint(sums: Iterable[Sum]) -> Iterator[Sum]:
    taken: set[int] = set()
    for found in sums:
        if not taken & set(found.parts):
            taken.update(found.parts)
            yield found


_Amounts = dict[_Cell, dict[int, list[int]]]


def _amounts_by_ministry(parts: Sequence[tuple[int, SheetDigest]]) -> dict[str, _Amounts]:
    """Return the places of the parts by ministry, cell and amount in whole millions."""
    index: dict[str, _Amounts] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for place, digest in parts:
        for cell, yen in digest.amounts.items():
            index[digest.key.ministry][cell][yen // MILLION].append(place)
    return index


def _pairs(total: _Figures, figures: Mapping[int, _Figures], amounts: _Amounts) -> set[tuple[int, int]]:
    """Return the pairs of parts that several amounts of the whole suggest."""
    votes: Counter[tuple[int, int]] = Counter()
    # What no part tells of says nothing: the years and phases of two sheets overlap in part.
    common = [(cell, yen) for cell, yen in total.items() if cell in amounts]
    for cell, yen in sorted(common, key=lambda item: (item[0][0] not in _TOLD, -abs(item[1])))[:_BALLOTS]:
        known, whole = amounts[cell], yen // MILLION
        for millions, places in known.items():
            rest = whole - millions
            if not 0 < millions < whole or rest < millions - 1:
                continue
            others = [other for wanted in (rest - 1, rest, rest + 1) for other in known.get(wanted, ())]
            votes.update({(min(one, other), max(one, other)) for one in places for other in others if one != other})
    return {pair for pair, count in votes.items() if count >= _VOTES}


def _sum(whole: int, total: _Figures, parts: tuple[int, ...], figures: Mapping[int, _Figures]) -> Sum | None:
    """Return the sum of parts, where most amounts add up and every part counts in one that does."""
    equal: dict[int, int] = {}
    counted: set[int] = set()
    cells = compared = 0
    for cell, yen in total.items():
        amounts = {part: figures[part][cell] for part in parts if cell in figures[part]}
        if not amounts:
            continue
        compared += 1
        if abs(sum(amounts.values()) - yen) <= MILLION < abs(yen):
            cells += 1
            equal[abs(yen)] = 1 if sum(amounts.values()) == yen else WIDTH
            counted.update(part for part, amount in amounts.items() if abs(amount) > MILLION)
    if cells < _LEAST_CELLS or 2 * cells <= compared or counted != set(parts):
        return None
    return Sum(whole, parts, cells, compared, amounts_weight(equal), sum(map(_full_weight, equal)))


def amounts_weight(equal: Mapping[int, int]) -> float:
    """Return how much equal amounts say: the orders of magnitude between each and what counts as equal to it.

    Budgets change little: what adds up in one year by chance nearly does so in the next. So each amount says no more
    than its distance from the next smaller one.
    """
    steps = pairwise((0, *sorted(equal)))
    return sum(max(0.0, log10((yen - smaller) / (equal[yen] * MILLION))) for smaller, yen in steps)


def _full_weight(yen: int) -> float:
    return max(0.0, log10(yen / (WIDTH * MILLION)))


def _is_proven(found: Sum, whole: SheetDigest, parts: Sequence[SheetDigest], kin: Sequence[bool], count: int) -> bool:
    """Return whether the amounts say more than chance would, by how many sheets the parts and the whole are of."""
    strangers = [part for part, own in zip(parts, kin, strict=True) if not own]
    if any(max(abs(yen) for *_, yen in part.figures) < _LEAST_STRANGER for part in strangers):
        return False
    bonus = _FULL_BONUS * sum(_bonus(whole, part) for part in strangers) + _FULL_KIN * sum(kin)
    is_full = found.full_weight >= max(_FULL_BAR * (len(parts) - 1) - bonus, _FULL_LEAST)
    if is_full and (any(kin) or found.compared - found.equal <= 1):
        return True
    tries = sum(max(0.0, log10(count) - _bonus(whole, part)) for part in strangers)
    if any(kin):
        return found.weight >= _LEAST_WEIGHT + tries + _MARGIN * bool(strangers)
    is_kept = _MOST_RESTATED * (found.compared - found.equal) <= found.compared
    return found.weight >= _LEAST_WEIGHT + _MARGIN + log10(count) + tries and is_kept


def _bonus(whole: SheetDigest, part: SheetDigest) -> float:
    """Return how many orders of magnitude fewer sheets a part is one of, since it has more than the sum in common."""
    has_start = bool(whole.start) and whole.start == part.start
    has_bureau = bool(whole.bureau) and whole.bureau == part.bureau
    return _SAME_START * has_start + _SAME_BUREAU * has_bureau
