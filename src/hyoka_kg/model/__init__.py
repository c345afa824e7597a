"""Frozen records of the domain: cells, documents, readings, registry rows, findings; no RDF and no I/O."""

from hyoka_kg.model.cells import HARD_BREAK, SOFT_BREAK, Cell, CellKey, Locator, SpanPiece, ValueStatus
from hyoka_kg.model.claims import Claim, ClaimState, FormReading, ReadingIssue, Residue
from hyoka_kg.model.documents import Document, DocumentHead, Passage, SourceText
from hyoka_kg.model.findings import Finding, Placed, Severity
from hyoka_kg.model.raw import Block, Box, Grid, GridCell, Line, Part, Rect, Stretch, TextLayer
from hyoka_kg.model.registry import Registry, Row
from hyoka_kg.model.sheets import Issue, Node, Reading, SheetKey, SheetPart

__all__ = [
    "HARD_BREAK",
    "SOFT_BREAK",
    "Block",
    "Box",
    "Cell",
    "CellKey",
    "Claim",
    "ClaimState",
    "Document",
    "DocumentHead",
    "Finding",
    "FormReading",
    "Grid",
    "GridCell",
    "Issue",
    "Line",
    "Locator",
    "Node",
    "Part",
    "Passage",
    "Placed",
    "Reading",
    "ReadingIssue",
    "Rect",
    "Registry",
    "Residue",
    "Row",
    "Severity",
    "SheetKey",
    "SheetPart",
    "SourceText",
    "SpanPiece",
    "Stretch",
    "TextLayer",
    "ValueStatus",
]
