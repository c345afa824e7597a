"""How often a rule told the truth: findings drawn at random and judged by hand against the rows they came from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.errors import LayoutError

JUDGED_COLUMNS = ("rule", "document", "focus", "verdict", "reason")
_VERDICTS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Judged:
    """What the sample of a rule came to.

    Attributes:
        findings_count: Findings that were judged: twenty, or all where there are fewer.
        true_count: Those that are true of the papers, with the right number, unit, year and direction.
    """

    findings_count: int
    true_count: int


def judged_rules(folder: Path) -> Mapping[str, Judged]:
    """Return what was judged of each rule, by a file a rule; a folder that is absent tells of none.

    Raises:
        LayoutError: A file has other columns, no row, a row of another rule, or another verdict than true or false.
    """
    return {file.stem: _judged(file) for file in sorted(folder.glob("*.csv"))}


def _judged(file: Path) -> Judged:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        if tuple(rows.fieldnames or ()) != JUDGED_COLUMNS:
            raise LayoutError(f"{file}: the columns are not {', '.join(JUDGED_COLUMNS)}. Name them so, in this order.")
        verdicts = [_verdict(file, row) for row in rows]
    if not verdicts:
        raise LayoutError(f"{file}: no finding is judged. Judge one, or remove the file.")
    return Judged(len(verdicts), sum(verdicts))


def _verdict(file: Path, row: Mapping[str, str]) -> bool:
    if row["rule"] != file.stem:
        raise LayoutError(f"{file}: a row is of the rule {row['rule']!r}. A file holds one rule and bears its name.")
    if row["verdict"] not in _VERDICTS:
        raise LayoutError(f"{file}: the verdict {row['verdict']!r} is neither true nor false. Write one of the two.")
    return _VERDICTS[row["verdict"]]
