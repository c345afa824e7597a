"""Match the sheets of two years one to one: rule by rule, the best pair first, and what ties is left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from hyoka_kg.linking.identity.candidates import Pair
from hyoka_kg.linking.identity.evidence import Evidence
from hyoka_kg.linking.identity.rules import first_rule, rules

_TEXTS = ("none", "differs", "some", "equal")
_INDICATORS = ("none", "differ", "worded", "valued")
_ORDER_OF_NUMBERS = "number-order"
_Key = tuple[float, ...]


class Match(NamedTuple):
    """That two sheets are one project, by a rule; `by_order` where only the order of numbers told twins apart."""

    pair: Pair
    rule: str
    by_order: bool


class Matching(NamedTuple):
    """What matching two years gave.

    Attributes:
        matches: The pairs that are one project.
        open: The pairs that a rule would join, but others tie with them.
    """

    matches: list[Match]
    open: list[Pair]


def match(evidence: Mapping[Pair, Evidence], *, taken: tuple[set[int], set[int]]) -> Matching:
    """Return the matching of two years; `taken` are the places in either that are matched already, and grows."""
    tiers: dict[int, list[Pair]] = defaultdict(list)
    for pair, facts in evidence.items():
        place = first_rule(facts, rules())
        if place is not None:
            tiers[place].append(pair)
    found = Matching([], [])
    for place in sorted(tiers):
        _match_tier(rules()[place].name, tiers[place], evidence, taken, found)
    return found


def _match_tier(
    rule: str, pairs: list[Pair], evidence: Mapping[Pair, Evidence], taken: tuple[set[int], set[int]], found: Matching
) -> None:
    ranked = sorted(pairs, key=lambda pair: (strength(evidence[pair]), pair), reverse=True)
    for _, equals in groupby(ranked, key=lambda pair: strength(evidence[pair])):
        free = sorted(pair for pair in equals if pair[0] not in taken[0] and pair[1] not in taken[1])
        for group in _components(free):
            earlier, later = (sorted({pair[side] for pair in group}) for side in (0, 1))
            taken[0].update(earlier)
            taken[1].update(later)
            in_order = list(zip(earlier, later, strict=False))
            if len(earlier) == len(later) and set(in_order) <= set(group):
                found.matches.extend(Match(pair, rule, len(group) > 1) for pair in in_order)
            else:
                found.open.extend(group)


def strength(evidence: Evidence) -> _Key:
    """Return how much speaks for a pair, to compare pairs of one rule."""
    return (
        evidence.equal_figures - evidence.differing_figures,
        evidence.stated == "yes",
        evidence.likeness,
        evidence.start == "equal",
        _TEXTS.index(evidence.text),
        _INDICATORS.index(evidence.indicators),
        evidence.bureau == "equal",
        evidence.division == "equal",
        evidence.order == "between",
    )


def _components(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Yield the groups of pairs that hang together by a sheet, in the order of their first pair."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        touching = [group for group in groups if _touches(pair, group)]
        rest = [group for group in groups if group not in touching]
        groups = [*rest, [*(member for group in touching for member in group), pair]]
    yield from (sorted(group) for group in sorted(groups))


def _touches(pair: Pair, group: Iterable[Pair]) -> bool:
    return any(pair[0] == one or pair[1] == other for one, other in group)
