"""Judge links between sheets against pairs that were judged by hand, or made with their truth.

A pair of sheets is positive where they tell of one project, or where one project became the other by a merger, a split
or a transfer. What is judged `open` is not counted. An answer of None is an abstention: it never lowers precision, and
it counts as a miss where the pair is positive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

POSITIVE = frozenset({"same", "merged", "split", "transferred"})
OPEN = "open"


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two sheets and what relates them.

    Attributes:
        sheets: Their keys, as `mic/2019/0034` (ministry, publication year, number); the earlier one first.
        label: `same`, `different`, `merged`, `split`, `transferred` or `open`.
        stratum: The kind of case that it was drawn for.
    """

    sheets: tuple[str, str]
    label: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs were joined rightly, joined wrongly, missed, kept apart rightly, and left open by the answer."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    apart: int = 0
    abstained: int = 0

    @property
    def precision(self) -> float | None:
        """Return the share of the joined pairs that are positive; None where none was joined."""
        joined = self.right + self.wrong
        return self.right / joined if joined else None

    @property
    def recall(self) -> float | None:
        """Return the share of the positive pairs that were joined; None where there is none."""
        positive = self.right + self.missed
        return self.right / positive if positive else None


Answer = Callable[[str, str], bool | None]


def judge_pairs(pairs: Iterable[JudgedPair], joined: Answer) -> dict[str, Score]:
    """Return the score by stratum; the key "" holds the score of all.

    Args:
        pairs: What is known.
        joined: Whether an earlier and a later sheet are linked; None where that is left open.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pair in pairs:
        if pair.label == OPEN:
            continue
        for outcome in _outcomes(pair.label in POSITIVE, joined(*pair.sheets)):
            counts[pair.stratum][outcome] += 1
            counts[""][outcome] += 1
    return {stratum: Score(**outcomes) for stratum, outcomes in sorted(counts.items())}


def _outcomes(positive: bool, answer: bool | None) -> tuple[str, ...]:
    if answer:
        return ("right",) if positive else ("wrong",)
    missed = ("missed",) if positive else ("apart",) * (answer is not None)
    return (*missed, "abstained") if answer is None else missed


@dataclass(frozen=True, slots=True)
class JudgedSheet:
    """A sheet and what became of it in the next year.

    Attributes:
        sheet: Its key.
        successors: The sheets of the next year that tell of its project; none where it ended.
        undecided: Sheets of the next year of which reading did not decide: linked or not, they do not count.
    """

    sheet: str
    successors: frozenset[str]
    undecided: frozenset[str] = frozenset()


def judge_successors(
    sheets: Iterable[JudgedSheet], linked: Callable[[str], frozenset[str]], left_open: Callable[[str], bool]
) -> Score:
    """Return the score of the links that lead from sheets to the next year; drawn at random, they stand for all.

    Args:
        sheets: What is known. `apart` counts those that ended and were linked to nothing.
        linked: The sheets of the next year that a sheet is linked to.
        left_open: Whether a link to the next year is left open; an abstention where no other link is there.
    """
    right = wrong = missed = apart = abstained = 0
    for judged in sheets:
        given = linked(judged.sheet) - judged.undecided
        right += len(given & judged.successors)
        wrong += len(given - judged.successors)
        missed += len(judged.successors - given)
        apart += not given and not judged.successors
        abstained += not given and left_open(judged.sheet)
    return Score(right, wrong, missed, apart, abstained)


def judge_clusters(truth: Iterable[frozenset[str]], project_of: Callable[[str], str]) -> Score:
    """Return the score of all pairs of sheets within and between clusters that were judged whole.

    Args:
        truth: The sheets of each project; a sheet stands in one cluster.
        project_of: The project that a sheet was given.
    """
    given: dict[str, int] = defaultdict(int)
    right = positive = 0
    for cluster in truth:
        own: dict[str, int] = defaultdict(int)
        for sheet in cluster:
            own[project_of(sheet)] += 1
        right += sum(map(_couples, own.values()))
        positive += _couples(len(cluster))
        for project, count in own.items():
            given[project] += count
    joined = sum(map(_couples, given.values()))
    return Score(right=right, wrong=joined - right, missed=positive - right)


def _couples(count: int) -> int:
    return count * (count - 1) // 2
