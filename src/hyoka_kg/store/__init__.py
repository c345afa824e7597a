"""Keep a graph and ask it: an embedded Oxigraph directory, or any SPARQL 1.1 server."""

from hyoka_kg.store.builds import BuildArea, current_build, open_build_area
from hyoka_kg.store.embedded import EmbeddedStore
from hyoka_kg.store.interface import GraphStore, Output, QueryForm
from hyoka_kg.store.places import CurrentPlace, Place, StorePlace
from hyoka_kg.store.remote import RemoteStore
from hyoka_kg.store.rows import Rows, Term

__all__ = [
    "BuildArea",
    "CurrentPlace",
    "EmbeddedStore",
    "GraphStore",
    "Output",
    "Place",
    "QueryForm",
    "RemoteStore",
    "Rows",
    "StorePlace",
    "Term",
    "current_build",
    "open_build_area",
]
