"""The sample graph as the library opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

import hyoka_kg as hk


@pytest.fixture(scope="session")
def kg(store_folder: Path) -> hk.KnowledgeGraph:
    return hk.open(store_folder)
