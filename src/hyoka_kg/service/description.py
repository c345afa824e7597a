"""What this endpoint is (SPARQL 1.1 Service Description) and what its graph holds (VoID), from the store itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from hyoka_kg.query import run_maintenance
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.store import GraphStore
from hyoka_kg.store.formats import GRAPH_FORMATS
from hyoka_kg.vocabulary import PREFIXES, expand

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
_PREFIXES = {
    **{name: PREFIXES[name] for name in ("void", "rdf", "rdfs", "sh", "schema", "xsd", "hyoka")},
    "formats": _FORMATS,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
# A store of all ministries has a graph a sheet: the rest is a question to the endpoint.
_NAMED_GRAPHS = 500


def describe_endpoint(url: str, media_type: str, graphs: Iterable[str], *, union: bool) -> bytes:
    """Return the description of the endpoint at a URL.

    Args:
        url: The URL that the client used.
        media_type: An RDF format.
        graphs: The named graphs; the first of them are listed.
        union: Whether the default graph is the union of all named graphs.

    Raises:
        Refusal: 400, the URL that the client used is not an IRI.
    """
    try:
        endpoint = ox.NamedNode(url)
    except ValueError as error:
        raise Refusal(400, "The Host header does not make an address.") from error
    return serialize_triples(_endpoint(endpoint, list(graphs)[:_NAMED_GRAPHS], union), media_type)


def list_graphs(store: GraphStore) -> list[str]:
    """Return the names of the graphs."""
    return [row["graph"] for row in run_maintenance(store, "graphs").as_text()]


def describe_graph(store: GraphStore, *, dataset: str, endpoint: str) -> bytes:
    """Return the VoID description of the default graph, in N-Triples.

    Args:
        store: The graph.
        dataset: IRI for the data set; its partitions get fragments of it.
        endpoint: URL of the SPARQL endpoint.
    """
    return serialize_triples(_dataset(store, dataset, endpoint), "application/n-triples")


def convert_triples(ntriples: bytes, media_type: str) -> bytes:
    """Return N-Triples in another RDF format."""
    if media_type == "application/n-triples":
        return ntriples
    return serialize_triples((quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)), media_type)


def serialize_triples(triples: Iterable[ox.Triple], media_type: str) -> bytes:
    """Return triples in an RDF format."""
    form = GRAPH_FORMATS[media_type]
    prefixes = _PREFIXES if media_type not in ("application/n-triples", "application/n-quads") else None
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def _endpoint(endpoint: ox.NamedNode, graphs: Iterable[str], union: bool) -> Iterator[ox.Triple]:
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(endpoint, _term("rdf:type"), _sd("Service"))
    yield ox.Triple(endpoint, _sd("endpoint"), endpoint)
    yield ox.Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if union:
        yield ox.Triple(endpoint, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(endpoint, _sd("resultFormat"), ox.NamedNode(f"{_FORMATS}{name}"))
    yield ox.Triple(endpoint, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _term("rdf:type"), _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, _term("rdf:type"), _sd("Graph"))
    for number, graph in enumerate(graphs):
        named = ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _term("rdf:type"), _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(graph))


def _dataset(store: GraphStore, dataset: str, endpoint: str) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(dataset)
    yield ox.Triple(subject, _term("rdf:type"), _term("void:Dataset"))
    yield ox.Triple(subject, _term("void:sparqlEndpoint"), ox.NamedNode(endpoint))
    for name, query in (("void:triples", "count_triples"), ("void:distinctSubjects", "subjects")):
        yield ox.Triple(subject, _term(name), _number(run_maintenance(store, query).as_text()[0]["n"]))
    classes = dict[str, ox.NamedNode]()
    for row in run_maintenance(store, "classes").as_text():
        part = classes[row["class"]] = ox.NamedNode(f"{dataset}#class-{len(classes) + 1}")
        yield ox.Triple(subject, _term("void:classPartition"), part)
        yield ox.Triple(part, _term("void:class"), ox.NamedNode(row["class"]))
        yield ox.Triple(part, _term("void:entities"), _number(row["n"]))
    for number, row in enumerate(run_maintenance(store, "properties").as_text(), 1):
        part = ox.NamedNode(f"{dataset}#property-{number}")
        yield from _property(subject, part, row)
        yield ox.Triple(part, _term("void:distinctSubjects"), _number(row["subjects"]))
        yield ox.Triple(part, _term("void:distinctObjects"), _number(row["objects"]))
    for number, row in enumerate(run_maintenance(store, "class_properties").as_text(), 1):
        part = ox.NamedNode(f"{dataset}#use-{number}")
        yield from _property(classes[row["class"]], part, row)
        yield ox.Triple(part, ox.NamedNode("http://ldf.fi/void-ext#datatype"), ox.NamedNode(row["datatype"]))


def _property(whole: ox.NamedNode, part: ox.NamedNode, row: dict[str, str]) -> Iterator[ox.Triple]:
    yield ox.Triple(whole, _term("void:propertyPartition"), part)
    yield ox.Triple(part, _term("void:property"), ox.NamedNode(row["property"]))
    yield ox.Triple(part, _term("void:triples"), _number(row["n"]))


def _number(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=_term("xsd:integer"))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_PREFIXES['sd']}{name}")
