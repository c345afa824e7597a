"""A small graph in memory, the app over it, and the same app behind a real server on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
import pytest
import uvicorn
from starlette.testclient import TestClient

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.store import EmbeddedStore

EX = "http://example.org/"
# An IRI whose escapes must arrive as they were sent: decoded once too often it is another IRI, or none.
ESCAPED = f"{EX}doc%2F29%E2%91%A7%20a"


def _graph() -> ox.Store:
    store = ox.Store()
    thing, label = ox.NamedNode(ESCAPED), ox.NamedNode(f"{EX}label")
    first, second = ox.NamedNode(f"{EX}graph/1"), ox.NamedNode(f"{EX}graph/2")
    store.add(ox.Quad(thing, label, ox.Literal('５百万円、\n"計"', language="ja"), first))
    store.add(ox.Quad(thing, label, ox.Literal("<script>alert(1)</script>"), second))
    return store


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore(_graph())


@pytest.fixture
def client_with() -> Callable[..., TestClient]:
    def make(store: object | None = None, **settings: object) -> TestClient:
        app = create_app(store or EmbeddedStore(_graph()), Settings(**settings))
        return TestClient(app, raise_server_exceptions=False)

    return make


@pytest.fixture
def client(client_with: Callable[..., TestClient]) -> TestClient:
    return client_with()


@pytest.fixture
def served(store: EmbeddedStore) -> Iterator[str]:
    """Serve the small graph on a free loopback port; yields its address."""
    config = uvicorn.Config(create_app(store, Settings()), host="127.0.0.1", port=0, log_level="critical")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


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
