"""A draft of the graph that may be changed, by whoever holds the token; the public service cannot reach this room.

Nothing here changes what is served: a draft becomes the next build when its holder publishes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from hyoka_kg.config import Settings
    from hyoka_kg.store.drafts import Draft

__all__ = ["create_private_app"]


def create_private_app(draft: Draft, settings: Settings, token: str) -> FastAPI:
    """Return the web application over a draft.

    Args:
        draft: The draft, begun.
        settings: Bounds of the service.
        token: What every request must carry.
    """
    # Here and not above: the worker processes import this package, and the web framework would only cost them memory.
    from hyoka_kg.service.private.app import assemble

    return assemble(draft, settings, token)
