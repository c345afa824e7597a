"""Citations as read to the works, versions and clauses of the registry, or to the reason why not."""

from hyoka_kg.linking.citations.index import StrategyIndex
from hyoka_kg.linking.citations.resolving import Flag, Method, Resolved, resolve_citations, resolve_text

__all__ = ["Flag", "Method", "Resolved", "StrategyIndex", "resolve_citations", "resolve_text"]
