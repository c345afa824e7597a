"""A load generator of one thread: some clients on kept connections, each asks again as soon as it is answered."""

from __future__ import annotations

import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode, urlsplit

_HEAD_END = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"
_PIECE = 256 * 1024


@dataclass(slots=True)
class Figures:
    """What a run measured: seconds of each answer, answers by status (0: the connection broke), and the whole time."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    whole: float = 0.0

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.seconds) / self.whole if self.whole else 0.0

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which a share of the answers came."""
        return 1000 * percentile(self.seconds, share)

    @property
    def median(self) -> float:
        """Return the median time of an answer, in milliseconds."""
        return 1000 * statistics.median(self.seconds) if self.seconds else float("nan")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def query_request(url: str, query: str, accept: str = "application/sparql-results+json") -> bytes:
    """Return the bytes of a GET request for a query."""
    parts = urlsplit(url)
    target = f"{parts.path}?{urlencode({'query': query})}"
    return f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: {accept}\r\n\r\n".encode()


def path_request(url: str) -> bytes:
    """Return the bytes of a GET request for an address."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: */*\r\n\r\n".encode()


class _Client:
    """One connection and the answer that is on its way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self.connect()

    def connect(self) -> None:
        self.channel = socket.create_connection(self._address)
        self.channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        self._answer, self._missing, self._head = bytearray(), -1, 0
        self.start = time.perf_counter()
        self.channel.sendall(request)

    def receive(self) -> bool:
        """Take what has come; return whether the answer is whole."""
        data = self.channel.recv(_PIECE)
        if not data:
            raise ConnectionResetError
        self._answer += data
        if not self._head:
            self._read_head()
        if not self._head:
            return False
        if self._missing >= 0:
            return len(self._answer) >= self._head + self._missing
        return self._answer.endswith(_LAST_CHUNK)

    @property
    def status(self) -> int:
        return int(self._answer[9:12])

    @property
    def body(self) -> bytes:
        return bytes(self._answer[self._head :])

    def _read_head(self) -> None:
        end = self._answer.find(_HEAD_END)
        if end < 0:
            return
        self._head = end + len(_HEAD_END)
        for line in bytes(self._answer[:end]).lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                self._missing = int(line.partition(b":")[2])


def drive(
    url: str,
    requests: list[bytes],
    clients: int,
    seconds: float,
    judge: Callable[[int, bytes], None] | None = None,
) -> Figures:
    """Ask a server for some time and return what came back.

    Args:
        url: Where it listens.
        requests: What to ask, in turn.
        clients: How many ask at the same time.
        seconds: How long; answers under way then are still taken.
        judge: Told the status and body of each answer.
    """
    parts, figures, turn = urlsplit(url), Figures(), cycle(requests)
    selector = selectors.DefaultSelector()
    for _ in range(clients):
        client = _Client((str(parts.hostname), int(parts.port or 80)))
        selector.register(client.channel, selectors.EVENT_READ, client)
        client.send(next(turn))
    start = time.perf_counter()
    open_clients = clients
    while open_clients:
        for key, _ in selector.select(60):
            client = key.data
            if not _take(client, figures, judge):
                continue
            if time.perf_counter() - start < seconds:
                client.send(next(turn))
            else:
                selector.unregister(client.channel)
                client.channel.close()
                open_clients -= 1
    figures.whole = time.perf_counter() - start
    return figures


def _take(client: _Client, figures: Figures, judge: Callable[[int, bytes], None] | None) -> bool:
    try:
        if not client.receive():
            return False
    except OSError:
        figures.statuses[0] += 1
        raise
    figures.seconds.append(time.perf_counter() - client.start)
    figures.statuses[client.status] += 1
    if judge:
        judge(client.status, client.body)
    return True


def ask_one(url: str, request: bytes) -> tuple[int, bytes]:
    """Return status and body of one answer, on a connection of its own."""
    parts = urlsplit(url)
    client = _Client((str(parts.hostname), int(parts.port or 80)))
    with client.channel:
        client.send(request)
        while not client.receive():
            pass
    return client.status, client.body
