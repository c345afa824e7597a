"""No question takes the service down: it is stopped in time, refused when too large, others are served meanwhile."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from tests.loopback import wait_for

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?c"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
ASK = {"query": "ASK { ?s ?p 7 }"}
Make = Callable[..., TestClient]


@pytest.fixture(scope="module")
def served_many(many_place: StorePlace, serve: Callable[[Any], AbstractContextManager[str]]) -> Any:
    app = create_app(many_place, Settings(workers=1, query_timeout_seconds=3, max_answer_mb=1, worker_memory_mb=200))
    with serve(app) as url:
        yield app, url


def _alive(processes: Iterable[int]) -> list[int]:
    # A killed process may stay listed as a zombie (Z) for a while; it runs no more.
    stats = {process: Path(f"/proc/{process}/stat") for process in processes}
    return [process for process, stat in stats.items() if stat.exists() and " Z " not in stat.read_text()]


@pytest.mark.network
def test_an_endless_query_is_stopped_and_light_ones_are_served_meanwhile(served_many: Any) -> None:
    app, url = served_many
    pool = app.state.engine.pool
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(httpx.get, f"{url}/sparql", params={"query": ENDLESS}, timeout=30)
        assert wait_for(lambda: pool.busy == 1)
        before = pool.processes()
        quick = [httpx.get(f"{url}/sparql", params=ASK).json()["boolean"] for _ in range(5)]
        assert (quick, slow.done()) == ([True] * 5, False)
        answer = slow.result()
    assert (answer.status_code, "3 seconds" in answer.text) == (503, True)
    assert len(set(before) - set(pool.processes())) == 1
    assert wait_for(lambda: set(_alive(before)) <= set(pool.processes()))
    assert httpx.get(f"{url}/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).status_code == 200


@pytest.mark.network
def test_a_client_that_leaves_stops_its_query(served_many: Any) -> None:
    app, url = served_many
    pool = app.state.engine.pool
    killed = pool.counts.killed
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{url}/sparql", params={"query": ENDLESS}, timeout=0.5)
    assert wait_for(lambda: pool.counts.killed == killed + 1)
    assert wait_for(lambda: pool.busy == 0)


@pytest.mark.network
def test_a_query_that_eats_memory_dies_alone(served_many: Any) -> None:
    _, url = served_many
    answer = httpx.get(f"{url}/sparql", params={"query": GREEDY}, timeout=30)
    assert answer.status_code == 503
    assert "more memory" in answer.text or "3 seconds" in answer.text
    assert httpx.get(f"{url}/sparql", params=ASK).json()["boolean"] is True


@pytest.mark.network
@pytest.mark.parametrize("style", ["json", "xml", "csv", "tsv"])
def test_an_answer_over_the_size_is_refused_whole(served_many: Any, style: str) -> None:
    app, url = served_many
    answer = httpx.get(f"{url}/sparql", params={"query": LARGE, "format": style}, timeout=30)
    assert (answer.status_code, "no part of it is sent" in answer.text) == (413, True)
    assert not list(Path(app.state.engine.spool.folder).iterdir())


@pytest.mark.network
def test_a_large_answer_arrives_whole_and_leaves_nothing_behind(served_many: Any) -> None:
    app, url = served_many
    query = f"{LARGE} LIMIT 5000"
    plain = httpx.get(
        f"{url}/sparql", params={"query": query, "format": "csv"}, headers={"Accept-Encoding": "identity"}
    )
    packed = httpx.get(f"{url}/sparql", params={"query": query, "format": "csv"}, headers={"Accept-Encoding": "gzip"})
    assert len(plain.content) > 550_000
    assert plain.text.count("\r\n") == 5001
    assert ("content-encoding" in plain.headers, packed.headers["content-encoding"]) == (False, "gzip")
    assert packed.text == plain.text
    assert not list(Path(app.state.engine.spool.folder).iterdir())
    assert wait_for(lambda: app.state.engine.outgoing_bytes == 0)


@pytest.mark.network
def test_a_body_that_does_not_come_is_not_waited_for(served_many: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, url = served_many
    monkeypatch.setattr("hyoka_kg.service.protocol._BODY_SECONDS", 0.3)
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 50"
        connection.sendall(f"{head}\r\n\r\nASK".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


def test_a_client_may_lower_its_deadline(client_with: Make, many_place: StorePlace) -> None:
    client = client_with(many_place)
    answer = client.get("/sparql", params={"query": ENDLESS, "timeout": "0.2"})
    assert (answer.status_code, "0.2 seconds" in answer.text) == (503, True)
    assert client.get("/sparql", params={**ASK, "timeout": "soon"}).status_code == 400


def test_a_light_looking_query_that_lasts_goes_on_as_a_heavy_one(client_with: Make, many_place: StorePlace) -> None:
    client = client_with(many_place, query_timeout_seconds=2)
    query = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l < 0) }"
    lanes = client.app.state.engine.lanes
    assert lanes.of(query).value == "light"
    assert client.get("/sparql", params={"query": query}).status_code == 503
    assert lanes.of(query).value == "heavy"


def test_a_lost_worker_is_replaced(client_with: Make) -> None:
    client = client_with()
    pool = client.app.state.engine.pool
    assert client.get("/sparql", params=ASK).status_code == 200
    for process in pool.processes():
        os.kill(process, signal.SIGKILL)
    answers = [client.get("/sparql", params={"query": f"ASK {{}} # {n}"}).status_code for n in range(3)]
    assert answers == [503, 200, 200]
    assert pool.counts.died == 1


def test_too_many_questions_are_told_to_wait(client_with: Make, many_place: StorePlace) -> None:
    client = client_with(many_place)
    client.app.state.engine.pool.queue_length = 0
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(client.get, "/sparql", params={"query": ENDLESS, "timeout": "2"})
        assert wait_for(lambda: client.app.state.engine.pool.busy == 1)
        answer = client.get("/sparql", params={"query": ENDLESS})
        assert slow.result().status_code == 503
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")


def test_a_client_that_used_up_its_time_waits(client_with: Make, many_place: StorePlace) -> None:
    client = client_with(many_place, client_seconds=0.5)
    assert client.get("/sparql", params={"query": ENDLESS, "timeout": "1.5"}).status_code == 503
    answer = client.get("/sparql", params=ASK)
    assert (answer.status_code, int(answer.headers["retry-after"]) > 1) == (429, True)


def test_a_store_out_of_reach_gets_503_without_its_place(client_with: Make) -> None:
    for place in ("/secret/store", "sparql:http://127.0.0.1:9/secret"):
        answer = client_with(StorePlace(place)).get("/sparql", params=ASK)
        assert (answer.status_code, "secret" in answer.text) == (503, False), answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        assert client_with(StorePlace(place)).get("/ready").status_code == 503


def test_workers_have_no_network_where_the_system_allows_it(client_with: Make) -> None:
    client = client_with()
    assert client.get("/sparql", params=ASK).status_code == 200
    pool = client.app.state.engine.pool
    interfaces = Path(f"/proc/{pool.processes()[0]}/net/dev").read_text().count(":")
    assert pool.isolated is (interfaces == 1)


def _swap(store: Path, build: str) -> None:
    (store / "CURRENT.next").write_text(build)
    (store / "CURRENT.next").replace(store / "CURRENT")


@pytest.mark.network
def test_a_new_build_is_served_without_dropping_a_request(
    tmp_path: Path,
    write_quads: Callable[[Path, Iterable[ox.Quad]], Path],
    serve: Callable[[Any], AbstractContextManager[str]],
) -> None:
    names = [ox.NamedNode(f"http://example.org/{name}") for name in "spg"]
    for number in range(4):
        folder = tmp_path / "builds" / f"b{number}"
        folder.mkdir(parents=True)
        write_quads(folder, [ox.Quad(names[0], names[1], ox.Literal(number), names[2])])
    _swap(tmp_path, "b0")
    app = create_app(StorePlace(str(tmp_path)), Settings(workers=2, client_seconds=0))
    stop, seen, failed = threading.Event(), set[str](), list[int]()

    def ask(url: str) -> None:
        with httpx.Client() as client:
            while not stop.is_set():
                answer = client.get(f"{url}/sparql", params={"query": "SELECT ?o { ?s ?p ?o }", "format": "csv"})
                failed.extend([answer.status_code] if answer.status_code != 200 else [])
                seen.add(answer.text.split()[-1])

    with serve(app) as url, ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(ask, url)
        for number in range(1, 4):
            assert wait_for(partial(lambda former: str(former) in seen, number - 1))
            _swap(tmp_path, f"b{number}")
        assert wait_for(lambda: "3" in seen)
        stop.set()
    assert (seen, failed) == ({"0", "1", "2", "3"}, [])
