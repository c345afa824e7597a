"""The one place where a question meets the store: beside the event loop, few at a time, not longer than allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import BoundedSemaphore
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.service.failures import Refusal
from hyoka_kg.store import GraphStore

T = TypeVar("T")
_AT_ONCE = 16
_WAIT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Engine:
    """The store to ask and the bounds of asking it.

    Attributes:
        store: The graph.
        deadline_seconds: Longest time a client waits for an answer.
        slots: One for each question that may run at the same time.
    """

    store: GraphStore
    deadline_seconds: float
    slots: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))


async def evaluate(engine: Engine, ask: Callable[[GraphStore], T]) -> T:
    """Return what asking the store gives.

    The store cannot be interrupted: past the deadline the client is told, and the slot stays taken until the
    engine is done.

    Raises:
        QueryError: The query cannot be read or evaluated.
        StoreError: The store cannot be read.
        Refusal: 429, too many questions run; 503, this one takes too long.
    """
    try:
        with anyio.fail_after(engine.deadline_seconds):
            return await anyio.to_thread.run_sync(partial(_ask_in_slot, engine, ask), abandon_on_cancel=True)
    except TimeoutError as error:
        message = f"The query took longer than {engine.deadline_seconds:g} seconds. Ask for less, or add LIMIT."
        raise Refusal(503, message) from error


def _ask_in_slot(engine: Engine, ask: Callable[[GraphStore], T]) -> T:
    if not engine.slots.acquire(timeout=min(_WAIT_SECONDS, engine.deadline_seconds)):
        raise Refusal(429, "Too many queries run at this moment. Try again in some seconds.", {"Retry-After": "5"})
    try:
        return ask(engine.store)
    except RuntimeError as error:
        # The engine's word for what it finds only while evaluating, such as an unknown function.
        raise QueryError(f"The query cannot be evaluated: {error}") from error
    except OSError as error:
        raise StoreError(f"The store cannot be read: {error}") from error
    finally:
        engine.slots.release()


def engine_of(request: Request) -> Engine:
    """Return the app's engine (a FastAPI dependency)."""
    engine: Engine = request.app.state.engine
    return engine


EngineOfApp = Annotated[Engine, Depends(engine_of)]
