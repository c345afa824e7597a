"""A door: the graph over HTTP, read-only; SPARQL 1.1 Protocol, canned queries and a page that explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from hyoka_kg.config import Settings
    from hyoka_kg.store import StorePlace

__all__ = ["create_app"]


def create_app(place: StorePlace, settings: Settings) -> FastAPI:
    """Return the web application over a graph.

    Args:
        place: Where the graph is; the service only reads it.
        settings: Bounds of the service.
    """
    # Here and not above: the worker processes import this package, and the web framework would only cost them memory.
    from hyoka_kg.service.app import assemble

    return assemble(place, settings)
