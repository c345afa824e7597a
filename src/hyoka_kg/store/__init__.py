"""Keep a graph and ask it: an embedded Oxigraph directory, or any SPARQL 1.1 server."""

from hyoka_kg.store.builds import BuildArea, current_build, open_build_area
from hyoka_kg.store.embedded import EmbeddedStore
from hyoka_kg.store.interface import GraphStore, QueryForm, Rows, Term
from hyoka_kg.store.remote import RemoteStore

__all__ = [
    "BuildArea",
    "EmbeddedStore",
    "GraphStore",
    "QueryForm",
    "RemoteStore",
    "Rows",
    "Term",
    "current_build",
    "open_build_area",
]
