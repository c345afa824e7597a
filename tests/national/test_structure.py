"""The set queries of queries/structure find what the SHACL shapes of the same rule find, focus by focus."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from hyoka_kg.config import ontology_dir
from hyoka_kg.query import load_catalogue
from hyoka_kg.query.catalogue import CannedQuery
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.validation import check_shapes

SHAPES = sorted((ontology_dir() / "shapes").glob("*.ttl"))
CASES = Path(__file__).resolve().parents[1] / "shapes"
QUERIES = list(load_catalogue("structure"))


def by_set_query(query: CannedQuery, ntriples: str) -> set[str]:
    store = ox.Store()
    store.load(ntriples, format=ox.RdfFormat.N_TRIPLES)
    return {_named(row["focus"]) for row in EmbeddedStore(store).select(query.text).as_text()}


def by_shapes(rule: str, ntriples: str) -> set[str]:
    return {_named(finding.focus) for finding in check_shapes([ntriples], SHAPES) if finding.rule == rule}


def _named(focus: str) -> str:
    """Return a focus; blank nodes bear a new label in every engine."""
    return focus if ":" in focus else "_:"


def ntriples_of(path: Path) -> str:
    return "".join(sorted(f"{quad.triple} .\n" for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)))


def test_there_is_a_set_query_for_each_rule_of_the_lean_level() -> None:
    rules = {query.header["rule"] for query in QUERIES}
    expected = {"STR-01", "STR-02", "STR-03", "STR-04", "STR-06", "STR-07", "ID-01", "ID-05", "NORM-06", "PROV-01"}
    assert rules == expected
    assert len(QUERIES) == len(expected)


@pytest.mark.parametrize("name", ["good", "bad"])
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_a_set_query_agrees_with_the_shapes(query: CannedQuery, name: str) -> None:
    ntriples = ntriples_of(CASES / query.header["rule"] / f"{name}.ttl")
    found = by_set_query(query, ntriples)
    assert found == by_shapes(query.header["rule"], ntriples)
    assert bool(found) == (name == "bad")
