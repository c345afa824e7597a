"""One connection, one client and one light question take no more than their share of the service."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.service.connections import ConnectionBounds, bounded_protocol
from hyoka_kg.service.workers.worktime import stopped_after, work_seconds_of
from hyoka_kg.store import StorePlace

BOUNDS = ConnectionBounds(per_client=4, arrival_seconds=0.5, head_bytes=20_000, stall_seconds=0.5)
ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture(scope="module")
def bounded(many_place: StorePlace, serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    app = create_app(many_place, Settings(workers=1, client_seconds=0))
    with serve(app, http=bounded_protocol(BOUNDS)) as url:
        yield url


def _connect(url: str) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def _ended(channel: socket.socket) -> bool:
    try:
        return channel.recv(1000) == b""
    except ConnectionResetError:
        return True


SLOW = {
    "nothing": b"",
    "a part of a head": ASK,
    "a part of a body": b"POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nab",
}


@pytest.mark.network
@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_a_request_that_does_not_arrive_is_not_waited_for(bounded: str, sent: bytes) -> None:
    with _connect(bounded) as channel:
        channel.sendall(sent)
        assert _ended(channel)


@pytest.mark.network
def test_a_connection_may_be_used_again_and_again(bounded: str) -> None:
    with _connect(bounded) as channel:
        for _ in range(3):
            channel.sendall(ASK + b"\r\n")
            assert channel.recv(10_000).startswith(b"HTTP/1.1 200")
            time.sleep(0.3)


@pytest.mark.network
def test_a_head_without_end_is_cut_off(bounded: str) -> None:
    with _connect(bounded) as channel, pytest.raises(OSError, match=r"reset|[Bb]roken pipe"):
        _send_for_ever(channel)


def _send_for_ever(channel: socket.socket) -> None:
    channel.sendall(ASK)
    for _ in range(1000):
        channel.sendall(b"X-Long: " + b"a" * 1000 + b"\r\n")
        time.sleep(0.001)


@pytest.mark.network
def test_a_client_has_a_number_of_connections_and_gets_them_back(bounded: str) -> None:
    held = [_connect(bounded) for _ in range(BOUNDS.per_client)]
    with _connect(bounded) as further:
        assert further.recv(1000).startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
    for channel in held:
        channel.close()
    for _ in range(50):
        if httpx.get(f"{bounded}/health").status_code == 200:
            return
        time.sleep(0.05)
    pytest.fail("the connections were not given back")


@pytest.mark.network
def test_an_answer_that_nobody_reads_is_given_up(bounded: str) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    with _connect(bounded) as channel:
        body = query.encode()
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(body)}"
        )
        channel.sendall(head.encode() + b"\r\n\r\n" + body)
        assert channel.recv(15).startswith(b"HTTP/1.1 200")
        time.sleep(1.5)
        size = 0
        try:
            while data := channel.recv(1 << 20):
                size += len(data)
        except ConnectionResetError:
            pass
    assert size < 10_000_000


def test_a_busy_process_is_stopped_after_its_work_and_a_waiting_one_is_not() -> None:
    async def wait_for(code: str) -> bool:
        process = subprocess.Popen([sys.executable, "-c", code])
        try:
            async with asyncio.timeout(3 if "sleep" in code else 30) as limit:
                with stopped_after(0.3, process.pid, limit):
                    await asyncio.sleep(60)
        except TimeoutError:
            return (work_seconds_of(process.pid) or 0) >= 0.3
        finally:
            process.kill()
            process.wait()
        return False

    assert asyncio.run(wait_for("while True: pass"))
    assert not asyncio.run(wait_for("import time; time.sleep(60)"))


def test_a_process_that_is_gone_has_no_work() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert work_seconds_of(process.pid) is None


def _imports(modules: str) -> set[str]:
    code = f"import sys, {modules}; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(told.stdout.split())


def test_a_worker_imports_what_it_needs_and_no_more() -> None:
    modules = _imports("hyoka_kg.service.workers.process, hyoka_kg.service.answering")
    assert "pyoxigraph" in modules
    assert {"asyncio", "rdflib", "SPARQLWrapper", "hyoka_kg.normalization", "starlette"} & modules == set()


def test_what_workers_are_asked_stands_apart_from_the_web_framework() -> None:
    asked = ("answering", "canned", "description", "finding", "first_rows")
    modules = _imports(", ".join(f"hyoka_kg.service.{name}" for name in asked))
    assert {"fastapi", "starlette", "uvicorn", "mcp", "pydantic"} & modules == set()
