"""Named questions over a store: the catalogue, typed parameters, and the answers as tables."""

from hyoka_kg.query.aliases import ways_to_write
from hyoka_kg.query.binding import bind, bind_each
from hyoka_kg.query.catalogue import CannedQuery, Catalogue, Parameter, load_catalogue, load_query
from hyoka_kg.query.loosening import Loosened, search_loosely
from hyoka_kg.query.naming import Named, first_name, near_names
from hyoka_kg.query.run import graph_sizes, maintenance_text, resolve, run_canned, run_maintenance
from hyoka_kg.query.search import Facets, Found, SearchResult, browse, facets_of, search
from hyoka_kg.query.windows import window

__all__ = [
    "CannedQuery",
    "Catalogue",
    "Facets",
    "Found",
    "Loosened",
    "Named",
    "Parameter",
    "SearchResult",
    "bind",
    "bind_each",
    "browse",
    "facets_of",
    "first_name",
    "graph_sizes",
    "load_catalogue",
    "load_query",
    "maintenance_text",
    "near_names",
    "resolve",
    "run_canned",
    "run_maintenance",
    "search",
    "search_loosely",
    "ways_to_write",
    "window",
]
