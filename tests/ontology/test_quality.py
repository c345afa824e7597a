"""The quality shapes pass on the ontology, and each fires on the error that its case plants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

HYOKA = Namespace("https://w3id.org/hyoka/def#")
SHAPES = "https://w3id.org/hyoka/shapes#"
CASES = sorted((Path(__file__).parent / "cases").iterdir())

Result = tuple[str, str, str]


def _results(data: Graph, shapes: Graph) -> set[Result]:
    """Return shape, focus node and value of every result; the value only where the shape is a query."""
    _, report, text = validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph), text
    return {
        (
            str(report.value(result, SH.sourceShape)).removeprefix(SHAPES),
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.value)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def _fired(path: Path, parse: Callable[..., Graph], shapes: Graph) -> list[Result]:
    """Return the results of a case file under the shapes of its own rule."""
    names = {str(shape).removeprefix(SHAPES) for shape in shapes.subjects(HYOKA.ruleId, Literal(path.parent.name))}
    return sorted(result for result in _results(parse(path), shapes) if result[0] in names)


def _expected(path: Path) -> list[tuple[str, ...]]:
    prefix = "# expect: "
    lines = path.read_text(encoding="utf-8").splitlines()
    return sorted(tuple(line.removeprefix(prefix).split()) for line in lines if line.startswith(prefix))


def test_ontology_has_no_quality_result_at_all(
    vocabulary: Graph, schemes: Graph, cubes: Graph, quality_shapes: Graph
) -> None:
    assert _results(vocabulary + schemes + cubes, quality_shapes) == set()


def test_every_rule_has_a_case(quality_shapes: Graph) -> None:
    rules = {str(rule) for rule in quality_shapes.objects(None, HYOKA.ruleId)}
    assert [path.name for path in CASES] == sorted(rules)
    assert len(CASES) == 25
    assert all({file.name for file in path.iterdir()} == {"good.ttl", "bad.ttl"} for path in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_good_graph_passes(case: Path, parse: Callable[..., Graph], quality_shapes: Graph) -> None:
    assert _fired(case / "good.ttl", parse, quality_shapes) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_planted_error_is_found_at_its_place(case: Path, parse: Callable[..., Graph], quality_shapes: Graph) -> None:
    expected = _expected(case / "bad.ttl")
    fired = _fired(case / "bad.ttl", parse, quality_shapes)
    assert expected
    assert {result[: len(expected[0])] for result in fired} == set(expected)


def test_every_shape_is_planted_in_a_case(quality_shapes: Graph) -> None:
    planted = {expectation[0] for case in CASES for expectation in _expected(case / "bad.ttl")}
    shapes = {str(shape).removeprefix(SHAPES) for shape in quality_shapes.subjects(HYOKA.ruleId)}
    assert planted == shapes
    assert len(shapes) == 37


def test_every_shape_speaks_two_languages(quality_shapes: Graph) -> None:
    for shape in quality_shapes.subjects(HYOKA.ruleId):
        for property_ in (RDFS.label, SH.message):
            texts = quality_shapes.objects(shape, property_)
            assert sorted(text.language or "" for text in texts if isinstance(text, Literal)) == ["en", "ja"], shape
        assert quality_shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}
        assert isinstance(shape, URIRef)
