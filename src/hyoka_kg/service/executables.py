"""The catalogue of canned queries as RDF: `sh:SPARQLExecutable`, as editors and assistants for SPARQL read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from hyoka_kg.query import CannedQuery
from hyoka_kg.service.description import serialize_triples
from hyoka_kg.vocabulary import expand


def describe_catalogue(queries: Iterable[CannedQuery], base: str, media_type: str) -> bytes:
    """Return the queries in an RDF format; `base` is the address of the service, with a slash at the end."""
    triples = (triple for query in queries for triple in _statements(query, base))
    return serialize_triples(triples, media_type)


def _statements(query: CannedQuery, base: str) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(f"{base}queries/{query.id}")
    for name in ("SPARQLExecutable", "SPARQLSelectExecutable"):
        yield ox.Triple(subject, _term("rdf:type"), _term(f"sh:{name}"))
    yield ox.Triple(subject, _term("rdfs:comment"), ox.Literal(query.summary, language="ja"))
    yield ox.Triple(subject, _term("rdfs:comment"), ox.Literal(query.summary_en, language="en"))
    yield ox.Triple(subject, _term("sh:select"), ox.Literal(query.text))
    yield ox.Triple(subject, _term("schema:target"), ox.NamedNode(f"{base}sparql"))
    for tag in query.tags:
        yield ox.Triple(subject, _term("schema:keywords"), ox.Literal(tag))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
