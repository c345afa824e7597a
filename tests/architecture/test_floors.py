"""Every room stands in the table of coverage floors, and every example in the source is run."""

from __future__ import annotations

import tomllib
from pathlib import Path

from benchmarks.room_coverage import Measured, Room, rooms_of_table, table_of

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "hyoka_kg"
# Their examples want a graph and are run with one by tests/api.
_RUN_WITH_A_GRAPH = {"__init__.py", "api"}


def test_every_room_stands_in_the_table_and_its_tests_exist() -> None:
    rooms = rooms_of_table()
    assert [room.name for room in rooms] == sorted(path.parent.name for path in SRC.glob("*/__init__.py"))
    assert [test for room in rooms for test in room.tests if not (ROOT / test).exists()] == []
    assert all(room.tests for room in rooms if room.floor is not None)


def test_a_room_below_its_floor_is_told_and_one_without_a_floor_is_not() -> None:
    below = Measured(Room("linking", 80, ("tests",)), branches=10, branches_taken=7, lines=9, lines_run=9, passed=True)
    kept = Measured(Room("store", 70, ("tests",)), branches=10, branches_taken=7, lines=9, lines_run=9, passed=True)
    open_ = Measured(Room("cli", None, ()), branches=10, branches_taken=0, lines=9, lines_run=0, passed=True)
    broken = Measured(Room("query", None, ()), branches=0, branches_taken=0, lines=9, lines_run=9, passed=False)
    assert [one.holds for one in (below, kept, open_, broken)] == [False, True, True, False]
    told = list(table_of([below, kept, open_, broken]))
    assert [line.endswith("below the floor") for line in told] == [False, True, False, False, False]
    assert told[4].split()[2:] == ["100.0", "9/9", "none", "a", "test", "failed"]


def test_every_example_is_run_by_default() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        paths = tomllib.load(file)["tool"]["pytest"]["ini_options"]["testpaths"]
    run = {Path(path).name for path in paths if path.startswith("src/")}
    modules = (path for path in SRC.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))
    with_examples = {path.relative_to(SRC).parts[0] for path in modules}
    assert with_examples - _RUN_WITH_A_GRAPH == run
    assert with_examples >= _RUN_WITH_A_GRAPH
