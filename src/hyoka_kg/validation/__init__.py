"""Judge a graph: SHACL shapes for structure, set queries across documents; both give findings."""

from hyoka_kg.validation.causes import Cause, Difference, Telling, probable_cause, with_cause
from hyoka_kg.validation.integrity import IntegrityRule, findings_of
from hyoka_kg.validation.messages import fill
from hyoka_kg.validation.parts import Part, Total, explain_total, total_of
from hyoka_kg.validation.shapes import check_shapes

__all__ = [
    "Cause",
    "Difference",
    "IntegrityRule",
    "Part",
    "Telling",
    "Total",
    "check_shapes",
    "explain_total",
    "fill",
    "findings_of",
    "probable_cause",
    "total_of",
    "with_cause",
]
