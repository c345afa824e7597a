"""The tool that changes the source: it draws what matters, asks the right tests, and loses no survivor."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="comes with the extra 'mutation'")

from benchmarks.mutation import run
from benchmarks.mutation.mutants import Mutant, sampled
from benchmarks.mutation.reach import Reach

MODULE = '''"""A module."""

from __future__ import annotations

from functools import cache


@cache
def larger(one: int | None, other: int) -> int:
    """Return the larger number."""
    if one is not None and one > other:
        return one
    return other + 0
'''
GOOD = "from sample import larger\n\n\ndef test_larger():\n    assert larger(2, 1) == 2\n"
BETTER = GOOD + "    assert larger(1, 1) == 1\n    assert larger(None, 3) == 3\n    assert larger(1, 3) == 3\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "sample.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


def test_annotations_and_caches_are_no_changes_and_a_place_is_drawn_once(project: Path) -> None:
    drawn, places = sampled(project, project / "src", 99, seed=1)
    assert {mutant.line for mutant in drawn} == {11, 13}
    assert len({mutant.place for mutant in drawn}) == len(drawn) < places
    assert {mutant.definition for mutant in drawn} == {"larger"}
    assert sampled(project, project / "src", 99, seed=1) == (drawn, places)
    assert len(sampled(project, project / "src", 2, seed=1)[0]) == 2


def test_a_change_is_told_as_the_line_before_and_after() -> None:
    mutant = Mutant("src/sample.py", "core/ReplaceComparisonOperator_Gt_GtE", 0, "larger", 11, 31)
    before, after = mutant.lines_of(MODULE)
    assert (before, after) == ("if one is not None and one > other:", "if one is not None and one >= other:")


def test_a_place_is_shown_to_the_tests_that_run_its_statement_and_what_is_imported_to_all() -> None:
    by_line = {"src/sample.py": {5: [""], 11: ["slow", "quick"], 12: ["quick"], 13: ["other"]}}
    reach = Reach(by_line, {"slow": 2.0, "quick": 0.1, "other": 1.0}, [], 0)
    assert reach.tests_of("src/sample.py", 11, MODULE) == ["quick", "slow"]
    assert reach.tests_of("src/sample.py", 12, MODULE) == ["quick"]
    assert reach.tests_of("src/sample.py", 5, MODULE) == ["quick", "other", "slow"]
    assert reach.tests_of("src/other.py", 5, MODULE) == []


def test_the_score_leaves_out_what_is_the_same_program_and_names_what_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {("src/a.py", "f", "x > 1", "x >= 2"): "whole numbers"}
    monkeypatch.setattr(run, "equivalents", lambda: known)

    def judged(verdict: str, after: str) -> run.Judged:
        return run.Judged(Mutant("src/a.py", "core/NumberReplacer", 0, "f", 3, 0), verdict, "x > 1", after)

    results = [judged("killed", "x"), judged("slow", "x"), judged("survived", "x >= 2"), judged("unreached", "x > 2")]
    told = list(run.report(results, 40))
    assert told[0] == (
        "4 of 40 changes: 2 killed (1 by time), 2 survived (1 unreached), of them 1 the same program; score 66.7 %"
    )
    assert told[1:] == ["unreached src/a.py:3 f [core/NumberReplacer]\n  - x > 1\n  + x > 2"]


def test_every_equal_program_has_its_reason() -> None:
    with run.EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row for row in rows if len(row["reason"]) < 15] == []
    assert len(run.equivalents()) == len(rows)
    # A row whose line is gone judges nothing any more.
    for row in rows:
        lines = {line.strip() for line in (run.ROOT / row["path"]).read_text(encoding="utf-8").splitlines()}
        assert row["before"] in lines, row
