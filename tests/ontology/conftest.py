"""The vocabulary, its schemes and its quality shapes, parsed once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"


def _parsed(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def ontology_dir() -> Path:
    return ONTOLOGY


@pytest.fixture(scope="session")
def vocabulary() -> Graph:
    return _parsed(ONTOLOGY / "hyoka.ttl")


@pytest.fixture(scope="session")
def schemes() -> Graph:
    return _parsed(*sorted(ONTOLOGY.glob("schemes/*.ttl")))


@pytest.fixture(scope="session")
def cubes() -> Graph:
    return _parsed(ONTOLOGY / "dsd.ttl")


@pytest.fixture(scope="session")
def quality_shapes() -> Graph:
    return _parsed(ONTOLOGY / "quality.shapes.ttl")


@pytest.fixture(scope="session")
def parse() -> Callable[..., Graph]:
    return _parsed
