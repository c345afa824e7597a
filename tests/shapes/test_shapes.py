"""Each SHACL shape stays silent on a good graph and fires on the error that its bad graph plants."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
CASES = sorted(path for path in Path(__file__).parent.iterdir() if (path / "good.ttl").is_file())
HYOKA = Namespace("https://w3id.org/hyoka/def#")
PREFIXES = {
    "https://w3id.org/hyoka/shapes#": "hysh:",
    "https://w3id.org/hyoka/scheme/": "hys:",
    "https://w3id.org/hyoka/id/": "hyk:",
    "http://www.w3.org/ns/shacl#": "sh:",
}
LANGUAGES = {"ja", "en"}

Result = tuple[str, str, str, str]


def _load() -> Graph:
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


SHAPES = _load()
RULES = sorted({str(rule) for rule in SHAPES.objects(None, HYOKA.ruleId)})


def _short(node: Node | None) -> str:
    if isinstance(node, BNode):
        return "_:"
    text = "" if node is None else str(node)
    for namespace, prefix in PREFIXES.items():
        text = text.replace(namespace, prefix, 1) if text.startswith(namespace) else text
    return text


def _results(path: Path, rule: str) -> list[Result]:
    """Return focus node, shape, severity and value of the results of one rule."""
    _, report, text = validate(Graph().parse(path), shacl_graph=SHAPES, inference="none")
    # pySHACL returns a ValidationFailure in place of a graph when a shape itself cannot be run.
    assert isinstance(report, Graph), text
    return sorted(
        (_short(report.value(r, SH.focusNode)), _short(shape), _short(severity), _short(report.value(r, SH.value)))
        for r in report.subjects(RDF.type, SH.ValidationResult)
        if (shape := report.value(r, SH.sourceShape), HYOKA.ruleId, Literal(rule)) in SHAPES
        and (severity := report.value(r, SH.resultSeverity))
    )


def _expected(case: Path) -> list[Result]:
    with (case / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return sorted((row["focus"], row["shape"], row["severity"], row["value"]) for row in rows)


def test_there_is_a_case_for_every_rule() -> None:
    assert len(FILES) == 9
    assert len(RULES) == 20
    assert [case.name for case in CASES] == RULES


def test_every_shape_fires_in_a_bad_graph() -> None:
    shapes = {_short(shape) for shape in SHAPES.subjects(HYOKA.ruleId, None)}
    fired = {shape for case in CASES for _, shape, _, _ in _expected(case)}
    assert fired == shapes


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_good_graph_passes(case: Path) -> None:
    assert _results(case / "good.ttl", case.name) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_bad_graph_is_told_in_full(case: Path) -> None:
    assert _results(case / "bad.ttl", case.name) == _expected(case)


@pytest.mark.parametrize("shape", sorted(SHAPES.subjects(HYOKA.ruleId, None)), ids=_short)
def test_a_shape_is_described(shape: URIRef) -> None:
    assert str(shape).startswith("https://w3id.org/hyoka/shapes#")
    assert len(list(SHAPES.objects(shape, HYOKA.ruleId))) == 1
    assert len(list(SHAPES.objects(shape, SH.severity))) == 1
    assert len(list(SHAPES.objects(shape, SH.order))) == 1
    for predicate in (RDFS.label, SH.message):
        texts = list(SHAPES.objects(shape, predicate))
        assert {text.language for text in texts} == LANGUAGES
        assert len(texts) == len(LANGUAGES)


def test_no_query_of_a_shape_uses_what_shacl_forbids() -> None:
    queries = [str(query) for query in SHAPES.objects(None, SH.select)]
    assert len(queries) == 3
    assert not [query for query in queries for word in ("VALUES", "MINUS", "SERVICE") if word in query.upper()]
