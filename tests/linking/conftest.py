"""The registry's strategies, arranged once for all tests of citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.linking.citations import StrategyIndex
from hyoka_kg.model import Registry
from hyoka_kg.sources.registry import read_registry


@pytest.fixture(scope="session")
def registry(root: Path) -> Registry:
    return read_registry(root / "data" / "registry")


@pytest.fixture(scope="session")
def strategies(registry: Registry) -> StrategyIndex:
    return StrategyIndex.of(registry)
