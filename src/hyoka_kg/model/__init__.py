"""Frozen records of the domain: cells, documents, registry rows, findings; no RDF and no I/O."""

from hyoka_kg.model.cells import Cell, Locator, SpanPiece, ValueStatus
from hyoka_kg.model.documents import Document, DocumentHead, Passage, SourceText
from hyoka_kg.model.findings import Finding, Severity
from hyoka_kg.model.registry import Registry, Row
from hyoka_kg.model.sheets import Issue, Node, Reading, SheetKey, SheetPart

__all__ = [
    "Cell",
    "Document",
    "DocumentHead",
    "Finding",
    "Issue",
    "Locator",
    "Node",
    "Passage",
    "Reading",
    "Registry",
    "Row",
    "Severity",
    "SheetKey",
    "SheetPart",
    "SourceText",
    "SpanPiece",
    "ValueStatus",
]
