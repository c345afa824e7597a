"""A small build of two graphs and a default graph, published as a real one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.store import EmbeddedStore, open_build_area
from hyoka_kg.store.writing import StoreWriter

EX = "http://example.org/"
LINES = [
    f'<{EX}a> <{EX}name> "安全"@ja <{EX}one> .\n',
    f"<{EX}a> <{EX}is> <{EX}b> <{EX}one> .\n",
    f"<{EX}a> <{EX}is> <{EX}b> <{EX}two> .\n",
    f'<{EX}c> <{EX}count> "3"^^<http://www.w3.org/2001/XMLSchema#integer> <{EX}two> .\n',
    f'<{EX}d> <{EX}name> "unnamed graph" .\n',
]


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store folder whose current build is called `small`."""
    store = tmp_path_factory.mktemp("small")
    with open_build_area(store) as area:
        writer = StoreWriter(area.engine_directory)
        writer.load(LINES)
        writer.finish()
        del writer
        area.publish("small", "{}")
    return store


@pytest.fixture(scope="session")
def small(small_build: Path) -> EmbeddedStore:
    return EmbeddedStore.open(small_build)
