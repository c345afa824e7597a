"""The graph as rdflib has it: copied, or behind rdflib's interface with nothing copied."""

from __future__ import annotations

import io
from functools import lru_cache

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from hyoka_kg.errors import MissingPackageError, QueryError
from hyoka_kg.store import EmbeddedStore, GraphStore
from hyoka_kg.vocabulary import PREFIXES

_TRIPLES = "application/n-triples"
_TERMS_KEPT = 100_000
_STRING = f"{PREFIXES['xsd']}string"


def as_dataset(store: GraphStore) -> rdflib.Dataset:
    """Return a copy of the whole graph; its default graph is the union of the named ones.

    Raises:
        QueryError: The graph is another server's.
    """
    dataset = rdflib.Dataset(default_union=True)
    node = lru_cache(_TERMS_KEPT)(_node)
    graphs: dict[object, rdflib.Graph] = {}
    for quad in _embedded(store).quads():
        name = quad.graph_name
        if name not in graphs:
            graphs[name] = dataset.graph(_graph_name(name))
        graphs[name].add((node(quad.subject), node(quad.predicate), node(quad.object)))
    _bind_prefixes(dataset)
    return dataset


def as_oxigraph_dataset(store: GraphStore) -> rdflib.Dataset:
    """Return the graph behind rdflib's interface, asked by Oxigraph: nothing is copied, nothing can be changed.

    Raises:
        MissingPackageError: oxrdflib is not installed.
        QueryError: The graph is another server's.
    """
    try:
        from oxrdflib import OxigraphStore
    except ImportError as error:
        raise MissingPackageError.of("oxrdflib", "oxrdflib") from error
    return rdflib.Dataset(store=OxigraphStore(store=_embedded(store).engine), default_union=True)


def constructed(store: GraphStore, query: str) -> rdflib.Graph:
    """Return the triples that a CONSTRUCT or DESCRIBE query gives."""
    buffer = io.BytesIO()
    store.write(query, _TRIPLES, buffer)
    graph = rdflib.Graph()
    graph.parse(data=buffer.getvalue(), format="nt")
    _bind_prefixes(graph)
    return graph


def _embedded(store: GraphStore) -> EmbeddedStore:
    if isinstance(store, EmbeddedStore):
        return store
    raise QueryError(
        "A server's graph is not copied whole. Ask for a part of it: kg.construct(query). Or let rdflib ask it: "
        "rdflib.Graph(rdflib.plugins.stores.sparqlstore.SPARQLStore(url))."
    )


def _bind_prefixes(graph: rdflib.Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)


def _graph_name(name: object) -> rdflib.URIRef:
    return rdflib.URIRef(name.value) if isinstance(name, ox.NamedNode) else DATASET_DEFAULT_GRAPH_ID


def _node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = None if term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
        # As it was written: rdflib would turn "0190" into "190".
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    raise QueryError(f"rdflib 7 has no term for {term}.")
