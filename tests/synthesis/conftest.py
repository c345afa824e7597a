"""One small synthetic ministry, written once along every route."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hyoka_kg.synthesis import Request, Route, synthesize


@pytest.fixture(scope="session")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of three projects and their policy over two years, in text, PDF and workbook."""
    folder = tmp_path_factory.mktemp("synthesis") / "ministry"
    synthesize(Request(seed=7, projects=3, first=2017, last=2018, route=Route.ALL), folder)
    return folder


@pytest.fixture(scope="session")
def cells(ministry: Path) -> list[dict[str, Any]]:
    """Return the truth of every cell."""
    return read_lines(ministry / "cells.jsonl")


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
