"""The OWL file states meaning only: no cardinalities, a small profile, known codes behind each coded property."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

HYOKA = Namespace("https://w3id.org/hyoka/def#")
QB = Namespace("http://purl.org/linked-data/cube#")
CARDINALITIES = [
    OWL[f"{bound}{'Cardinality' if bound else 'cardinality'}"]
    for bound in ("", "min", "max", "qualified", "minQualified", "maxQualified")
]


def _cardinalities(graph: Graph) -> list[URIRef]:
    return [restriction for kind in CARDINALITIES for restriction in graph.subjects(kind)]


def test_there_is_no_cardinality_restriction(vocabulary: Graph) -> None:
    assert _cardinalities(vocabulary) == []
    assert list(vocabulary.subjects(RDF.type, OWL.Restriction)) == []


def test_a_planted_cardinality_is_seen(ontology_dir: Path, parse: Callable[..., Graph]) -> None:
    cases = Path(__file__).parent / "cases" / "ONT-13"
    assert len(_cardinalities(parse(ontology_dir / "hyoka.ttl", cases / "bad.ttl"))) == 2


def test_every_class_and_property_of_the_model_is_there(vocabulary: Graph) -> None:
    counts = {
        kind: len(set(vocabulary.subjects(RDF.type, kind)))
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    }
    assert counts == {OWL.Class: 40, OWL.ObjectProperty: 68, OWL.DatatypeProperty: 55}


def test_logical_axioms_are_the_chosen_few(vocabulary: Graph) -> None:
    assert set(vocabulary.subjects(RDF.type, OWL.FunctionalProperty)) == {HYOKA.entryOf, HYOKA.ofIndicator}
    assert set(vocabulary.subjects(RDF.type, OWL.SymmetricProperty)) == {HYOKA.sameMeasurandAs}
    assert set(vocabulary.subjects(OWL.propertyChainAxiom)) == {HYOKA.measuresObjective}
    [disjoint] = vocabulary.subjects(RDF.type, OWL.AllDisjointClasses)
    members = set(vocabulary.items(vocabulary.value(disjoint, OWL.members)))
    assert members == {HYOKA.EvaluationDocument, HYOKA.Policy, HYOKA.Project, HYOKA.Indicator}


def test_domains_and_ranges_are_declared_classes(vocabulary: Graph) -> None:
    own = {
        end
        for property_ in (RDFS.domain, RDFS.range, RDFS.subClassOf)
        for end in vocabulary.objects(None, property_)
        if end in HYOKA
    }
    assert own <= set(vocabulary.subjects(RDF.type, OWL.Class))


def test_a_coded_property_points_at_its_scheme(vocabulary: Graph, schemes: Graph) -> None:
    without = {
        property_
        for property_ in vocabulary.subjects(RDFS.range, SKOS.Concept)
        if not any(
            (scheme, RDF.type, SKOS.ConceptScheme) in schemes for scheme in vocabulary.objects(property_, RDFS.seeAlso)
        )
    }
    assert without == set()


@pytest.mark.parametrize(("cube", "dimensions"), [("budget", 4), ("indicators", 3)])
def test_a_cube_uses_declared_properties_in_their_roles(
    cube: str, dimensions: int, cubes: Graph, vocabulary: Graph
) -> None:
    structure = cubes.value(URIRef(f"https://w3id.org/hyoka/id/cube/{cube}"), QB.structure)
    components = list(cubes.objects(structure, QB.component))
    stated = [(kind, property_) for part in components for kind in _ROLES for property_ in cubes.objects(part, kind)]
    assert len(stated) == len(components)
    assert sum(kind == QB.dimension for kind, _ in stated) == dimensions
    for kind, property_ in stated:
        if property_ in HYOKA:
            assert (property_, RDF.type, None) in vocabulary
            assert (property_, RDF.type, _ROLES[kind]) in cubes, (cube, property_)


_ROLES = {QB.dimension: QB.DimensionProperty, QB.measure: QB.MeasureProperty, QB.attribute: QB.AttributeProperty}
