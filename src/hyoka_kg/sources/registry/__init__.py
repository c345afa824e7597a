"""The registry tables of `data/registry/` to records."""

from hyoka_kg.sources.registry.reader import read_registry

__all__ = ["read_registry"]
