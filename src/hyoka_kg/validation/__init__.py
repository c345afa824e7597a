"""Judge a graph: SHACL shapes for structure, set queries across documents; both give findings."""

from hyoka_kg.validation.causes import Difference, Telling, probable_cause, with_cause
from hyoka_kg.validation.integrity import IntegrityRule, findings_of
from hyoka_kg.validation.messages import fill
from hyoka_kg.validation.shapes import check_shapes

__all__ = [
    "Difference",
    "IntegrityRule",
    "Telling",
    "check_shapes",
    "fill",
    "findings_of",
    "probable_cause",
    "with_cause",
]
