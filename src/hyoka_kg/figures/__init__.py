"""A door: pictures of answers for notebooks, pages and papers, drawn as SVG, with their receipts under them."""

from hyoka_kg.figures.catalogue import PICTURES, Asked, Picture, draw_picture, find_picture
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Language, shared_labels
from hyoka_kg.figures.lineage import lineage_figure
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.targets import target_actual_figure
from hyoka_kg.figures.trace import trace_figure

__all__ = [
    "PICTURES",
    "Asked",
    "Figure",
    "Language",
    "NothingToDraw",
    "Picture",
    "draw_picture",
    "find_picture",
    "lineage_figure",
    "shared_labels",
    "target_actual_figure",
    "trace_figure",
]
