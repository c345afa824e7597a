"""Labels keep step with the glossary; schemes are complete; every box that a document uses exists."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

ROOT = Path(__file__).resolve().parents[2]
TERM, SCHEME = "https://w3id.org/hyoka/def#", "https://w3id.org/hyoka/scheme/"
DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


GLOSSARY = _rows(ROOT / "ontology" / "glossary.csv")


def test_glossary_is_as_long_as_it_should_be() -> None:
    assert len(GLOSSARY) == 76
    assert Counter(row["ja"] for row in GLOSSARY).most_common(1)[0][1] == 1
    assert {row["mark"] for row in GLOSSARY} == {"O", "L", "A", "P", "loanword"}


def test_every_class_has_a_line_in_the_glossary(vocabulary: Graph) -> None:
    classes = {str(term).removeprefix(TERM) for term in vocabulary.subjects(RDF.type, OWL.Class)}
    assert sorted(classes - {row["identifier"] for row in GLOSSARY}) == []


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row["identifier"])
def test_label_of_a_glossary_term_is_in_step(row: dict[str, str], vocabulary: Graph, schemes: Graph) -> None:
    is_concept = "/" in row["identifier"]
    thing = URIRef((SCHEME if is_concept else TERM) + row["identifier"])
    graph, label = (schemes, SKOS.prefLabel) if is_concept else (vocabulary, RDFS.label)
    named = {*graph.objects(thing, label), *graph.objects(thing, SKOS.altLabel)}
    assert {Literal(row["ja"], "ja"), Literal(row["en"], "en")} <= named


def test_the_check_of_glossary_labels_can_fail(vocabulary: Graph, schemes: Graph) -> None:
    planted = {"ja": "政策", "en": "program", "identifier": "Policy", "mark": "P"}
    with pytest.raises(AssertionError):
        test_label_of_a_glossary_term_is_in_step(planted, vocabulary, schemes)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_terms_share_a_label(language: str, vocabulary: Graph) -> None:
    terms = {term for kind in DECLARED for term in vocabulary.subjects(RDF.type, kind)}
    labels = Counter(
        label
        for term in terms
        for label in vocabulary.objects(term, RDFS.label)
        if isinstance(label, Literal) and label.language == language
    )
    assert sum(labels.values()) == len(terms)
    assert [label for label, count in labels.items() if count > 1] == []


def test_schemes_are_complete(schemes: Graph) -> None:
    for concept in schemes.subjects(RDF.type, SKOS.Concept):
        for property_ in (SKOS.prefLabel, SKOS.definition):
            texts = [text for text in schemes.objects(concept, property_) if isinstance(text, Literal)]
            assert sorted(text.language or "" for text in texts) == ["en", "ja"], concept
        [scheme] = schemes.objects(concept, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in schemes


def test_notations_are_unique_in_their_scheme(schemes: Graph) -> None:
    notations = Counter(
        (schemes.value(concept, SKOS.inScheme), notation)
        for concept, notation in schemes.subject_objects(SKOS.notation)
    )
    assert len(notations) == len(set(schemes.subjects(RDF.type, SKOS.Concept))) >= 240
    assert max(notations.values()) == 1


def test_the_checklist_has_eighteen_items_in_four_groups(schemes: Graph) -> None:
    items = Counter(
        str(group).rsplit("/", 1)[1]
        for item, group in schemes.subject_objects(SKOS.broader)
        if str(item).startswith(f"{SCHEME}check-item/")
    )
    assert items == {"need": 3, "efficiency": 10, "effectiveness": 4, "related": 1}


@pytest.mark.parametrize(
    ("mark", "code_point"),
    [("circle", 0x25CB), ("triangle", 0x25B3), ("cross", 0xD7), ("na", 0x2010), ("none", 0x7121), ("exists", 0x6709)],
)
def test_a_mark_is_one_exact_code_point(mark: str, code_point: int, schemes: Graph) -> None:
    assert Literal(chr(code_point), "ja") in set(schemes.objects(URIRef(f"{SCHEME}rating/{mark}"), SKOS.prefLabel))


def test_every_box_that_a_document_uses_exists(schemes: Graph) -> None:
    used = {
        re.sub(r"-\d+$", "", row[column].replace("_", "-"))
        for path in (ROOT / "data" / "documents").rglob("*.csv")
        for row in _rows(path)
        for column in ("field", "box")
        if row.get(column)
    }
    boxes = {str(box).rsplit("/", 1)[1] for box in schemes.subjects(SKOS.inScheme, URIRef(f"{SCHEME}form-box"))}
    assert sorted(used - boxes) == []


def test_every_unit_of_the_registry_exists(schemes: Graph) -> None:
    registry = ROOT / "data" / "registry" / "units.csv"
    used = {row["unit_id"] for row in _rows(registry)} if registry.exists() else set()
    units = {str(unit).rsplit("/", 1)[1] for unit in schemes.subjects(SKOS.inScheme, URIRef(f"{SCHEME}unit"))}
    assert sorted(used - units) == []
