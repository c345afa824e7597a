"""The vocabulary: classes, properties and schemes in both languages, with diagrams of how the classes are joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from hyoka_kg.config import ontology_dir
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import compact

TERM = "https://w3id.org/hyoka/def#"
_DCTERMS = Namespace("http://purl.org/dc/terms/")
_KINDS = {OWL.Class: "class", OWL.ObjectProperty: "object property", OWL.DatatypeProperty: "datatype property"}
# A property that starts from more classes than these is told in words: its arrows would hide all others.
_COMMON = 4
_HEADING = re.compile(r"^# ---- (?:[A-Z]\. )?(?P<en>[^(\n]+) \((?:[A-Z]\. )?(?P<ja>[^)\n]+)\)", re.MULTILINE)
_TERM = re.compile(r"^hyoka:(?P<name>\w+) a owl:", re.MULTILINE)


def told(store: GraphStore) -> dict[str, Any]:
    """Return the terms by section and what joins the classes of the graph in the store."""
    path = ontology_dir() / "hyoka.ttl"
    graph = Graph().parse(path)
    joins = _joins(store, graph)
    sections = [
        {**section, "terms": [_term(graph, name, joins) for name in section["names"]]}
        for section in _sections(path.read_text(encoding="utf-8"))
    ]
    labels = {each["name"]: each["label"]["ja"] for section in sections for each in section["terms"]}
    common = {name for name, pairs in joins.items() if len({start for start, _ in pairs}) > _COMMON}
    rare = {name: pairs for name, pairs in joins.items() if name not in common}
    for section in sections:
        section["diagram"] = _diagram(section["terms"], rare, labels)
    [ontology] = graph.subjects(RDF.type, OWL.Ontology)
    return {
        "sections": sections,
        "about": {lang: text_of(graph, ontology, _DCTERMS.description, lang) for lang in ("ja", "en")},
        "version": graph.value(ontology, OWL.versionInfo),
        "counts": {name: len(set(graph.subjects(RDF.type, kind))) for kind, name in _KINDS.items()},
        "common": sorted(common),
    }


def schemes() -> dict[str, Any]:
    """Return every scheme with its concepts, in the order of the files."""
    return {"schemes": [_scheme(Graph().parse(path)) for path in sorted((ontology_dir() / "schemes").glob("*.ttl"))]}


def text_of(graph: Graph, subject: Node, predicate: URIRef, language: str) -> str:
    """Return the text of a predicate in a language, or nothing."""
    texts = (text for text in graph.objects(subject, predicate) if isinstance(text, Literal))
    return next((str(text) for text in texts if text.language == language), "")


def _sections(text: str) -> list[dict[str, Any]]:
    headings = list(_HEADING.finditer(text))
    ends = [match.start() for match in headings[1:]] + [len(text)]
    parts = [
        {
            "en": match["en"].strip(),
            "ja": match["ja"].strip(),
            "names": [term["name"] for term in _TERM.finditer(text, match.end(), end)],
        }
        for match, end in zip(headings, ends, strict=True)
    ]
    return [part for part in parts if part["names"]]


def _term(graph: Graph, name: str, joins: Mapping[str, set[tuple[str, str]]]) -> dict[str, Any]:
    term = URIRef(TERM + name)
    both = {
        key: {lang: text_of(graph, term, predicate, lang) for lang in ("ja", "en")}
        for key, predicate in (("label", RDFS.label), ("definition", SKOS.definition), ("note", SKOS.scopeNote))
    }
    related = {
        key: sorted(compact(str(node)) for node in graph.objects(term, predicate) if isinstance(node, URIRef))
        for key, predicate in (
            ("above", RDFS.subClassOf),
            ("over", RDFS.subPropertyOf),
            ("domain", RDFS.domain),
            ("range", RDFS.range),
            ("inverse", OWL.inverseOf),
        )
    }
    kind = next(_KINDS[kind] for kind in graph.objects(term, RDF.type) if kind in _KINDS)
    return {"name": name, "kind": kind, **both, **related, "joined": sorted(joins.get(name, ()))}


def _joins(store: GraphStore, graph: Graph) -> dict[str, set[tuple[str, str]]]:
    """Return, by property, which classes it joins in the graph; a value has no class.

    A thing has the classes above its own too: of ends that lie below one another, the most general is told.
    """
    text = (Path(__file__).parent / "joins.rq").read_text(encoding="utf-8")
    joins: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in store.select(text).as_text():
        joins[row["property"]].add((row["from"], row["to"]))
    above = {
        compact(str(low)).partition(":")[2]: compact(str(high)).partition(":")[2]
        for low, high in graph.subject_objects(RDFS.subClassOf)
        if str(high).startswith(TERM)
    }
    return {name: {pair for pair in pairs if not _told_by(pair, pairs, above)} for name, pairs in joins.items()}


def _told_by(pair: tuple[str, str], pairs: set[tuple[str, str]], above: Mapping[str, str]) -> bool:
    start, end = pair
    return (above.get(start, ""), end) in pairs or (above.get(end, "") != "" and (start, above[end]) in pairs)


def _diagram(terms: list[dict[str, Any]], joins: Mapping[str, set[tuple[str, str]]], labels: Mapping[str, str]) -> str:
    """Return a class diagram in Mermaid of a section's classes and of what they point to; nothing without classes."""
    classes = {term["name"] for term in terms if term["kind"] == "class"}
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, ends in sorted(joins.items()):
        for start, end in sorted(ends):
            if start in classes and end in labels:
                pairs[start, end].append(name)
    if not classes:
        return ""
    shown = classes | {name for pair in pairs for name in pair}
    heads = [f'  class {name}["{labels[name]} {name}"]' for name in sorted(shown)]
    below = [
        f"  {above.removeprefix('hyoka:')} <|-- {term['name']}"
        for term in terms
        for above in term["above"]
        if above.removeprefix("hyoka:") in shown
    ]
    lines = [f"  {start} --> {end} : {', '.join(names)}" for (start, end), names in sorted(pairs.items())]
    return "\n".join(["classDiagram", "  direction LR", *heads, *below, *lines])


def _scheme(graph: Graph) -> dict[str, Any]:
    [scheme] = graph.subjects(RDF.type, SKOS.ConceptScheme)
    concepts = sorted(graph.subjects(RDF.type, SKOS.Concept), key=str)
    return {"name": str(scheme).rpartition("/")[2], **_both(graph, scheme), "concepts": [
        {"name": str(concept).rpartition("/")[2], **_both(graph, concept)} for concept in concepts]}  # fmt: skip


def _both(graph: Graph, thing: Node) -> dict[str, dict[str, str]]:
    return {
        key: {lang: text_of(graph, thing, predicate, lang) for lang in ("ja", "en")}
        for key, predicate in (("label", SKOS.prefLabel), ("definition", SKOS.definition))
    }
