"""A door: pictures of answers for notebooks and papers, drawn as SVG, with their receipts under them."""

from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.lineage import lineage_figure
from hyoka_kg.figures.targets import target_actual_figure
from hyoka_kg.figures.trace import trace_figure

__all__ = ["Figure", "lineage_figure", "target_actual_figure", "trace_figure"]
