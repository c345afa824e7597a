"""The suites of the W3C against the service's real code, with the numbers that it must not fall below."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# What Oxigraph itself does not pass of the evaluation suite: stored literals are canonical (10 tests), and the rest
# are the engine's readings of the scope of GRAPH, of empty graphs, of BNODE() and of dates.
SUITES = [
    ("run_protocol.py", ["--read-only"], 27, 27),
    ("run_service_description.py", [], 3, 3),
    ("run_syntax.py", [], 304, 313),
    ("run_query_eval.py", [], 493, 518),
]


@pytest.fixture(scope="module")
def suites(root: Path) -> Path:
    folder = Path(os.environ.get("HYOKA_SUITES") or root.parent / "shared" / "suites") / "w3c"
    if not folder.is_dir():
        pytest.skip(f"HYOKA_SUITES names no folder with w3c, and there is none at {folder}")
    return folder


@pytest.mark.corpus
@pytest.mark.network
@pytest.mark.slow
@pytest.mark.parametrize(("runner", "options", "least", "total"), SUITES, ids=[suite[0] for suite in SUITES])
def test_the_suite_passes(
    suites: Path, tmp_path: Path, runner: str, options: list[str], least: int, total: int
) -> None:
    outcome = _run(suites / runner, options, tmp_path)
    assert outcome["total"] == total
    assert outcome["passed"] >= least, [row for row in outcome["rows"] if row[2] in ("fail", "error")]


def _run(runner: Path, options: list[str], folder: Path) -> dict[str, Any]:
    report = folder / "report.json"
    command = [sys.executable, str(runner), "--factory", "w3c_app:make", "--json", str(report), *options]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    assert report.is_file(), done.stderr
    outcome: dict[str, Any] = json.loads(report.read_text())
    return outcome
