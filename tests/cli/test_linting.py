"""`hyoka lint` of an ex-ante form: nothing to mend in a clean one; a planted defect with place, rule and way out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

_SEED = 10


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one synthetic ex-ante sheet as text, its lines in the order of reading, with the truth about its cells."""
    folder = tmp_path_factory.mktemp("ministry") / "out"
    synthesize(Request(_SEED, 2, 2017, 2017, Kind.EX_ANTE, Route.TEXT, 0), folder)
    return folder


def _form(ministry: Path) -> Path:
    [form] = ministry.glob("documents/*.txt")
    return form


def _lint(form: Path) -> Result:
    return CliRunner().invoke(app, ["lint", str(form)])


def _spoil(ministry: Path, path: Path, change: Callable[[str], str]) -> int:
    """Write the form with what was spent on its first entry changed; return the line, which holds nothing else."""
    truth = map(json.loads, (ministry / "cells.jsonl").read_text(encoding="utf-8").splitlines())
    cell: dict[str, Any] = next(
        one for one in truth if (one["subject"], one["field"], one["fiscal_year"]) == ("entry/1", "executed", 2016)
    )
    number = int(cell["where"]["text"].partition(":")[0])
    lines = _form(ministry).read_text(encoding="utf-8").splitlines()
    lines[number - 1] = change(lines[number - 1])
    path.write_text("\n".join(lines), encoding="utf-8")
    return number


def test_a_clean_ex_ante_form_has_no_warning_and_nothing_to_tell_of_its_reading(ministry: Path) -> None:
    answer = _lint(_form(ministry))
    assert answer.exit_code == 0
    assert "Warning" not in answer.stdout
    # What was read, in both languages, and not a line more.
    [told] = answer.stderr.splitlines()
    assert told.startswith("ex-ante/2017 from text: ")
    assert "text から ex-ante/2017 として読んだ" in told


def test_a_planted_defect_of_an_ex_ante_form_is_told_with_line_rule_and_way_out_in_both_languages(
    ministry: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.txt"
    number = _spoil(ministry, wrong, lambda text: text.replace("百万円", "0百万円"))
    answer = _lint(wrong)
    assert answer.exit_code == 1
    assert f"{wrong}:{number}: Warning BUD-01\n" in answer.stdout
    said = answer.stdout.partition("BUD-01\n")[2].partition(f"{wrong}:")[0]
    assert "執行額" in said
    assert "executed" in said.lower()
    assert len(said.splitlines()) >= 6
    # The reader tells the same of the box, with the values compared and what to do, in a line of each language.
    lines = answer.stderr.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("execution_above_budget"))
    place, japanese, english = lines[at : at + 3]
    assert place.startswith("execution_above_budget (entry/1 executed 2016 (")
    assert f"line {number}" in place
    assert japanese.startswith("  執行額が予算額を超える（")
    assert japanese.endswith("：流用・予備費などで予算が増えていれば、その欄に書く")
    assert english.startswith("  execution above budget (")
    assert english.endswith("): where a transfer or reserve raised the budget, fill in its box")


def test_a_sum_is_not_judged_where_one_of_its_amounts_was_not_read(ministry: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.txt"
    _spoil(ministry, torn, lambda text: f"{text}0")
    answer = _lint(torn)
    assert answer.exit_code == 0
    assert "BUD-02" not in answer.stdout
    assert "row_incomplete (entry/1)\n  行の額が年度の数だけ揃わない" in answer.stderr
    assert "Not judged: BUD-02, since amounts that it adds up were not read. BUD-02 は判定しない。" in answer.stderr
