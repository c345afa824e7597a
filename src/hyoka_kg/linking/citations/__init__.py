"""Citations as read to the works, versions and clauses of the registry, or to the reason why not."""

from hyoka_kg.linking.citations.clauses import VersionClause, find_clause
from hyoka_kg.linking.citations.index import StrategyIndex
from hyoka_kg.linking.citations.resolving import Flag, Method, Resolved, resolve_citations, resolve_text
from hyoka_kg.linking.citations.sheets import SheetCitations

__all__ = [
    "Flag",
    "Method",
    "Resolved",
    "SheetCitations",
    "StrategyIndex",
    "VersionClause",
    "find_clause",
    "resolve_citations",
    "resolve_text",
]
