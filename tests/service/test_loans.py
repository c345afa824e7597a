"""A lent connection gives the answers that the service gives, byte for byte, and survives the worker that has it."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.loopback import wait_for

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.service.connections import ConnectionBounds, bounded_protocol
from hyoka_kg.service.plain import read_plain
from hyoka_kg.service.workers.book import Phase
from hyoka_kg.store import StorePlace

NUMBER = "<http://example.org/number/7>"
ROWS = f"SELECT ?p ?o {{ {NUMBER} ?p ?o }}"
ENDLESS_LIGHT = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l < 0) }"
SORTED = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o LIMIT 3"
MOST = 100_000
Serve = Callable[..., AbstractContextManager[str]]


class Caller:
    """A client with one kept connection."""

    def __init__(self, url: str, source: str = "127.0.0.1", room: int = 0) -> None:
        host, port = url.removeprefix("http://").split(":")
        self.channel = socket.socket()
        self.channel.settimeout(20)
        if room:
            self.channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.channel.bind((source, 0))
        self.channel.connect((host, int(port)))
        self.host = f"{host}:{port}"

    def request(self, query: str, method: str = "GET", **headers: str) -> bytes:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return f"{method} /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: {self.host}\r\n{lines}\r\n".encode()

    def ask(self, query: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        self.channel.sendall(self.request(query, method, **headers))
        return self.receive(has_body=method != "HEAD")

    def receive(self, *, has_body: bool = True) -> tuple[int, dict[str, str], bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines)
        while has_body and len(body) < int(fields.get("content-length", 0)):
            body += self._more()
        return int(status.split()[1]), {k: v for k, v in fields.items() if k != "date"}, body

    def _more(self) -> bytes:
        data = self.channel.recv(65536)
        if not data:
            raise EOFError
        return data


def _lend(app: Any, caller: Caller, query: str = "ASK {}") -> None:
    """Ask until the connection is lent."""
    for _ in range(500):
        caller.ask(query)
        time.sleep(0.01)
        if _is_lent(app, caller):
            return
    pytest.fail("the connection is not lent")


def _is_lent(app: Any, caller: Caller) -> bool:
    out = [connection for worker in app.state.loans._workers for connection in worker.out.values()]
    return caller.channel.getsockname() in [connection.client for connection in out]


@pytest.fixture(scope="module")
def lending(many_place: StorePlace, serve: Serve) -> Iterator[tuple[Any, str]]:
    app = create_app(many_place, Settings(workers=1, client_seconds=0, query_timeout_seconds=1.5))
    with serve(app, http=bounded_protocol(ConnectionBounds(), app.state.loans)) as url:
        yield app, url


PLAIN: dict[str, tuple[str, dict[str, str]]] = {
    "rows": (ROWS, {}),
    "rows as CSV": (ROWS, {"Accept": "text/csv"}),
    "rows as XML, of two wishes": (ROWS, {"Accept": "text/html, application/sparql-results+xml;q=0.9, */*;q=0.1"}),
    "rows, packed": (f"SELECT * {{ {NUMBER} ?p ?o . ?s ?q ?r }} LIMIT 90", {"Accept-Encoding": "gzip"}),
    "truth": ("ASK { ?s ?p 7 }", {"Connection": "keep-alive"}),
    "triples": (f"DESCRIBE {NUMBER}", {"Accept": "text/turtle"}),
    "never the same": (f"SELECT (NOW() AS ?now) {{ {NUMBER} ?p ?o }} LIMIT 0", {}),
    "a relative IRI": ("ASK { <a> ?p ?o }", {}),
}


@pytest.mark.network
@pytest.mark.parametrize(("query", "headers"), PLAIN.values(), ids=PLAIN)
def test_an_answer_on_a_loan_is_the_services_own(lending: tuple[Any, str], query: str, headers: dict[str, str]) -> None:
    app, url = lending
    caller = Caller(url)
    own = caller.ask(query, **headers)
    _lend(app, caller)
    answers = app.state.records.requests[200]
    assert caller.ask(query, **headers) == own
    assert own[0] == 200
    # What the service answers is counted at once, what a worker answers when the connection comes back.
    assert app.state.records.requests[200] == answers


UNPLAIN: dict[str, tuple[str, str, dict[str, str], int]] = {
    "HEAD": ("HEAD", "ASK {}", {}, 200),
    "no query at all": ("GET", "", {}, 400),
    "a syntax error": ("GET", "ASK {", {}, 400),
    "an unknown function": ("GET", "ASK { BIND(<urn:none>(1) AS ?x) }", {}, 400),
    "SERVICE": ("GET", "ASK { SERVICE <http://127.0.0.1:9/> {} }", {}, 403),
    "an update": ("GET", "INSERT DATA { <a:a> <a:a> <a:a> }", {}, 403),
    "an impossible format": ("GET", "ASK {}", {"Accept": "image/png"}, 406),
    "a heavy query": ("GET", SORTED, {}, 200),
    "a large answer": ("GET", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000", {}, 200),
    "an empty body": ("GET", "ASK {}", {"Content-Length": "0"}, 200),
    "a proxy": ("GET", "ASK {}", {"X-Forwarded-For": "192.0.2.1"}, 200),
}


@pytest.mark.network
@pytest.mark.parametrize(("method", "query", "headers", "status"), UNPLAIN.values(), ids=UNPLAIN)
def test_what_is_not_plain_comes_back_to_the_service(
    lending: tuple[Any, str], method: str, query: str, headers: dict[str, str], status: int
) -> None:
    app, url = lending
    caller = Caller(url)
    _lend(app, caller)
    loans = app.state.loans.lent
    assert caller.ask(query, method, **headers)[0] == status
    # It may be lent again at once.
    assert not _is_lent(app, caller) or app.state.loans.lent > loans
    assert caller.ask("ASK { ?s ?p 8 }")[2] == caller.ask("ASK { ?s ?p 7 }")[2]


@pytest.mark.network
def test_requests_that_come_in_parts_or_together_are_answered_in_order(lending: tuple[Any, str]) -> None:
    app, url = lending
    caller = Caller(url)
    for cut in (1, 20, -1):
        _lend(app, caller)
        request = caller.request("ASK { ?s ?p 7 }")
        caller.channel.sendall(request[:cut])
        time.sleep(0.1)
        caller.channel.sendall(request[cut:])
        assert b"true" in caller.receive()[2]
    _lend(app, caller)
    caller.channel.sendall(caller.request("ASK { ?s ?p 7 }") + caller.request("ASK { ?s ?p 7777 }"))
    first = caller.channel.recv(65536)
    while first.count(b"HTTP/1.1 200") < 2 or b"false" not in first:
        first += caller.channel.recv(65536)
    assert re.findall(rb"true|false", first) == [b"true", b"false"]


@pytest.mark.network
def test_a_kept_heavy_answer_is_taught_to_the_worker(lending: tuple[Any, str]) -> None:
    app, url = lending
    caller = Caller(url)
    own = caller.ask(SORTED)
    _lend(app, caller, SORTED)
    before = app.state.records.requests[200]
    assert (caller.ask(SORTED), caller.ask(SORTED)) == (own, own)
    assert app.state.records.requests[200] == before


@pytest.mark.network
def test_a_query_that_only_looks_light_is_stopped_and_others_are_served(lending: tuple[Any, str]) -> None:
    app, url = lending
    loans, bad, good = app.state.loans, Caller(url, "127.0.0.77"), Caller(url)
    _lend(app, bad)
    _lend(app, good)
    processes, lost, lent = set(loans.processes()), loans.lost, loans.lent
    bad.channel.sendall(bad.request(ENDLESS_LIGHT))
    assert wait_for(lambda: loans.lost == lost + 1)
    assert b"true" in good.ask("ASK { ?s ?p 7 }")[2]
    assert bad.receive()[0] == 503
    (gone,) = processes - set(loans.processes())
    assert not Path(f"/proc/{gone}").exists()
    # Whoever brought a worker down is served, but borrows no more.
    before = loans.lent
    assert [bad.ask(f"ASK {{ ?s ?p {number} }}")[0] for number in range(3)] == [200] * 3
    time.sleep(0.1)
    assert (loans.lent, before >= lent) == (before, True)


@pytest.mark.network
def test_a_lost_worker_is_not_noticed(lending: tuple[Any, str]) -> None:
    app, url = lending
    callers = [Caller(url) for _ in range(3)]
    for caller in callers:
        _lend(app, caller)
    for process in app.state.loans.processes():
        os.kill(process, signal.SIGKILL)
    assert [caller.ask("ASK { ?s ?p 7 }")[0] for caller in callers] == [200] * 3


@pytest.mark.network
def test_an_answer_that_may_be_sent_in_part_is_not_sent_again(lending: tuple[Any, str]) -> None:
    app, url = lending
    caller = Caller(url)
    _lend(app, caller)
    (worker,) = [worker for worker in app.state.loans._workers if worker.out]
    os.kill(worker.process.pid, signal.SIGSTOP)
    worker.book.begin(next(iter(worker.out)))
    worker.book.go_on(Phase.SENDING)
    os.kill(worker.process.pid, signal.SIGKILL)
    with pytest.raises((ConnectionResetError, EOFError, BrokenPipeError)):
        caller.ask("ASK {}")


@pytest.mark.network
def test_an_answer_that_does_not_fit_at_once_arrives_whole(lending: tuple[Any, str]) -> None:
    app, url = lending
    caller, query = Caller(url, room=4096), "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 130"
    own = caller.ask(query)
    _lend(app, caller)
    (held,) = [one for worker in app.state.loans._workers for one in worker.out.values()]
    # The worker's end of the connection is the same one.
    with socket.socket(fileno=os.dup(held.file())) as end:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    caller.channel.sendall(caller.request(query))
    assert wait_for(lambda: not _is_lent(app, caller))
    assert (50_000 < len(own[2]) < 65_536, caller.receive()) == (True, own)
    assert b"true" in caller.ask("ASK { ?s ?p 7 }")[2]


@pytest.mark.network
def test_a_client_that_leaves_ends_its_loan(lending: tuple[Any, str]) -> None:
    app, url = lending
    caller = Caller(url)
    _lend(app, caller)
    caller.channel.close()
    assert wait_for(lambda: app.state.loans.out == 0)


@pytest.mark.network
def test_a_client_pays_for_what_was_done_on_its_loan(many_place: StorePlace, serve: Serve) -> None:
    app = create_app(many_place, Settings(workers=1, client_seconds=60))
    with serve(app, http=bounded_protocol(ConnectionBounds(), app.state.loans)) as url:
        caller = Caller(url)
        _lend(app, caller)
        account = app.state.engine.clients._account("127.0.0.1")
        account.owed = before = 0.0
        for number in range(50):
            caller.ask(f"SELECT * {{ <http://example.org/number/{number}> ?p ?o . ?s ?q ?r }} LIMIT 300")
        assert caller.ask("ASK {")[0] == 400
        assert account.owed > before
        assert app.state.records.requests[200] >= 50


@pytest.mark.network
def test_a_new_build_is_served_on_a_loan(
    tmp_path: Path, write_quads: Callable[[Path, Iterable[ox.Quad]], Path], serve: Serve
) -> None:
    names = [ox.NamedNode(f"http://example.org/{name}") for name in "spg"]
    for number in range(2):
        folder = tmp_path / "builds" / f"b{number}"
        folder.mkdir(parents=True)
        write_quads(folder, [ox.Quad(names[0], names[1], ox.Literal(number), names[2])])
    (tmp_path / "CURRENT").write_text("b0")
    app = create_app(StorePlace(str(tmp_path)), Settings(workers=1, client_seconds=0))
    with serve(app, http=bounded_protocol(ConnectionBounds(), app.state.loans)) as url:
        caller, query = Caller(url), "SELECT ?o { <http://example.org/s> ?p ?o }"
        _lend(app, caller, query)
        assert b'"value":"0"' in caller.ask(query)[2]
        (tmp_path / "CURRENT.next").write_text("b1")
        (tmp_path / "CURRENT.next").replace(tmp_path / "CURRENT")
        assert wait_for(lambda: b'"value":"1"' in caller.ask(query)[2])


LINE = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n"
NOT_PLAIN = {
    "no end": LINE,
    "two requests": (LINE + b"\r\n") * 2,
    "a body": LINE + b"Content-Length: 1\r\n\r\nx",
    "a length": LINE + b"Content-Length: 0\r\n\r\n",
    "chunks": LINE + b"Transfer-Encoding: chunked\r\n\r\n",
    "a bare line end": LINE + b"X: a\nTransfer-Encoding: chunked\r\n\r\n",
    "a folded line": LINE + b"X: a\r\n b\r\n\r\n",
    "a space before the colon": LINE + b"Content-Length : 3\r\n\r\n",
    "a byte above ASCII": LINE + b"X: \xe9\r\n\r\n",
    "two hosts": LINE + b"Host: b\r\n\r\n",
    "no host": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nX: a\r\n\r\n",
    "the end of the connection": LINE + b"Connection: close\r\n\r\n",
    "another protocol": LINE + b"Upgrade: websocket\r\n\r\n",
    "HTTP/1.0": LINE.replace(b"1.1", b"1.0") + b"\r\n",
    "HEAD": LINE.replace(b"GET", b"HEAD") + b"\r\n",
    "another path": LINE.replace(b"/sparql", b"/sparql/x") + b"\r\n",
    "a fragment": LINE.replace(b"ASK", b"#ASK") + b"\r\n",
    "a deadline": LINE.replace(b"?query", b"?timeout=1&query") + b"\r\n",
    "a data set": LINE.replace(b"?query", b"?default-graph-uri=urn:a&query") + b"\r\n",
    "two queries": LINE.replace(b"?query", b"?query=a&query") + b"\r\n",
    "half an escape": LINE.replace(b"%7B%7D", b"%e3%81") + b"\r\n",
    "nothing asked": LINE.replace(b"ASK%7B%7D", b"+") + b"\r\n",
    "too long a head": LINE + b"X: " + b"a" * 2100 + b"\r\n\r\n",
    "a copy that is held": LINE + b'If-None-Match: "a"\r\n\r\n',
    "somebody else": LINE + b"Forwarded: for=192.0.2.1\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_can_be_read_in_two_ways_is_not_plain(request_bytes: bytes) -> None:
    assert read_plain(LINE + b"\r\n", MOST) is not None
    assert read_plain(request_bytes, MOST) is None


def test_a_query_over_its_size_is_not_plain() -> None:
    assert read_plain(LINE + b"\r\n", 5) is not None
    assert read_plain(LINE + b"\r\n", 4) is None


@given(st.binary(max_size=80), st.integers(0, 60))
def test_no_byte_put_in_makes_two_requests_of_one(extra: bytes, place: int) -> None:
    request = LINE + b"Accept: text/csv\r\n\r\n"
    changed = request[:place] + extra + request[place:]
    plain = read_plain(changed, MOST)
    if plain is not None:
        assert changed.find(b"\r\n\r\n") == len(changed) - 4
        assert changed.count(b"\n") == changed.count(b"\r\n")
