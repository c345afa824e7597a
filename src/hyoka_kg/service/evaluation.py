"""The one place where a question meets the graph: in a worker process, few at a time, not longer than allowed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from starlette.types import Receive

from hyoka_kg.config import Settings
from hyoka_kg.service.cache import AnswerCache
from hyoka_kg.service.clients import Clients
from hyoka_kg.service.lanes import Lane, Lanes
from hyoka_kg.service.loans import WORKERS
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import SpoolLimits, sweep
from hyoka_kg.service.workers.pool import Pool
from hyoka_kg.service.workers.worker import Limits
from hyoka_kg.store import CurrentPlace, GraphStore, StorePlace

T = TypeVar("T")
_QUEUE_SECONDS = 5.0
# How long the processor may be at a light question before it goes on as a heavy one.
_LIGHT_SECONDS = 1.0
# A client's leaving is looked for only in questions that last longer than this.
_PATIENCE_SECONDS = 0.05
_HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and how.

    Attributes:
        client: The client's name, for its share of the service.
        query: The text of the question, where it is the client's own.
        lane: Whether the question looks light.
        seconds: How long it may take; None means as long as any.
        receive: Tells when the client leaves, or None.
    """

    client: str = _HOUSE
    query: str = ""
    lane: Lane = Lane.LIGHT
    seconds: float | None = None
    receive: Receive | None = None


_NOBODY = Asker()


class Engine:
    """The graph to ask, who answers for it, and what everybody may take.

    Attributes:
        settings: The bounds.
        pool: The worker processes.
        clients: What each client takes.
        lanes: Which questions are light.
        cache: Answers that were given lately.
        spool: Where answers wait until they are whole.
        outgoing_bytes: Answers in files that are being sent.
    """

    def __init__(self, place: StorePlace, settings: Settings) -> None:
        self._place = CurrentPlace(place)
        self._folder = TemporaryDirectory(prefix="hyoka-spool-", ignore_cleanup_errors=True)
        self.settings = settings
        limits = Limits(settings.worker_memory_mb * 1024 * 1024, network=place.is_remote)
        self.spool = SpoolLimits(self._folder.name, settings.max_answer_mb * 1_000_000)
        on_loss = partial(sweep, self.spool)
        self.pool = Pool(settings.workers, limits, queue_seconds=_QUEUE_SECONDS, on_loss=on_loss)
        self.clients = Clients(settings.client_queries, settings.client_seconds, _QUEUE_SECONDS)
        self.lanes = Lanes()
        self.cache = AnswerCache(settings.cache_mb * 1_000_000 // (1 + WORKERS))
        self.outgoing_bytes = 0

    @property
    def place(self) -> StorePlace:
        """Return the build that serves at this moment.

        Raises:
            StoreError: There never was a finished build.
        """
        return self._place.get()

    def close(self) -> None:
        """End the workers and remove what was spooled."""
        self.pool.close()
        self._folder.cleanup()


async def evaluate(engine: Engine, ask: Callable[[GraphStore], T], asker: Asker = _NOBODY) -> T:
    """Return what asking the graph gives.

    Args:
        engine: The graph and its workers.
        ask: A function of a module, or a `partial` of one: it runs in another process.
        asker: Who asks.

    Raises:
        QueryError: The query cannot be read or evaluated.
        StoreError: The store cannot be read.
        Refusal: 413, the answer is too large; 429, too many questions run; 503, this one takes too much.
    """
    work = _evaluate(engine, ask, asker)
    return await (work if asker.receive is None else _while_there(work, asker.receive))


async def _evaluate(engine: Engine, ask: Callable[[GraphStore], T], asker: Asker) -> T:
    most = engine.settings.query_timeout_seconds
    seconds = min(asker.seconds or most, most)
    try:
        if asker.lane is Lane.LIGHT:
            async with engine.clients.turn(asker.client, heavy=False):
                try:
                    start = time.monotonic()
                    return await _run(engine, Lane.LIGHT, seconds, ask, _LIGHT_SECONDS)
                except TimeoutError:
                    engine.lanes.was_heavy(asker.query)
                    if time.monotonic() - start >= seconds:
                        raise
        async with engine.clients.turn(asker.client, heavy=True):
            return await _run(engine, Lane.HEAVY, seconds, ask)
    except TimeoutError as error:
        message = f"The query took longer than {seconds:g} seconds and was stopped. Ask for less, or add LIMIT."
        raise Refusal(503, message) from error


async def _run(
    engine: Engine, lane: Lane, seconds: float, ask: Callable[[GraphStore], T], work_seconds: float = 0
) -> T:
    answer: T = await engine.pool.run(lane, seconds, engine.place, ask, work_seconds)
    return answer


async def _while_there(work: Awaitable[T], receive: Receive) -> T:
    watch = _Watch(receive)
    try:
        return await work
    except asyncio.CancelledError as error:
        if not watch.is_gone:
            raise
        watch.task.uncancel()
        raise Refusal(499, "The client left before its answer.") from error
    finally:
        watch.end()


class _Watch:
    """Cancels the task that made it when the client leaves; looks for that only when the task lasts."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._looking: asyncio.Task[None] | None = None
        self._start = asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, self._begin)
        # It is made within a task.
        self.task: asyncio.Task[Any] = asyncio.current_task()  # type: ignore[assignment]
        self.is_gone = False

    def end(self) -> None:
        self._start.cancel()
        if self._looking:
            self._looking.cancel()

    def _begin(self) -> None:
        self._looking = asyncio.ensure_future(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.is_gone = True
        self.task.cancel()


def engine_of(request: Request) -> Engine:
    """Return the app's engine (a FastAPI dependency)."""
    engine: Engine = request.app.state.engine
    return engine


EngineOfApp = Annotated[Engine, Depends(engine_of)]
