"""Namespaces of the graph and the expansion of prefixed names; no RDF library needed."""

from hyoka_kg.vocabulary.namespaces import BASE, PREFIXES, compact, expand

__all__ = ["BASE", "PREFIXES", "compact", "expand"]
