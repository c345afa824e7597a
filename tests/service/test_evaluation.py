"""A slow question does not stop the others, ends at its deadline, and too many are told to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import anyio
import httpx
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from hyoka_kg.config import Settings
from hyoka_kg.errors import StoreError
from hyoka_kg.service import create_app
from hyoka_kg.service.evaluation import Engine
from hyoka_kg.store import EmbeddedStore


class SlowStore(EmbeddedStore):
    """A store that waits for leave before it answers a query that says so."""

    def __init__(self) -> None:
        super().__init__(ox.Store())
        self.leave = threading.Event()

    def serialize(self, query: str, media_type: str, **graphs: object) -> bytes:
        if "slow" in query:
            self.leave.wait(20)
        return super().serialize(query, media_type)


@pytest.fixture
def slow_store() -> SlowStore:
    return SlowStore()


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_slow_query_does_not_block_another(slow_store: SlowStore, anyio_backend: str) -> None:
    transport = httpx.ASGITransport(create_app(slow_store, Settings()))
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        anyio.create_task_group() as group,
    ):
        group.start_soon(lambda: client.get("/sparql", params={"query": "ASK {} # slow"}))
        await anyio.sleep(0.1)
        quick = await client.get("/sparql", params={"query": "ASK {}"})
        assert (quick.status_code, slow_store.leave.is_set()) == (200, False)
        slow_store.leave.set()


def test_a_query_past_its_deadline_gets_503(client_with: Callable[..., TestClient], slow_store: SlowStore) -> None:
    client = client_with(slow_store, query_timeout_seconds=0.2)
    start = time.perf_counter()
    answer = client.get("/sparql", params={"query": "ASK {} # slow"})
    assert time.perf_counter() - start < 5
    slow_store.leave.set()
    assert (answer.status_code, "0.2 seconds" in answer.text) == (503, True)


def test_too_many_queries_at_once_get_429(client_with: Callable[..., TestClient], slow_store: SlowStore) -> None:
    client = client_with(slow_store)
    client.app.state.engine = Engine(slow_store, 2.0, threading.BoundedSemaphore(1))
    client.app.state.engine.slots.acquire()
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")


def test_a_store_out_of_reach_gets_503_without_its_place(client_with: Callable[..., TestClient]) -> None:
    class Gone(EmbeddedStore):
        def serialize(self, query: str, media_type: str, **graphs: object) -> bytes:
            raise StoreError("The server http://10.0.0.1/secret does not answer")

    answer = client_with(Gone(ox.Store())).get("/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, "secret" in answer.text) == (503, False)
    assert answer.headers["access-control-allow-origin"] == "*"
