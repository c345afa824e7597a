"""A door: the graph over HTTP, read-only; SPARQL 1.1 Protocol, canned queries and a page that explains itself."""

from hyoka_kg.service.app import create_app

__all__ = ["create_app"]
