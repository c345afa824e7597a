"""A small graph in memory, the app over it, and the same app behind a real server on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from tests import loopback

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.store import GraphStore, StorePlace

EX = "http://example.org/"
# An IRI whose escapes must arrive as they were sent: decoded once too often it is another IRI, or none.
ESCAPED = f"{EX}doc%2F29%E2%91%A7%20a"


MANY = 400


def write_build(folder: Path, quads: Iterable[ox.Quad]) -> Path:
    """Write a finished build of some quads, as `hyoka build` leaves it."""
    store = ox.Store(str(folder / "oxigraph"))
    store.bulk_extend(quads)
    store.flush()
    (folder / "DONE").write_text("{}")
    return folder


def _quads() -> Iterator[ox.Quad]:
    thing, label = ox.NamedNode(ESCAPED), ox.NamedNode(f"{EX}label")
    first, second = ox.NamedNode(f"{EX}graph/1"), ox.NamedNode(f"{EX}graph/2")
    yield ox.Quad(thing, label, ox.Literal('５百万円、\n"計"', language="ja"), first)
    yield ox.Quad(thing, label, ox.Literal("<script>alert(1)</script>"), second)


def _many_quads() -> Iterator[ox.Quad]:
    for number in range(MANY):
        thing, graph = ox.NamedNode(f"{EX}number/{number}"), ox.NamedNode(f"{EX}graph/{number % 3}")
        yield ox.Quad(thing, ox.NamedNode(f"{EX}value"), ox.Literal(number), graph)


@pytest.fixture(scope="session")
def small_place(tmp_path_factory: pytest.TempPathFactory) -> StorePlace:
    """A graph of two statements."""
    return StorePlace(str(write_build(tmp_path_factory.mktemp("small"), _quads())))


@pytest.fixture(scope="session")
def many_place(tmp_path_factory: pytest.TempPathFactory) -> StorePlace:
    """A graph that is large enough to ask something endless of it."""
    return StorePlace(str(write_build(tmp_path_factory.mktemp("many"), _many_quads())))


@pytest.fixture(scope="session")
def store(small_place: StorePlace) -> GraphStore:
    return small_place.open()


@contextmanager
def _client_over(place: StorePlace, **settings: Any) -> Iterator[TestClient]:
    """Give a client to the app over a graph; its workers end with it."""
    app = create_app(place, Settings(**{"workers": 1, **settings}))
    try:
        yield TestClient(app, raise_server_exceptions=False)
    finally:
        app.state.engine.close()


@pytest.fixture
def client_with(small_place: StorePlace) -> Iterator[Callable[..., TestClient]]:
    with ExitStack() as stack:
        yield lambda place=None, **settings: stack.enter_context(_client_over(place or small_place, **settings))


@pytest.fixture(scope="session")
def client(small_place: StorePlace) -> Iterator[TestClient]:
    with _client_over(small_place) as made:
        yield made


@pytest.fixture(scope="session")
def served(small_place: StorePlace) -> Iterator[str]:
    """Serve the small graph."""
    with loopback.served(create_app(small_place, Settings(workers=1))) as url:
        yield url


@dataclass
class Canary:
    """A server that nobody may call."""

    url: str
    calls: list[bytes] = field(default_factory=list)


@pytest.fixture
def canary() -> Iterator[Canary]:
    listener = socket.create_server(("127.0.0.1", 0))
    bird = Canary(f"http://127.0.0.1:{listener.getsockname()[1]}/sparql")

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                bird.calls.append(connection.recv(1000))
                connection.sendall(b"HTTP/1.1 500 no\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield bird
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


@pytest.fixture(scope="session")
def client_over() -> Callable[..., AbstractContextManager[TestClient]]:
    """Return how to get a client to an app over some place."""
    return _client_over


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[str]]:
    """Return how to serve an app on loopback."""
    return loopback.served


@pytest.fixture(scope="session")
def write_quads() -> Callable[[Path, Iterable[ox.Quad]], Path]:
    """Return how to write a finished build of some quads."""
    return write_build
