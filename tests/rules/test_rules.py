"""Each rule derives exactly what it should from a small graph that also holds what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib

ROOT = Path(__file__).resolve().parents[2]
RULES = {path.stem: path for path in (ROOT / "queries" / "rules").rglob("*.rq")}
CASES = sorted(path.parent for path in Path(__file__).parent.rglob("given.ttl"))
# Sums and counts of many sheets, which the national build is tried with (tests/national), and links by inference.
TRIED_ELSEWHERE = {path.stem for path in (ROOT / "queries" / "rules").glob("*/*.rq")}


def test_there_is_a_case_for_every_rule() -> None:
    assert len(CASES) == 8
    assert {case.name for case in CASES} >= set(RULES) - TRIED_ELSEWHERE


def _facts(graph: rdflib.Graph) -> set[tuple[str, str, object]]:
    """Return the triples with numbers as values: two engines write the same decimal in two ways."""
    return {(str(s), str(p), o.toPython()) for s, p, o in graph}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_rule_derives_what_is_expected_and_nothing_else(case: Path) -> None:
    store = pyoxigraph.Store()
    store.load(path=str(case / "given.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    answer = store.query(RULES[case.name].read_text(encoding="utf-8"))
    assert isinstance(answer, pyoxigraph.QueryTriples)
    derived = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in answer), format="nt")
    expected = _facts(rdflib.Graph().parse(case / "expected.ttl"))
    assert expected
    assert _facts(derived) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_second_engine_derives_the_same(case: Path) -> None:
    given = rdflib.Graph().parse(case / "given.ttl")
    derived = given.query(RULES[case.name].read_text(encoding="utf-8")).graph
    assert _facts(derived) == _facts(rdflib.Graph().parse(case / "expected.ttl"))
