"""Measure the readers on a synthetic ministry: every number of its truth against the reading of every file."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Claim, ClaimState
from hyoka_kg.pipeline.comparing import NUMBER_KINDS, Verdict, bare, group_of, has_digit, is_number
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.pipeline.unnumbered import renamed, rows_by_words

ROUTES = {".txt": "text", ".pdf": "pdf", ".xlsx": "workbook"}


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """The verdict on one cell of one file."""

    file: str
    route: str
    verdict: Verdict


@dataclass
class Measurement:
    """The verdicts on all numbers of a ministry; an extra number counts as wrong, since it states what is not there.

    Attributes:
        verdicts: One a number of the truth, and one a number that only the reading has.
        files: Files read, by route.
    """

    verdicts: list[FileVerdict] = field(default_factory=list)
    files: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[tuple[str, str], Counter[str]]:
        """Return how many numbers are right, wrong and open, by route and group of boxes."""
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for one in self.verdicts:
            counts[one.route, one.verdict.group][_outcome(one)] += 1
        return dict(sorted(counts.items()))

    def totals(self) -> dict[str, Counter[str]]:
        """Return how many numbers are right, wrong and open, by route."""
        totals: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.verdicts:
            totals[one.route][_outcome(one)] += 1
        return dict(sorted(totals.items()))

    def wrong(self) -> list[FileVerdict]:
        """Return the verdicts where the reading states a number that is not the truth."""
        return [one for one in self.verdicts if _outcome(one) == "wrong"]

    def add(self, other: Measurement) -> None:
        """Take over the verdicts of another measurement."""
        self.verdicts += other.verdicts
        self.files += other.files


def share(counts: Mapping[str, int], outcome: str) -> float:
    """Return the share of an outcome among the numbers; 0 where there are none."""
    total = sum(counts.values())
    return counts.get(outcome, 0) / total if total else 0.0


def measure(folder: Path) -> Measurement:
    """Return the verdict on every number of a folder that `hyoka synthesize` wrote.

    Raises:
        AcquisitionError: The folder holds no `cells.jsonl`, or no document.
    """
    truth = _read_truth(folder)
    files = [file for file in sorted((folder / "documents").glob("*")) if file.suffix in ROUTES]
    if not files:
        raise AcquisitionError(
            f"{folder} has no documents. Write some: hyoka synthesize --seed 1 --out FOLDER --as all"
        )
    measurement = Measurement()
    for file in files:
        route = ROUTES[file.suffix]
        measurement.files[route] += 1
        verdicts = _judge_file(file, truth[file.stem])
        measurement.verdicts += [FileVerdict(file.name, route, verdict) for verdict in verdicts]
    return measurement


def _read_truth(folder: Path) -> dict[str, list[dict[str, Any]]]:
    path = folder / "cells.jsonl"
    if not path.is_file():
        raise AcquisitionError(f"{folder} has no cells.jsonl. Bring a folder that hyoka synthesize wrote.")
    truth: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for cell in map(json.loads, lines):
            truth[cell["document"]].append(cell)
    return truth


def _judge_file(file: Path, cells: list[dict[str, Any]]) -> Iterator[Verdict]:
    true = rows_by_words({(cell["subject"], cell["field"]): cell["printed"] for cell in cells})
    told = [claim for claim in read_form(file).claims if not claim.is_passage]
    claims = {claim.key: claim for claim in renamed(told, true)}
    for cell in cells:
        claim = claims.pop((cell["subject"], cell["field"], cell["fiscal_year"]), None)
        if cell["kind"] in NUMBER_KINDS and has_digit(cell["printed"]):
            yield _judge(cell, claim)
        elif claim is not None and _states_number(claim) and bare(claim.printed) != bare(cell["printed"]):
            yield _verdict(cell, claim, "extra")
    for claim in claims.values():
        if _states_number(claim):
            yield Verdict(group_of(claim.subject), "extra", True, claim.key, claim.printed, "", claim.basis)


def _states_number(claim: Claim) -> bool:
    return claim.is_told and is_number(claim.subject, claim.field, claim.printed)


def _judge(cell: dict[str, Any], claim: Claim | None) -> Verdict:
    if claim is None or claim.state is ClaimState.OPEN:
        return _verdict(cell, claim, "open")
    return _verdict(cell, claim, "right" if bare(claim.printed) == bare(cell["printed"]) else "wrong")


def _verdict(cell: dict[str, Any], claim: Claim | None, outcome: str) -> Verdict:
    key = (cell["subject"], cell["field"], cell["fiscal_year"])
    read, basis = (claim.printed, claim.basis) if claim else ("", "")
    return Verdict(group_of(cell["subject"]), outcome, True, key, read, cell["printed"], basis)


def _outcome(one: FileVerdict) -> str:
    return "wrong" if one.verdict.outcome == "extra" else one.verdict.outcome
