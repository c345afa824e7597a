"""Lend connections to express workers: a client that asks plain light queries is answered by one process, not by two.

The service accepts every connection, answers its first request, and keeps all bounds and timers. A connection whose
request was light is lent: it comes back with the first request that is not plain and light, when it rests, when its
client used up a lease, and when the worker is lost. What a lost worker was asked lies unread in the kernel; the service
reads it, and its pool evaluates it with the deadline of any question.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hyoka_kg.service.plain import is_teachable
from hyoka_kg.service.spool import Answer
from hyoka_kg.service.workers.book import BOOK_BYTES, Book, Phase
from hyoka_kg.service.workers.messages import BACK, LENT, LONGEST_MESSAGE, Terms
from hyoka_kg.service.workers.worktime import work_seconds_of

WORKERS = min(4, os.cpu_count() or 1)
# Elsewhere there is no such channel, and no such memory.
_IS_POSSIBLE = sys.platform == "linux"
_PROCESS = "hyoka_kg.service.workers.express"
_LOOK_EVERY_SECONDS = 0.05
# A light question is answered in a thousandth of this; the processor's time counts, as the clock says little when the
# machine is busy (ADR 0055); the clock has the last word, but nobody is to blame then.
_WORK_SECONDS, _CLOCK_SECONDS = 0.25, 3.0
# Whoever brought a worker down gets no loan for this long; when some have done so, nobody does.
_BAN_SECONDS = 60.0
_MOST_BANNED = 5
# After a loss no worker is started for this long: what makes them all die must not make the service start them only.
_PAUSE_SECONDS = 1.0
# Connections that one worker has at most: each is an open file.
_MOST_LENT = 200


class Connection(Protocol):
    """A connection that can be lent."""

    @property
    def client_name(self) -> str:
        """Whose it is."""
        ...

    def file(self) -> int:
        """Return its file number."""
        ...

    def take_back(self, rest: bytes) -> None:
        """Go on with it: send what is left of an answer, then read."""
        ...

    def abort(self) -> None:
        """End it at once."""
        ...


@dataclass(frozen=True, slots=True)
class Used:
    """What was done on a loan.

    Attributes:
        client: Whose connection it was.
        seconds: Seconds of evaluation.
        answers: Answers that were sent, all of status 200.
        hits: How many of them were kept ones.
        sent_bytes: Bytes of their bodies.
    """

    client: str
    seconds: float
    answers: int
    hits: int
    sent_bytes: int


class _Worker:
    """An express worker seen from the service."""

    def __init__(self, terms: Terms) -> None:
        self.desk, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.desk.setblocking(False)
        self.out: dict[int, Connection] = {}
        self.is_ready = self.isolated = False
        # That of its question, should it die by itself.
        self.is_to_blame = True
        self._seen, self._work = 0.0, 0.0
        with theirs, open(os.memfd_create("book"), "wb") as file:  # noqa: PTH123 - it has no path
            file.truncate(BOOK_BYTES)
            self.book = Book(file.fileno())
            files = (theirs.fileno(), file.fileno())
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", _PROCESS, *map(str, files)],
                pass_fds=files,
                stdin=subprocess.DEVNULL,
                stderr=None if terms.log else subprocess.DEVNULL,
            )
        self.desk.send(pickle.dumps(terms))

    def look(self) -> None:
        """Kill it when it is at one question for too long; its end is heard at the desk."""
        phase, _, since = self.book.read()
        lasted = time.monotonic() - since
        if phase is not Phase.EVALUATING or lasted < _LOOK_EVERY_SECONDS:
            return
        work = work_seconds_of(self.process.pid)
        if since != self._seen:
            self._seen, self._work = since, work or 0.0
            return
        worked = lasted if work is None else work - self._work
        if worked > _WORK_SECONDS or lasted > _CLOCK_SECONDS:
            self.is_to_blame = worked > _WORK_SECONDS
            self.process.kill()


class Loans:
    """The express workers and the connections that they have.

    Attributes:
        started: Workers started so far.
        lost: Workers that were stopped, or died.
        lent: Loans made so far.
    """

    def __init__(self, terms: Terms, on_return: Callable[[Used], None]) -> None:
        self._terms, self._on_return = terms, on_return
        self._workers: list[_Worker] = []
        self._banned: dict[str, float] = {}
        self._watch: asyncio.TimerHandle | None = None
        self._pause_end = 0.0
        self.started = self.lost = self.lent = 0

    @property
    def out(self) -> int:
        """Return how many connections are lent at this moment."""
        return sum(len(worker.out) for worker in self._workers)

    @property
    def isolated(self) -> bool:
        """Return whether every worker that has reported is cut off from the network."""
        return all(worker.isolated for worker in self._workers if worker.is_ready)

    def processes(self) -> list[int]:
        """Return the process numbers of the workers."""
        return [worker.process.pid for worker in self._workers]

    def lend(self, connection: Connection, kept: tuple[str, Answer] | None) -> bool:
        """Lend a connection that is at rest, and return whether that was possible.

        Args:
            connection: It must not be read until it is back.
            kept: The kept answer, and its key, that the client got last; it will get it from the worker from now on.
        """
        if not _IS_POSSIBLE or self._terms.place.is_remote or not self._may_borrow(connection.client_name):
            return False
        if len(self._workers) < WORKERS and time.monotonic() > self._pause_end:
            self._start()
        ready = [worker for worker in self._workers if worker.is_ready and len(worker.out) < _MOST_LENT]
        if not ready:
            return False
        worker = min(ready, key=lambda one: len(one.out))
        message = LENT.pack(self.lent + 1) + connection.client_name.encode()
        try:
            if kept and is_teachable(kept[1]):
                worker.desk.send(pickle.dumps(kept))
            socket.send_fds(worker.desk, [message], [connection.file()])
        except OSError:
            return False
        self.lent += 1
        worker.out[self.lent] = connection
        self._watch = self._watch or asyncio.get_running_loop().call_later(_LOOK_EVERY_SECONDS, self._look)
        return True

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            self._end(worker)
        self._workers = []

    def _may_borrow(self, client: str) -> bool:
        if self._banned:
            now = time.monotonic()
            self._banned = {name: end for name, end in self._banned.items() if end > now}
        return client not in self._banned and len(self._banned) < _MOST_BANNED

    def _start(self) -> None:
        worker = _Worker(self._terms)
        self.started += 1
        self._workers.append(worker)
        asyncio.get_running_loop().add_reader(worker.desk, self._read, worker)

    def _read(self, worker: _Worker) -> None:
        while True:
            try:
                message = worker.desk.recv(LONGEST_MESSAGE)
            except BlockingIOError:
                return
            except OSError:
                message = b""
            if not message:
                self._lose(worker)
                return
            self._hear(worker, message)

    def _hear(self, worker: _Worker, message: bytes) -> None:
        number, seconds, answers, hits, sent_bytes = BACK.unpack_from(message)
        if not number:
            worker.is_ready, worker.isolated = True, bool(answers)
            return
        connection = worker.out.pop(number)
        self._on_return(Used(connection.client_name, seconds, answers, hits, sent_bytes))
        connection.take_back(message[BACK.size :])

    def _look(self) -> None:
        self._watch = None
        for worker in self._workers:
            worker.look()
        if self.out:
            self._watch = asyncio.get_running_loop().call_later(_LOOK_EVERY_SECONDS, self._look)

    def _lose(self, worker: _Worker) -> None:
        self._end(worker)
        self._workers.remove(worker)
        self.lost += 1
        self._pause_end = time.monotonic() + _PAUSE_SECONDS
        phase, at, _ = worker.book.read()
        for number, connection in worker.out.items():
            if number == at and phase is Phase.EVALUATING and worker.is_to_blame:
                self._banned[connection.client_name] = time.monotonic() + _BAN_SECONDS
            if number == at and phase is Phase.SENDING:
                connection.abort()
            else:
                connection.take_back(b"")
        worker.out.clear()

    @staticmethod
    def _end(worker: _Worker) -> None:
        asyncio.get_running_loop().remove_reader(worker.desk)
        worker.desk.close()
        worker.process.kill()
        worker.process.wait()
