"""The express worker: answers plain light requests on connections that the service lends, and gives back the others.

A request stays in the kernel until its answer is there: it is looked at, answered, and only then consumed. So the
worker can be killed at any moment of its evaluation, and the service finds the request where the client put it.

Run as `python -m hyoka_kg.service.workers.express DESK BOOK`; it ends when the desk closes.
"""

from __future__ import annotations

import pickle
import select
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Iterable

from hyoka_kg.errors import StoreError
from hyoka_kg.service.cache import AnswerCache, key_of
from hyoka_kg.service.lanes import Lane, Lanes
from hyoka_kg.service.plain import PlainRequest, answer_plain, read_plain, response_of
from hyoka_kg.service.records import is_recorded, log_requests, record
from hyoka_kg.service.spool import Answer
from hyoka_kg.service.workers.book import Book, Phase
from hyoka_kg.service.workers.messages import BACK, LENT, LONGEST_MESSAGE, Terms
from hyoka_kg.service.workers.process import Opened, leave_network, run_with_room
from hyoka_kg.store import CurrentPlace

# Numbers, since Python joins the names of flags at each use in three microseconds.
_LOOK = int(socket.MSG_PEEK | socket.MSG_DONTWAIT)
_SEND = int(socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
_LONGEST_REQUEST = 64 * 1024
# One client's seconds of evaluation before the service counts them and decides anew.
_LEASE_SECONDS = 1.0
# A connection that rests longer waits in the service, which has the timers for it.
_REST_SECONDS = 2.0


class _Loan:
    """A connection and what was done on it."""

    __slots__ = ("answers", "channel", "client", "hits", "last", "number", "seconds", "sent_bytes")

    def __init__(self, number: int, channel: socket.socket, client: str) -> None:
        self.number, self.channel, self.client = number, channel, client
        self.seconds, self.last = 0.0, time.monotonic()
        self.answers = self.hits = self.sent_bytes = 0


class Express:
    """The worker; one thread, one request at a time."""

    def __init__(self, desk: socket.socket, book: Book, terms: Terms) -> None:
        self._desk, self._book, self._terms = desk, book, terms
        self._opened, self._current = Opened(terms.memory_bytes), CurrentPlace(terms.place)
        self._cache, self._lanes = AnswerCache(terms.cache_bytes), Lanes()
        self._room = memoryview(bytearray(_LONGEST_REQUEST))
        self._loans: dict[int, _Loan] = {}
        self._used = defaultdict[str, float](float)
        self._poll = select.epoll()
        self._poll.register(desk.fileno(), select.EPOLLIN)

    def run(self) -> None:
        """Serve until the service is gone."""
        swept = time.monotonic()
        while True:
            for file, _ in self._poll.poll(_REST_SECONDS):
                if file == self._desk.fileno():
                    if not self._take():
                        return
                elif file in self._loans:
                    self._serve(self._loans[file])
            if time.monotonic() - swept > _REST_SECONDS:
                swept = time.monotonic()
                self._give_back_all(loan for loan in self._loans.values() if swept - loan.last > _REST_SECONDS)

    def _take(self) -> bool:
        message, files, _, _ = socket.recv_fds(self._desk, LONGEST_MESSAGE, 1)
        if files:
            channel = socket.socket(fileno=files[0])
            loan = _Loan(LENT.unpack_from(message)[0], channel, message[LENT.size :].decode())
            self._loans[channel.fileno()] = loan
            self._poll.register(channel.fileno(), select.EPOLLIN)
        elif message:
            self._cache.put(*pickle.loads(message))  # noqa: S301 - from the parent process
        return bool(message)

    def _serve(self, loan: _Loan) -> None:
        try:
            size = loan.channel.recv_into(self._room, 0, _LOOK)
        except BlockingIOError:
            return
        except OSError:
            size = 0
        request = self._room[:size].tobytes()
        start = self._book.begin(loan.number)
        plain = read_plain(request, self._terms.query_bytes)
        found = self._find(loan, plain) if plain else None
        if plain is None or found is None:
            self._book.go_on(Phase.RESTING)
            self._give_back(loan)
            return
        key, answer = found
        response = response_of(answer, key)
        loan.last = time.monotonic()
        self._book.go_on(Phase.SENDING)
        rest = _consume_and_send(loan, size, response)
        self._count(loan, plain, answer, loan.last - start)
        if rest:
            # Still sending: the answer is whole only when the service has the rest.
            self._give_back(loan, rest)
        self._book.go_on(Phase.RESTING)
        if self._used.get(loan.client, 0.0) > _LEASE_SECONDS:
            self._give_back_all(other for other in self._loans.values() if other.client == loan.client)

    def _find(self, loan: _Loan, plain: PlainRequest) -> tuple[str, Answer] | None:
        try:
            place = self._current.get()
            key = key_of(place, plain.question, plain.accept, plain.endpoint, plain.packed)
            kept = self._cache.get(key)
            if kept:
                loan.hits += 1
                return key, kept
            if self._lanes.of(plain.question.query) is not Lane.LIGHT:
                return None
            answer = answer_plain(self._opened.at(place), plain)
        except (StoreError, OSError):
            return None
        if answer is None:
            return None
        self._cache.put(key, answer)
        return key, answer

    def _count(self, loan: _Loan, plain: PlainRequest, answer: Answer, seconds: float) -> None:
        self._used[loan.client] += seconds
        loan.seconds += seconds
        loan.answers += 1
        loan.sent_bytes += answer.size
        if is_recorded():
            facts = {"status": 200, "bytes": answer.size, "ms": round(seconds * 1000, 1)}
            query, lane = key_of(plain.question.query)[:12], self._lanes.of(plain.question.query).value
            record(loan.client, "GET", plain.path, {**facts, "query": query, "lane": lane, "express": True})

    def _give_back_all(self, loans: Iterable[_Loan]) -> None:
        for loan in list(loans):
            self._give_back(loan)

    def _give_back(self, loan: _Loan, rest: bytes = b"") -> None:
        file = loan.channel.fileno()
        del self._loans[file]
        # The service holds the same connection: closing this end alone would leave it in the poll.
        self._poll.unregister(file)
        loan.channel.close()
        told = BACK.pack(loan.number, loan.seconds, loan.answers, loan.hits, loan.sent_bytes)
        self._desk.sendall(told + rest)
        if not any(other.client == loan.client for other in self._loans.values()):
            self._used.pop(loan.client, None)


def _consume_and_send(loan: _Loan, length: int, response: bytes) -> bytes:
    """Take a request from the kernel and give it the answer; return what of that did not fit."""
    try:
        loan.channel.recv(length)
        return response[loan.channel.send(response, _SEND) :]
    except BlockingIOError:
        return response
    except OSError:
        # The client is gone; the service sees so too.
        return b""


def _main(desk_file: str, book_file: str) -> None:
    desk, book = socket.socket(fileno=int(desk_file)), Book(int(book_file))
    terms: Terms = pickle.loads(desk.recv(LONGEST_MESSAGE))  # noqa: S301 - from the parent process
    if terms.log:
        log_requests()
    isolated = leave_network()
    desk.sendall(BACK.pack(0, 0.0, isolated, 0, 0))
    run_with_room(Express(desk, book, terms).run)


if __name__ == "__main__":
    _main(*sys.argv[1:])
