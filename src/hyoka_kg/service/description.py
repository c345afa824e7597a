"""The SPARQL 1.1 Service Description of this endpoint."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from hyoka_kg.service.refusals import Refusal

_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
)
_SERIALIZERS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


def describe_endpoint(url: str, media_type: str) -> bytes:
    """Return the description of the endpoint at a URL.

    Raises:
        Refusal: 400, the URL that the client used is not an IRI.
    """
    try:
        endpoint = ox.NamedNode(url)
    except ValueError as error:
        raise Refusal(400, "The Host header does not make an address.") from error
    prefixes = {"sd": _SD, "formats": _FORMATS}
    described = ox.serialize(_statements(endpoint), format=_SERIALIZERS[media_type], prefixes=prefixes)
    return described or b""


def _statements(endpoint: ox.NamedNode) -> Iterator[ox.Triple]:
    dataset, graph = ox.BlankNode("dataset"), ox.BlankNode("union")
    yield ox.Triple(endpoint, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(endpoint, _sd("endpoint"), endpoint)
    yield ox.Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(endpoint, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(endpoint, _sd("resultFormat"), ox.NamedNode(f"{_FORMATS}{name}"))
    yield ox.Triple(endpoint, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_SD}{name}")
