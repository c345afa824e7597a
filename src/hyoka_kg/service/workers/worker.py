"""One worker seen from the service: started, asked, killed."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.workers.channel import Channel
from hyoka_kg.service.workers.wire import pack
from hyoka_kg.store import GraphStore, Place

_PROCESS = "hyoka_kg.service.workers.process"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may take.

    Attributes:
        memory_bytes: Memory that it may take for a question, beyond what it holds before; 0 means no bound.
        network: Whether it may use the network; only a worker in front of a server needs to.
    """

    memory_bytes: int = 0
    network: bool = False


class WorkerDied(Refusal):
    """The worker's process ended by itself: the engine ran out of memory or of stack."""

    def __init__(self, code: int | None) -> None:
        if code == -signal.SIGSEGV:
            super().__init__(400, "The query is nested too deeply for the engine. Write it flatter.")
        else:
            super().__init__(503, "The query needs more memory than one query may use. Ask for less, or add LIMIT.")


class Worker:
    """A process that reads the graph, and the channel to it."""

    def __init__(self, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._channel = Channel(ours)
        arguments = (theirs.fileno(), limits.memory_bytes, "any" if limits.network else "none")
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", _PROCESS, *map(str, arguments)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.isolated: bool | None = None

    async def ask(self, place: Place, ask: Callable[[GraphStore], Any], niceness: int) -> Any:
        """Return what asking the graph gives; the process must be ready.

        A worker whose question was cancelled is in the middle of it: kill it.

        Args:
            place: The graph.
            ask: What to ask of it; it travels by pickle, so it must be a function of a module or a `partial` of one.
            niceness: How far the process stands back for others; it never comes forward again.

        Raises:
            HyokaError: What the question met.
            WorkerDied: The process is gone.
        """
        try:
            await self._channel.send(pack((niceness, place, ask)))
            done, value = await self._channel.receive()
        except (EOFError, OSError) as error:
            raise WorkerDied(await self._exit_code()) from error
        if not done:
            raise value
        return value

    async def wait_ready(self) -> None:
        """Wait until the process listens.

        Raises:
            WorkerDied: It ended before.
        """
        if self.isolated is None:
            try:
                self.isolated = await self._channel.receive()
            except (EOFError, OSError) as error:
                raise WorkerDied(await self._exit_code()) from error

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self._channel.close()

    async def _exit_code(self) -> int | None:
        for _ in range(100):
            if self.process.poll() is not None:
                break
            await asyncio.sleep(0.01)
        return self.process.returncode
