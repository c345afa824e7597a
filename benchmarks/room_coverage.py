"""Measure which branches of each room its own tests take, and fail below the floors of tests/coverage.csv.

Each room is measured by the tests that the table names for it and by no others: what a build of the whole graph happens
to pass through proves nothing. Processes that the tests start are measured too. A room without a floor has not been
measured to the end; it is told so and never fails.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "coverage.csv"


@dataclass(frozen=True, slots=True)
class Room:
    """A row of the table: the floor is a percentage of branches, none where nothing is claimed."""

    name: str
    floor: int | None
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the tests of one room took of it."""

    room: Room
    branches: int
    branches_taken: int
    lines: int
    lines_run: int
    passed: bool

    @property
    def percent(self) -> float:
        """Return the share of branches taken; a room without branches is judged by its lines."""
        taken, all_ = (self.branches_taken, self.branches) if self.branches else (self.lines_run, self.lines)
        return 100 * taken / all_

    @property
    def holds(self) -> bool:
        """Tell whether the tests passed and the floor is kept."""
        return self.passed and (self.room.floor is None or self.percent >= self.room.floor)


def rooms_of_table(table: Path = TABLE) -> list[Room]:
    """Return the rows of the table of floors."""
    with table.open(encoding="utf-8", newline="") as rows:
        return [
            Room(row["room"], int(row["branch_floor"]) if row["branch_floor"] else None, tuple(row["tests"].split()))
            for row in csv.DictReader(rows)
        ]


def measure(room: Room) -> Measured:
    """Run the tests of a room under coverage, its own source alone."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / ".coverage"
        source = ROOT / "src" / "hyoka_kg" / room.name
        tests = ["-m", "pytest", "-p", "no:cacheprovider", *room.tests]
        passed = _coverage("run", data, f"--source={source}", *tests) == 0
        _coverage("combine", data, "--quiet")
        _coverage("json", data, "--quiet", "-o", str(data.with_name("told.json")))
        told = json.loads(data.with_name("told.json").read_text(encoding="utf-8"))["totals"]
    return Measured(
        room, told["num_branches"], told["covered_branches"], told["num_statements"], told["covered_lines"], passed
    )


def _coverage(verb: str, data: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "coverage", verb, f"--data-file={data}", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, stdout=sys.stderr).returncode


def table_of(results: Iterable[Measured]) -> Iterator[str]:
    """Tell each room in a line, as soon as it is measured."""
    yield f"{'room':<14} {'branches':>13} {'%':>6} {'lines':>13} {'floor':>6}"
    for one in results:
        floor = "none" if one.room.floor is None else str(one.room.floor)
        branches, lines = f"{one.branches_taken}/{one.branches}", f"{one.lines_run}/{one.lines}"
        verdict = "" if one.holds else "  below the floor" if one.passed else "  a test failed"
        yield f"{one.room.name:<14} {branches:>13} {one.percent:>6.1f} {lines:>13} {floor:>6}{verdict}"


def main(names: list[str]) -> int:
    """Measure the named rooms, or each room with a floor; return 1 where a floor is not kept."""
    rooms = rooms_of_table()
    if unknown := set(names) - {room.name for room in rooms}:
        sys.exit(f"No such room in {TABLE.relative_to(ROOT)}: {', '.join(sorted(unknown))}")
    chosen = [room for room in rooms if (room.name in names if names else room.floor is not None)]
    results: list[Measured] = []
    for line in table_of(_kept(results, chosen)):
        print(line, flush=True)
    for room in rooms:
        if room.floor is None and room not in chosen:
            print(f"{room.name:<14} not measured: no floor is claimed")
    return 0 if all(one.holds for one in results) else 1


def _kept(results: list[Measured], rooms: list[Room]) -> Iterator[Measured]:
    for room in rooms:
        results.append(measure(room))
        yield results[-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
