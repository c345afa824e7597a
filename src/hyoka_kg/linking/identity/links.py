"""Link the sheets of two years: what continues what, what merged or split, which statements are refuted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from enum import StrEnum
from typing import NamedTuple

from hyoka_kg.linking.identity.candidates import Pair, candidate_pairs
from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.evidence import Evidence, evidence_codes
from hyoka_kg.linking.identity.matching import Matching, match, strength
from hyoka_kg.linking.identity.ordering import BETWEEN, ordered_pairs
from hyoka_kg.linking.identity.rests import Rest, find_rests
from hyoka_kg.linking.identity.rules import first_rule, rules
from hyoka_kg.linking.identity.statements import (
    Statement,
    is_last,
    is_late_part,
    is_moved_without_money,
    judge,
)
from hyoka_kg.linking.identity.sums import Sum, find_sums
from hyoka_kg.linking.identity.surroundings import Surroundings
from hyoka_kg.model import SheetKey

_STATED = "stated-alone"
_STATED_AS = {"merged-into": "stated-merger", "split-into": "stated-split", "transferred": "stated-transfer"}
_BY_ORDER = "number-order"
_LATE_PART, _MOVED = "part-without-figures", "moved-without-money"
SUM_OF_FIGURES, REST_OF_FIGURES = "sum-of-figures", "rest-of-figures"
_HEAD_OF_SUM = "head-of-sum"


class LinkStatus(StrEnum):
    """What became of a claim that two sheets belong together."""

    ACCEPTED = "accepted"
    OPEN = "open"
    UNCONFIRMED = "unconfirmed"
    REFUTED = "refuted"


_FATES = {True: LinkStatus.ACCEPTED, False: LinkStatus.REFUTED, None: LinkStatus.UNCONFIRMED}


class Link(NamedTuple):
    """A claim about two sheets.

    Attributes:
        earlier: The earlier sheet.
        later: The later sheet.
        relation: A concept of the scheme `project-relation`.
        method: The rule that made it; `stated-…` where nothing but a statement does.
        evidence: Codes of the facts about the pair.
        status: Whether it is accepted, tied with others, without support, or refuted.
    """

    earlier: SheetKey
    later: SheetKey
    relation: str
    method: str
    evidence: tuple[str, ...]
    status: LinkStatus

    @property
    def joins(self) -> bool:
        """Return whether it makes two sheets one project.

        A merger and a split relate projects and join none, but for the part that the whole goes on from, or as.
        """
        is_part = self.relation in ("merged-into", "split-into") and self.method != _HEAD_OF_SUM
        return self.status is LinkStatus.ACCEPTED and not is_part


class YearPair:
    """The sheets of two publication years, compared and matched."""

    def __init__(
        self, earlier: Sequence[SheetDigest], later: Sequence[SheetDigest], ministries: frozenset[str] = frozenset()
    ) -> None:
        """Compare and match sheets; `ministries` are those of the earlier year whose sheets are not among these."""
        self._around = Surroundings(earlier, later, ministries)
        self.earlier, self.later = earlier, self._around.later
        self.evidence = {pair: self._compare(pair) for pair in candidate_pairs(self.earlier, self.later)}
        self.splits, self.mergers = self._find_sums()
        self._parts: dict[Pair, tuple[str, Sum]] = dict(self._parts_of_sums())
        self._heads = self._find_heads()
        self.matching: Matching = match(self._single(), taken=(set(), set()))
        if ordered := ordered_pairs(self.earlier, self.later, self.matching, self.evidence):
            self.evidence |= {pair: self._know(pair)._replace(order=BETWEEN) for pair in ordered}
            self.matching = match(self._single(), taken=(set(), set()))
        self._after = {found.pair[0]: found.pair[1] for found in self.matching.matches}
        self._before = {found.pair[1]: found.pair[0] for found in self.matching.matches}

    def _compare(self, pair: Pair) -> Evidence:
        return self._around.compare(self.earlier[pair[0]], self.later[pair[1]])

    def _find_sums(self) -> tuple[list[Sum], list[Sum]]:
        """Return what split and what merged by the figures, among the sheets that no other has the figures of."""
        known = ("equal", "weak")
        same = [pair for pair, facts in self.evidence.items() if facts.figures in known and facts.name != "far"]
        before, after = ({pair[side] for pair in same} for side in (0, 1))
        earlier = [(place, digest) for place, digest in enumerate(self.earlier) if place not in before]
        later = [(place, digest) for place, digest in enumerate(self.later) if place not in after]
        forward: dict[int, list[int]] = defaultdict(list)
        back: dict[int, list[int]] = defaultdict(list)
        for (one, other), facts in self.evidence.items():
            if _is_kin(facts):
                forward[one].append(other)
                back[other].append(one)
        return find_sums(earlier, later, forward), find_sums(later, earlier, back)

    def _taken(self) -> tuple[set[int], set[int]]:
        """Return the sheets that the sums decide: those that split or came of it, merged or are the merger."""
        earlier = {found.whole for found in self.splits} | {part for found in self.mergers for part in found.parts}
        later = {found.whole for found in self.mergers} | {part for found in self.splits for part in found.parts}
        return earlier, later

    def _find_heads(self) -> set[Pair]:
        """Return the pairs within sums that a rule makes one project: it goes on, and takes in or gives off the rest.

        Where rules join several parts to the whole, none is its head.
        """
        sums: dict[int, list[Pair]] = defaultdict(list)
        for pair, (_, found) in self._parts.items():
            if self._is_likely(pair):
                sums[id(found)].append(pair)
        return {pairs[0] for pairs in sums.values() if len(pairs) == 1}

    def _is_likely(self, pair: Pair) -> bool:
        facts = self.evidence.get(pair)
        return facts is not None and facts.name != "far" and first_rule(facts, rules()) is not None

    def _single(self) -> dict[Pair, Evidence]:
        """Return the pairs that may be one project, without those that a sum or a statement tells as a part."""
        earlier, later = self._taken()
        return {
            pair: facts
            for pair, facts in self.evidence.items()
            if not self._is_part(pair, facts)
            and (pair in self._heads or (pair[0] not in earlier and pair[1] not in later))
        }

    def _is_part(self, pair: Pair, facts: Evidence) -> bool:
        """Return whether a list of several tells a merger, or several lists a split, and the name is another."""
        if facts.stated != "yes" or facts.name == "equal":
            return False
        is_split = self._around.is_claimed_again(self.earlier[pair[0]].key) and facts.figures != "equal"
        return is_split or self._around.is_listing(self.later[pair[1]].key)

    def links(self) -> Iterator[Link]:
        """Yield the links of the two years: matches, ties, and what the sheets state beside them."""
        for found in self.matching.matches:
            if found.pair not in self._parts:
                method = f"{found.rule}+{_BY_ORDER}" if found.by_order else found.rule
                yield self._link(found.pair, self._hop(found.pair), method, LinkStatus.ACCEPTED)
        for pair in self.matching.open:
            yield self._link(pair, self._hop(pair), "tie", LinkStatus.OPEN)
        matched = {found.pair for found in self.matching.matches}
        for pair, (relation, total) in self._parts.items():
            method = _HEAD_OF_SUM if pair in matched else SUM_OF_FIGURES
            yield self._proven(pair, relation, method, total)
        cut, taken_in = self._find_rests()
        yield from (self._proven((each.whole, each.part), "split-into", REST_OF_FIGURES, each) for each in cut)
        yield from (self._proven((each.part, each.whole), "merged-into", REST_OF_FIGURES, each) for each in taken_in)
        decided = matched | set(self.matching.open) | self._parts.keys()
        decided |= {(each.whole, each.part) for each in cut} | {(each.part, each.whole) for each in taken_in}
        for pair, facts in self.evidence.items():
            if facts.stated == "yes" and pair not in decided:
                relation, status = self._judge(pair, facts)
                method = _STATED_AS.get(relation, _STATED) if status is LinkStatus.ACCEPTED else _STATED
                decided.add(pair)
                yield self._link(pair, relation, method, status)
        for pair in [*self._late_parts(decided)]:
            decided.add(pair)
            yield self._link(pair, "split-into", _LATE_PART, LinkStatus.ACCEPTED)
        for pair, relation in self._moved(decided):
            yield self._link(pair, relation, _MOVED, LinkStatus.ACCEPTED)

    def _link(self, pair: Pair, relation: str, method: str, status: LinkStatus) -> Link:
        codes = evidence_codes(self.evidence[pair])
        return Link(self.earlier[pair[0]].key, self.later[pair[1]].key, relation, method, codes, status)

    def _parts_of_sums(self) -> Iterator[tuple[Pair, tuple[str, Sum]]]:
        for split in self.splits:
            yield from (((split.whole, part), ("split-into", split)) for part in split.parts)
        for merger in self.mergers:
            yield from (((part, merger.whole), ("merged-into", merger)) for part in merger.parts)

    def _proven(self, pair: Pair, relation: str, method: str, found: Sum | Rest) -> Link:
        self._know(pair)
        link = self._link(pair, relation, method, LinkStatus.ACCEPTED)
        return link._replace(evidence=(f"figures-add-up:{found.equal}/{found.compared}", *link.evidence))

    def _know(self, pair: Pair) -> Evidence:
        """Return the evidence about a pair, also of one that was no candidate."""
        if pair not in self.evidence:
            self.evidence[pair] = self._compare(pair)
        return self.evidence[pair]

    def _find_rests(self) -> tuple[list[Rest], list[Rest]]:
        """Return what split off and what was taken in, among the sheets that neither a match nor a sum has."""
        matched = [*(found.pair for found in self.matching.matches), *self.matching.open]
        taken = self._taken()
        earlier, later = ({pair[side] for pair in matched} | taken[side] for side in (0, 1))
        going_on = [found.pair for found in self.matching.matches]
        cut = find_rests(
            self.earlier,
            self.later,
            going_on,
            set(range(len(self.later))) - later,
            lambda whole, part: _is_near(self._know((whole, part))),
        )
        taken_in = find_rests(
            self.later,
            self.earlier,
            [(other, one) for one, other in going_on],
            set(range(len(self.earlier))) - earlier,
            lambda whole, part: _is_near(self._know((part, whole))),
        )
        return cut, taken_in

    def _hop(self, pair: Pair) -> str:
        """Return what happened from one year to the other to a project that goes on."""
        one, other = self.earlier[pair[0]].key, self.later[pair[1]].key
        if one.ministry != other.ministry:
            return "transferred"
        if self.evidence[pair].name != "equal":
            return "renamed"
        return "continues" if one.number == other.number else "renumbered"

    def _judge(self, pair: Pair, facts: Evidence) -> tuple[str, LinkStatus]:
        """Return what a statement that no rule bears out says, and what becomes of it."""
        one, other = self.earlier[pair[0]], self.later[pair[1]]
        after = self._after.get(pair[0])
        statement = Statement(
            one,
            other,
            facts,
            hop=self._hop(pair),
            follower=None if after is None else self.later[after],
            has_before=pair[1] in self._before,
            is_claimed_again=self._around.is_claimed_again(one.key),
            is_listed=self._around.is_listing(other.key),
            is_whole=after is not None and self.evidence[pair[0], after].figures == "equal",
            has_namesake=facts.name != "equal" and self._around.has_namesake(other),
        )
        relation, stands = judge(statement)
        return relation, _FATES[stands]

    def _late_parts(self, decided: Set[Pair]) -> Iterator[Pair]:
        """Yield the best pair of each sheet that nothing precedes and that was a part of one that goes on."""
        parts = (
            pair
            for pair, facts in self.evidence.items()
            if pair[0] in self._after and is_late_part(self.earlier[pair[0]], facts)
        )
        yield from self._best(parts, decided)

    def _moved(self, decided: Set[Pair]) -> Iterator[tuple[Pair, str]]:
        """Yield the best pair of each sheet without money that nothing precedes, and what happened."""
        pairs = (
            (one, other)
            for (one, other), facts in self.evidence.items()
            if is_moved_without_money(self.earlier[one], self.later[other], facts)
        )
        for pair in self._best(pairs, decided):
            after = self._after.get(pair[0])
            yield pair, "transferred" if after is None or is_last(self.later[after]) else "split-into"

    def _best(self, pairs: Iterable[Pair], decided: Set[Pair]) -> Iterator[Pair]:
        """Yield the best pair of each later sheet that no decided pair has."""
        known = {pair[1] for pair in decided}
        of: dict[int, list[Pair]] = defaultdict(list)
        for pair in pairs:
            if pair[1] not in known:
                of[pair[1]].append(pair)
        yield from (max(ties, key=lambda pair: strength(self.evidence[pair])) for _, ties in sorted(of.items()))


def _is_kin(facts: Evidence) -> bool:
    """Return whether a statement, the name, wording or indicators relate a pair: figures are what it is to prove."""
    kin = facts.name != "far" or facts.text in ("equal", "some") or facts.indicators in ("valued", "worded")
    return kin or facts.stated == "yes"


def _is_near(facts: Evidence) -> bool:
    """Return whether a unit, a statement, the name, wording or indicators relate a pair."""
    return _is_kin(facts) or "equal" in (facts.bureau, facts.division)
