"""Named questions over a store: the catalogue, typed parameters, and the answers as tables."""

from hyoka_kg.query.binding import bind
from hyoka_kg.query.catalogue import CannedQuery, Catalogue, Parameter, load_catalogue, load_query
from hyoka_kg.query.run import graph_sizes, maintenance_text, resolve, run_canned, run_maintenance
from hyoka_kg.query.search import Found, SearchResult, search

__all__ = [
    "CannedQuery",
    "Catalogue",
    "Found",
    "Parameter",
    "SearchResult",
    "bind",
    "graph_sizes",
    "load_catalogue",
    "load_query",
    "maintenance_text",
    "resolve",
    "run_canned",
    "run_maintenance",
    "search",
]
