"""One small ministry by every route, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.synthesis import Kind, Request, Route, synthesize


@pytest.fixture(scope="session")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of two projects and their policy in one year, in text, PDF and workbook."""
    folder = tmp_path_factory.mktemp("ministry") / "out"
    synthesize(Request(7, 2, 2018, 2018, Kind.BOTH, Route.ALL, 0.2), folder)
    return folder
