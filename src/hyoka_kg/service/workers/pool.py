"""The workers of a service: some for any question, one kept for light ones; a lost worker is replaced at once."""

from __future__ import annotations

import asyncio
import subprocess
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from hyoka_kg.service.lanes import Lane
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.workers.worker import Limits, Worker, WorkerDied
from hyoka_kg.service.workers.worktime import stopped_after
from hyoka_kg.store import GraphStore, Place

# Heavy questions stand back, so that light ones and the service itself are not slowed down by them.
_HEAVY_NICENESS = 5
_START_SECONDS = 30.0
_BUSY = "Too many queries run at this moment. Try again in some seconds."


@dataclass(slots=True)
class Counts:
    """What happened to the workers since the start."""

    started: int = 0
    killed: int = 0
    died: int = 0


@dataclass(slots=True)
class _Seat:
    """A worker's place in the pool."""

    lane: Lane
    worker: Worker | None = None


@dataclass(slots=True)
class Pool:
    """A fixed number of workers.

    Attributes:
        heavy: How many workers take any question; one more is kept for light ones.
        limits: What each may take.
        queue_length: How many questions may wait.
        queue_seconds: How long each may wait.
        on_loss: Told the process number of a worker that was killed or died.
        counts: What happened so far.
    """

    heavy: int
    limits: Limits
    queue_length: int = 64
    queue_seconds: float = 5.0
    on_loss: Callable[[int], None] = lambda _process: None
    counts: Counts = field(default_factory=Counts)
    _idle: deque[_Seat] = field(default_factory=deque)
    _seats: list[_Seat] = field(default_factory=list)
    _waiting: deque[tuple[Lane, asyncio.Future[_Seat]]] = field(default_factory=deque)
    _spare: Worker | None = None
    _leaving: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seats = [_Seat(lane) for lane in [Lane.HEAVY] * self.heavy + [Lane.LIGHT]]
        self._idle = deque(self._seats)

    def start(self) -> None:
        """Start all workers and a spare one now; else each starts when it is needed."""
        for seat in self._seats:
            seat.worker = seat.worker or self._new_worker()
        self._spare = self._spare or self._new_worker()

    def close(self) -> None:
        """End every worker."""
        workers = [worker for worker in (*(seat.worker for seat in self._seats), self._spare) if worker]
        for worker in workers:
            worker.kill()
        for process in (*(worker.process for worker in workers), *self._leaving):
            process.wait()
        self._spare = None
        for seat in self._seats:
            seat.worker = None

    async def run(
        self, lane: Lane, seconds: float, place: Place, ask: Callable[[GraphStore], Any], work_seconds: float = 0
    ) -> Any:
        """Return what asking the graph gives, or stop it.

        Args:
            lane: Which workers may answer.
            seconds: How long it may take by the clock.
            place: The graph.
            ask: What to ask of it.
            work_seconds: How long the processor may be at it; 0 means any time. On a busy machine that is less than
                the clock says, and a light question that only had to wait is light all the same.

        Raises:
            HyokaError: What the question met.
            TimeoutError: It took longer than its time; nothing of it runs any more.
            Refusal: 429, no worker became free.
        """
        async with self._seat(lane) as seat:
            worker = seat.worker = seat.worker or self._new_worker()
            try:
                # A process that is only starting is not the question's fault.
                async with asyncio.timeout(_START_SECONDS):
                    await worker.wait_ready()
                async with asyncio.timeout(seconds) as limit:
                    with stopped_after(work_seconds, worker.process.pid, limit):
                        return await worker.ask(place, ask, _HEAVY_NICENESS if seat.lane is Lane.HEAVY else 0)
            except WorkerDied:
                self.counts.died += 1
                self._replace(seat, worker)
                raise
            except (TimeoutError, asyncio.CancelledError):
                self.counts.killed += 1
                self._replace(seat, worker)
                raise

    @property
    def busy(self) -> int:
        """Return how many workers answer at this moment."""
        return len(self._seats) - len(self._idle)

    @property
    def waiting(self) -> int:
        """Return how many questions wait for a worker."""
        return len(self._waiting)

    def processes(self) -> list[int]:
        """Return the process numbers of the workers."""
        return [seat.worker.process.pid for seat in self._seats if seat.worker]

    @property
    def isolated(self) -> bool:
        """Return whether every worker that has reported is cut off from the network."""
        return all(seat.worker.isolated is not False for seat in self._seats if seat.worker)

    @asynccontextmanager
    async def _seat(self, lane: Lane) -> AsyncIterator[_Seat]:
        seat = self._take(lane) or await self._wait(lane)
        try:
            yield seat
        finally:
            self._give_back(seat)

    def _take(self, lane: Lane) -> _Seat | None:
        free = [seat for seat in self._idle if lane is Lane.LIGHT or seat.lane is Lane.HEAVY]
        if not free:
            return None
        # The kept worker first: it does not stand back.
        seat = next((seat for seat in free if seat.lane is lane), free[0])
        self._idle.remove(seat)
        return seat

    async def _wait(self, lane: Lane) -> _Seat:
        if len(self._waiting) >= self.queue_length:
            raise Refusal(429, _BUSY, {"Retry-After": "5"})
        turn: asyncio.Future[_Seat] = asyncio.get_running_loop().create_future()
        self._waiting.append((lane, turn))
        try:
            async with asyncio.timeout(self.queue_seconds):
                return await turn
        except TimeoutError as error:
            self._leave_queue(lane, turn)
            raise Refusal(429, _BUSY, {"Retry-After": "5"}) from error
        except asyncio.CancelledError:
            self._leave_queue(lane, turn)
            raise

    def _leave_queue(self, lane: Lane, turn: asyncio.Future[_Seat]) -> None:
        if (lane, turn) in self._waiting:
            self._waiting.remove((lane, turn))
        elif turn.done() and not turn.cancelled():
            # A worker came at the very moment of leaving.
            self._give_back(turn.result())

    def _give_back(self, seat: _Seat) -> None:
        for lane, turn in self._waiting:
            if not turn.done() and (seat.lane is Lane.HEAVY or lane is Lane.LIGHT):
                self._waiting.remove((lane, turn))
                turn.set_result(seat)
                return
        self._idle.append(seat)

    def _replace(self, seat: _Seat, worker: Worker) -> None:
        worker.kill()
        self._leaving = [process for process in (*self._leaving, worker.process) if process.poll() is None]
        self.on_loss(worker.process.pid)
        seat.worker = self._spare or self._new_worker()
        self._spare = self._new_worker()

    def _new_worker(self) -> Worker:
        self.counts.started += 1
        return Worker(self.limits)
