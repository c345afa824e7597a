"""What a national build made, for people and machines, and the files beside the store that say more."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.national.shards import ShardSummary, Tally

_ISSUES, _COVERAGE = "issues.jsonl.gz", "coverage.csv"


@dataclass(frozen=True, slots=True)
class NationalReport:
    """What the corpora gave.

    Attributes:
        key: Hash of all inputs and of the code that states them; an equal one means nothing to do.
        files: SHA-256 by source file.
        ignored: Files that no reader knows.
        sheets: Review sheets by publication year.
        quads: Statements from the corpora, as loaded.
        classes: Things by class and publication year, from the store itself.
        issues: What could not be stated as it stands, by rule.
        issues_by_year: The same by rule, then publication year.
        issues_by_ministry: The same by rule, then ministry.
        citations: Citations read, and of them those with a work, a version, a clause or a flag, by kind of link.
        identity: Sheets, projects, links by status and relation, and issued projects that changed.
        coverage_drops: Fields whose share of filled values fell, told by `hyoka coverage`.
        seconds: Time by step, in seconds.
        peak_mebibytes: Largest memory of this process, and of the largest worker, in MiB.
        store_mebibytes: Size of the store on disk, in MiB.
    """

    key: str
    files: dict[str, str]
    ignored: list[str]
    sheets: dict[str, int]
    quads: int
    classes: dict[str, dict[str, int]]
    issues: dict[str, int]
    issues_by_year: dict[str, dict[str, int]]
    issues_by_ministry: dict[str, dict[str, int]]
    citations: dict[str, int]
    identity: dict[str, int]
    coverage_drops: int
    seconds: dict[str, float]
    peak_mebibytes: dict[str, int]
    store_mebibytes: int


_Nested = dict[str, Counter[str]]


def count_issues(summaries: Iterable[ShardSummary]) -> tuple[Counter[str], _Nested, _Nested]:
    """Return the issues by rule, by rule and year, and by rule and ministry."""
    rules: Counter[str] = Counter()
    years: _Nested = {}
    ministries: _Nested = {}
    for summary in summaries:
        for issue in summary.issues:
            rules[issue.rule] += 1
            years.setdefault(issue.rule, Counter())[str(issue.fiscal_year)] += 1
            ministries.setdefault(issue.rule, Counter())[issue.ministry or "unknown"] += 1
    return rules, years, ministries


def add_tallies(summaries: Iterable[ShardSummary]) -> tuple[Tally, Tally]:
    """Return filled and seen values of all shards."""
    filled: Tally = Counter()
    seen: Tally = Counter()
    for summary in summaries:
        filled.update(summary.filled)
        seen.update(summary.seen)
    return filled, seen


def write_issues(folder: Path, summaries: Iterable[ShardSummary]) -> None:
    """Write every issue with its place, a line each, beside the store."""
    with (folder / _ISSUES).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as output:
        for summary in summaries:
            for issue in summary.issues:
                output.write(json.dumps(issue._asdict(), ensure_ascii=False).encode() + b"\n")


def write_coverage(folder: Path, filled: Tally, seen: Tally) -> None:
    """Write filled and seen values by field, year and ministry beside the store."""
    with (folder / _COVERAGE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("field", "fiscal_year", "ministry", "filled", "seen"))
        for key, count in sorted(seen.items()):
            writer.writerow((*key, filled[key], count))


def read_coverage(folder: Path) -> tuple[Tally, Tally]:
    """Return filled and seen values as written beside a store.

    Raises:
        StoreError: The build holds no corpora, and nothing was counted.
    """
    filled: Tally = Counter()
    seen: Tally = Counter()
    if not (folder / _COVERAGE).is_file():
        raise StoreError(f"The build {folder} holds no national corpora. Build them: hyoka build --corpus FOLDER")
    with (folder / _COVERAGE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["field"], int(row["fiscal_year"]), row["ministry"])
            filled[key], seen[key] = int(row["filled"]), int(row["seen"])
    return filled, seen


def sorted_counts(counts: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """Return nested counts in a fixed order."""
    return {name: dict(sorted(inner.items())) for name, inner in sorted(counts.items())}
