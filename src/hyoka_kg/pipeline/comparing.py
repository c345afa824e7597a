"""Compare a reading with a transcription, cell by cell: right, wrong, open, and what only the reading has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from hyoka_kg.errors import LayoutError
from hyoka_kg.graph.forms import meaning_of_field
from hyoka_kg.model import (
    HARD_BREAK,
    SOFT_BREAK,
    Cell,
    CellKey,
    Claim,
    ClaimState,
    Document,
    FormReading,
    Passage,
    ValueStatus,
)

NUMBER_KINDS = {"money", "percent", "ratio", "indicator_value"}
OUTCOMES = ("right", "wrong", "open", "extra")
_DIGIT = re.compile(r"[0-9\uff10-\uff19]")
_PLACE = re.compile(r"/(?:[0-9]+|[A-Z])(?=/|$)")
_INDICATOR = re.compile(r"/(?:outcome|output)-[0-9]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One cell compared.

    Attributes:
        group: Group of boxes, such as `entry` or `indicator`.
        outcome: One of `OUTCOMES`; `open` where the reading does not tell.
        is_number: Whether the transcription has a number there.
        key: Subject, field and year.
        read: What the reading claims.
        transcribed: What the transcription states.
        basis: How the reading knows it.
    """

    group: str
    outcome: str
    is_number: bool
    key: CellKey
    read: str
    transcribed: str
    basis: str


@dataclass
class Comparison:
    """All verdicts, and their counts by group."""

    verdicts: list[Verdict] = field(default_factory=list)

    def counts(self, *, numbers_only: bool = False) -> dict[str, dict[str, int]]:
        """Return how many cells of each group are right, wrong, open or extra."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OUTCOMES, 0))
        for verdict in self.verdicts:
            if verdict.is_number or not numbers_only:
                counts[verdict.group][verdict.outcome] += 1
        return dict(sorted(counts.items()))

    def wrong(self) -> list[Verdict]:
        """Return the verdicts where reading and transcription differ."""
        return [verdict for verdict in self.verdicts if verdict.outcome in ("wrong", "extra")]


def compare(reading: FormReading, document: Document) -> Comparison:
    """Return the verdict on every cell of a transcription, and on every claim that it does not have.

    A cell is right where the literals are equal but for white space and line breaks, and their status is the same;
    structure is right where the value is. Texts are compared by their place (or, on other routes, by hash).
    """
    comparison = Comparison()
    claims = {claim.key: claim for claim in reading.claims if not claim.is_passage}
    passages = {(claim.subject, claim.field): claim for claim in reading.claims if claim.is_passage}
    for cell in document.cells:
        comparison.verdicts.append(_judge(cell, claims.pop(cell.key, None)))
    for passage in document.passages:
        claim = passages.pop((passage.subject, passage.box), None)
        comparison.verdicts.append(_judge_passage(passage, claim))
    comparison.verdicts += [_extra(claim) for claim in (*claims.values(), *passages.values()) if claim.is_told]
    return comparison


def _judge(cell: Cell, claim: Claim | None) -> Verdict:
    is_open = claim is None or claim.state is ClaimState.OPEN
    is_right = claim is not None and _is_same(cell, claim)
    outcome = "open" if is_open else "right" if is_right else "wrong"
    return Verdict(
        group=group_of(cell.subject),
        outcome=outcome,
        is_number=is_number(cell.subject, cell.field, cell.printed),
        key=cell.key,
        read=claim.printed or claim.value if claim else "",
        transcribed=cell.printed or cell.value,
        basis=claim.basis if claim else "",
    )


def _is_same(cell: Cell, claim: Claim) -> bool:
    if cell.is_structure:
        return cell.value == claim.value
    return bare(cell.printed) == bare(claim.printed) and _status(cell.status) == _status(claim.status)


def _status(status: ValueStatus) -> ValueStatus:
    return ValueStatus.REPORTED if status is ValueStatus.ZERO else status


def _judge_passage(passage: Passage, claim: Claim | None) -> Verdict:
    outcome = "open"
    if claim is not None and claim.state is not ClaimState.OPEN:
        outcome = "right" if claim.pieces == passage.pieces else "wrong"
    return Verdict(
        group=group_of(passage.subject),
        outcome=outcome,
        is_number=False,
        key=(passage.subject, passage.box, None),
        read=";".join(map(str, claim.pieces)) if claim else "",
        transcribed=";".join(map(str, passage.pieces)),
        basis=claim.basis if claim else "",
    )


def _extra(claim: Claim) -> Verdict:
    is_numeric = is_number(claim.subject, claim.field, claim.printed)
    return Verdict(
        group_of(claim.subject), "extra", is_numeric, claim.key, claim.printed or claim.value, "", claim.basis
    )


def bare(printed: str) -> str:
    """Return a literal without line breaks and white space, as literals are compared."""
    return "".join(printed.replace(SOFT_BREAK, "").replace(HARD_BREAK, "").split())


def group_of(subject: str) -> str:
    """Return the group of boxes of a subject.

    >>> group_of("entry/9/indicator/outcome-1"), group_of("indicator/7/component/2")
    ('entry/indicator', 'indicator/component')
    """
    return _INDICATOR.sub("", _PLACE.sub("", subject)).replace("/total", "")


def is_number(subject: str, name: str, printed: str) -> bool:
    """Return whether a cell holds a number that a reader computes with: money, a rate, a value of an indicator."""
    try:
        meaning = meaning_of_field(subject, name)
    except LayoutError:
        return False
    return meaning.kind in NUMBER_KINDS and has_digit(printed)


def has_digit(printed: str) -> bool:
    """Return whether a literal holds a digit of either width."""
    return bool(_DIGIT.search(printed))


def totals(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of the counts of all groups."""
    return {outcome: sum(row[outcome] for row in counts.values()) for outcome in OUTCOMES}
