"""The suites of the W3C against the service's real code, with the numbers that it must not fall below.

What fails is recorded with its reason in `w3c_expected.csv`; the record may only shrink.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from hyoka_kg.config import Settings
from hyoka_kg.service.private import create_private_app
from hyoka_kg.store import open_build_area
from hyoka_kg.store.drafts import Draft
from hyoka_kg.store.writing import StoreWriter

PUBLIC = ["--factory", "w3c_app:make"]
TOKEN = "w3c"  # noqa: S105 - it opens the draft of a test
EXPECTED = Path(__file__).parent / "w3c_expected.csv"
READ_ONLY = [
    ("run_protocol.py", [*PUBLIC, "--read-only"], 27, 27),
    ("run_service_description.py", PUBLIC, 3, 3),
    ("run_syntax.py", PUBLIC, 304, 313),
    ("run_query_eval.py", PUBLIC, 493, 518),
    ("run_shacl.py", ["--callable", "w3c_shapes:judge"], 118, 120),
]
# The private app over a draft has the parts of the protocols that change a graph.
PRIVATE = [("run_protocol.py", 34), ("run_update_eval.py", 94), ("run_gsp.py", 13)]

pytestmark = [pytest.mark.corpus, pytest.mark.network, pytest.mark.slow]


@pytest.fixture(scope="module")
def suites(root: Path) -> Path:
    folder = Path(os.environ.get("HYOKA_SUITES") or root.parent / "shared" / "suites") / "w3c"
    if not folder.is_dir():
        pytest.skip(f"HYOKA_SUITES names no folder with w3c, and there is none at {folder}")
    return folder


@pytest.fixture(scope="module")
def private(
    suites: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Any], AbstractContextManager[str]]
) -> Iterator[list[str]]:
    """Serve an empty draft, and return how a runner reaches it."""
    folder = tmp_path_factory.mktemp("draft")
    with open_build_area(folder) as area:
        StoreWriter(area.engine_directory).finish()
        area.publish("empty", "{}")
    draft = Draft(folder)
    draft.begin()
    with serve(create_private_app(draft, Settings(union_default_graph=False), TOKEN)) as url:
        places = {"query": "sparql", "update": "update", "gsp": "graphs"}
        ways = [part for name, path in places.items() for part in (f"--{name}-url", f"{url}/{path}")]
        yield [*ways, "--auth", f"Bearer {TOKEN}"]


@pytest.mark.parametrize(("runner", "options", "least", "total"), READ_ONLY, ids=[suite[0] for suite in READ_ONLY])
def test_the_suite_passes(
    suites: Path, tmp_path: Path, runner: str, options: list[str], least: int, total: int
) -> None:
    outcome = _run(suites / runner, options, tmp_path)
    failed, expected = _failed(outcome), _expected(runner)
    assert (failed - expected, "fails and is not recorded") == (set(), "fails and is not recorded")
    assert (expected - failed, "passes now: take it off the record") == (set(), "passes now: take it off the record")
    assert outcome["total"] == total
    assert outcome["passed"] >= least


@pytest.mark.parametrize("runner", ["run_syntax.py", "run_query_eval.py"])
def test_whatever_fails_fails_on_the_plain_engine_too(suites: Path, tmp_path: Path, runner: str) -> None:
    failed = _failed(_run(suites / runner, ["--factory", "w3c_plain:make"], tmp_path))
    assert _expected(runner) <= failed


@pytest.mark.parametrize(("runner", "total"), PRIVATE, ids=[suite[0] for suite in PRIVATE])
def test_the_private_app_passes_what_changes_a_graph(
    suites: Path, private: list[str], tmp_path: Path, runner: str, total: int
) -> None:
    outcome = _run(suites / runner, private, tmp_path)
    assert (outcome["passed"], outcome["total"]) == (total, total), _failed(outcome)


def test_every_expected_failure_has_a_reason() -> None:
    rows = list(csv.DictReader(EXPECTED.open(encoding="utf-8")))
    assert len(rows) == 36
    assert all(row["reason"].endswith(".") for row in rows)


def _run(runner: Path, options: list[str], folder: Path) -> dict[str, Any]:
    report = folder / "report.json"
    command = [sys.executable, str(runner), "--json", str(report), *options]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    assert report.is_file(), done.stderr
    outcome: dict[str, Any] = json.loads(report.read_text())
    sys.stdout.write(f"{runner.stem}: {outcome['passed']}/{outcome['total']}\n")
    return outcome


def _failed(outcome: dict[str, Any]) -> set[str]:
    return {row[0] for row in outcome["rows"] if row[2] in ("fail", "error")}


def _expected(runner: str) -> set[str]:
    with EXPECTED.open(encoding="utf-8") as file:
        return {row["test"] for row in csv.DictReader(file) if row["runner"] == runner}
