"""State the lean level: the classes and properties of transcribed papers, without cells, spans and confidence."""

from hyoka_kg.graph.lean.claims import SheetClaim, state_claims
from hyoka_kg.graph.lean.formers import FormerSheets, sheet_path_of, tells
from hyoka_kg.graph.lean.links import LINKS_GRAPH, state_indicator_link, state_links, state_replacements
from hyoka_kg.graph.lean.ministries import state_ministries
from hyoka_kg.graph.lean.sheets import SheetWriter, graph_of_sheet
from hyoka_kg.graph.lean.sources import state_object, state_retrieval, state_source

__all__ = [
    "LINKS_GRAPH",
    "FormerSheets",
    "SheetClaim",
    "SheetWriter",
    "graph_of_sheet",
    "sheet_path_of",
    "state_claims",
    "state_indicator_link",
    "state_links",
    "state_ministries",
    "state_object",
    "state_replacements",
    "state_retrieval",
    "state_source",
    "tells",
]
