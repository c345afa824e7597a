"""Another server keeps the graph: what it is sent, what its answers mean, and what is said where it fails."""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store import RemoteStore
from hyoka_kg.store.graph_stores import GraphStoreServer

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
TRIPLE = ox.Triple(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}is"), ox.Literal("年"))
LINE = f'<{EX}a> <{EX}is> "年" .\n'


class Server(ThreadingHTTPServer):
    """Answers what the test wants, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.media_type, self.body = 200, ROWS, b""
        self.challenge, self.asked = "", list[tuple[str, str, dict[str, str], bytes]]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def answers(self, body: object, media_type: str = ROWS, status: int = 200) -> None:
        self.body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.media_type, self.status = media_type, status

    @property
    def form(self) -> dict[str, list[str]]:
        """Return the fields of the last request."""
        return parse_qs(self.asked[-1][3].decode())


class Handler(BaseHTTPRequestHandler):
    server: Any

    def _answer(self) -> None:
        server, sent = self.server, self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.asked.append((self.command, self.path, dict(self.headers), sent))
        refused = server.challenge and "Authorization" not in self.headers
        self.send_response(401 if refused else server.status)
        if refused:
            self.send_header("WWW-Authenticate", server.challenge)
        body = b"" if refused else server.body
        self.send_header("Content-Type", server.media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def __getattr__(self, name: str) -> Any:
        """Answer every method in one way."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def nobody(server: Server) -> str:
    """Return an address at which nobody listens."""
    url = server.url
    server.shutdown()
    server.server_close()
    return url


def results(*bindings: dict[str, dict[str, str]]) -> dict[str, Any]:
    names = list(dict.fromkeys(name for row in bindings for name in row))
    return {"head": {"vars": names}, "results": {"bindings": list(bindings)}}


def written(server: Server, query: str, media_type: str, **graphs: list[str]) -> str:
    output = io.BytesIO()
    RemoteStore(server.url).write(query, media_type, output, **graphs)
    return output.getvalue().decode()


def test_each_kind_of_term_is_read_and_a_boolean_has_one_spelling(server: Server) -> None:
    terms = {
        "iri": ({"type": "uri", "value": f"{EX}a"}, ox.NamedNode(f"{EX}a")),
        "blank": ({"type": "bnode", "value": "b0"}, ox.BlankNode("b0")),
        "plain": ({"type": "literal", "value": "年"}, ox.Literal("年")),
        "spoken": ({"type": "literal", "value": "年", "xml:lang": "ja"}, ox.Literal("年", language="ja")),
        "number": (
            {"type": "typed-literal", "value": "3", "datatype": f"{XSD}integer"},
            ox.Literal("3", datatype=ox.NamedNode(f"{XSD}integer")),
        ),
        "yes": ({"type": "literal", "value": "1", "datatype": f"{XSD}boolean"}, ox.Literal(True)),
        "no": ({"type": "literal", "value": "false", "datatype": f"{XSD}boolean"}, ox.Literal(False)),
    }
    server.answers(results({name: told for name, (told, _) in terms.items()}, {}))
    answer = RemoteStore(server.url).select("# ASK\nSELECT * {}")
    assert answer.variables == tuple(terms)
    assert answer.rows == [tuple(term for _, term in terms.values()), (None,) * len(terms)]
    method, _, headers, _ = server.asked[-1]
    assert (method, headers["Accept"], server.form["query"]) == ("POST", ROWS, ["# ASK\nSELECT * {}"])


def test_a_server_without_rows_and_the_count_of_its_triples(server: Server) -> None:
    server.answers({"head": {}, "results": {"bindings": []}})
    assert RemoteStore(server.url).select("SELECT * {}").rows == []
    server.answers(results({"n": {"type": "literal", "value": "27021277", "datatype": f"{XSD}integer"}}))
    store = RemoteStore(server.url)
    assert store.count() == 27_021_277
    assert (store.texts, store.judgements, store.query_form("ASK {}")) == (None, None, "ask")


def test_the_graphs_of_a_request_are_handed_on(server: Server) -> None:
    server.answers(results({"n": {"type": "literal", "value": "2"}}))
    text = written(server, "SELECT * {}", "text/csv", default_graphs=[f"{EX}1", f"{EX}2"], named_graphs=[f"{EX}3"])
    assert text == "n\r\n2\r\n"
    assert (server.form["default-graph-uri"], server.form["named-graph-uri"]) == ([f"{EX}1", f"{EX}2"], [f"{EX}3"])


def test_booleans_in_rows_are_written_in_one_spelling(server: Server) -> None:
    told = {"type": "literal", "datatype": f"{XSD}boolean"}
    server.answers(
        results({"x": {**told, "value": "0"}}, {"x": {**told, "value": "true"}}, {"x": {**told, "value": "?"}})
    )
    assert written(server, "SELECT * {}", "text/csv") == "x\r\nfalse\r\ntrue\r\n?\r\n"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"head": {}, "boolean": True}, "true"),
        ({"head": {}, "boolean": False}, "false"),
        (results({"__ask_retval": {"type": "typed-literal", "value": "1", "datatype": f"{XSD}integer"}}), "true"),
        (results({"__ask_retval": {"type": "typed-literal", "value": "0", "datatype": f"{XSD}integer"}}), "false"),
        (results({"__ask_retval": {"type": "literal", "value": "true"}}), "true"),
        (results(), "false"),
    ],
)
def test_a_yes_is_read_in_the_form_of_the_standard_and_in_that_of_virtuoso(
    server: Server, answer: object, told: str
) -> None:
    server.answers(answer)
    assert written(server, "ASK {}", "text/csv") == told


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{EX}a>"])
def test_triples_are_asked_as_n_triples_and_written_in_the_wanted_format(server: Server, query: str) -> None:
    server.answers(LINE, TRIPLES)
    assert json.loads(written(server, query, "application/ld+json")) == [
        {"@id": f"{EX}a", f"{EX}is": [{"@value": "年"}]}
    ]
    assert server.asked[-1][2]["Accept"] == TRIPLES


def test_a_format_that_does_not_fit_is_refused_before_anything_is_asked(server: Server) -> None:
    for query, media_type in [("SELECT * {}", "text/turtle"), ("CONSTRUCT WHERE {}", "text/csv")]:
        with pytest.raises(QueryError, match=f"no answer in {media_type}"):
            written(server, query, media_type)
    with pytest.raises(QueryError, match="not a SPARQL query"):
        written(server, "DROP ALL", "text/csv")
    assert server.asked == []


@pytest.mark.parametrize(
    ("query", "answer", "media_type"),
    [
        ("SELECT * {}", '{"head": {"vars": ["a"]}, "results": {"bind', "text/csv"),
        ("SELECT * {}", '{"results": 1', "text/csv"),
        ("ASK {}", "{}", "text/csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", LINE[:-9], "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "<html>", "text/turtle"),
    ],
)
def test_an_answer_that_is_cut_short_or_of_another_kind_is_no_answer(
    server: Server, query: str, answer: str, media_type: str
) -> None:
    server.answers(answer, TRIPLES)
    with pytest.raises(StoreError, match=rf"The answer of the server {re.escape(server.url)} cannot be read"):
        written(server, query, media_type)


def test_a_query_that_the_server_refuses_is_told_with_its_words(server: Server) -> None:
    server.answers("Undefined prefix", "text/plain", 400)
    with pytest.raises(QueryError, match=r"(?s)refused the query: .*Undefined prefix"):
        RemoteStore(server.url).select("SELECT * {}")


def test_a_server_that_is_not_there_is_named(nobody: str) -> None:
    with pytest.raises(StoreError, match=f"The server {re.escape(nobody)} does not answer"):
        RemoteStore(nobody).select("SELECT * {}", timeout=2.0)
    for verb in (GraphStoreServer(nobody).read, GraphStoreServer(nobody).remove):
        with pytest.raises(StoreError, match=f"<{EX}g> at {re.escape(nobody)}: the server does not answer"):
            verb(f"{EX}g")


def test_a_graph_is_put_read_back_and_removed_by_its_name(server: Server) -> None:
    graphs = GraphStoreServer(f"{server.url}?a=b", read_url=f"{server.url}/read")
    graphs.put(f"{EX}g#年", [TRIPLE])
    method, address, headers, sent = server.asked[-1]
    assert (method, sent.decode(), headers["Content-Type"]) == ("PUT", LINE, "text/turtle")
    assert parse_qs(urlsplit(address).query) == {"a": ["b"], "graph": [f"{EX}g#年"]}
    server.answers(LINE + f'<{EX}a> <{EX}is> "01"^^<{XSD}string> .\n', TRIPLES)
    assert graphs.read(f"{EX}g") == [f'<{EX}a> <{EX}is> "01"', LINE.removesuffix(" .\n")]
    assert server.asked[-1][:2] == ("GET", f"/sparql/read?graph={EX.replace(':', '%3A').replace('/', '%2F')}g")
    assert server.asked[-1][2]["Accept"] == TRIPLES
    graphs.remove(f"{EX}g")
    assert server.asked[-1][0] == "DELETE"


def test_a_graph_that_is_not_there_is_empty_and_need_not_be_removed_but_must_be_put(server: Server) -> None:
    server.answers("", "text/plain", 404)
    graphs = GraphStoreServer(server.url)
    assert graphs.read(f"{EX}g") == []
    graphs.remove(f"{EX}g")
    with pytest.raises(StoreError, match=r"PUT <.*g> at .*: the server answers 404 Not Found.*HYOKA_PUBLISH_PASSWORD"):
        graphs.put(f"{EX}g", [])


def test_a_failing_server_and_an_unreadable_graph_are_told(server: Server) -> None:
    server.answers("", "text/plain", 500)
    for verb in (GraphStoreServer(server.url).read, GraphStoreServer(server.url).remove):
        with pytest.raises(StoreError, match="the server answers 500"):
            verb(f"{EX}g")
    server.answers("<html>", TRIPLES)
    with pytest.raises(StoreError, match=f"graph <{EX}g> cannot be read back"):
        GraphStoreServer(server.url).read(f"{EX}g")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()  # RFC 2617 has it so


def test_a_digest_challenge_is_answered_before_the_body_is_sent(server: Server) -> None:
    server.challenge = 'Digest realm="SPARQL", nonce="n0", qop="auth", algorithm=MD5'
    GraphStoreServer(server.url, user="dba", password="secret").put(f"{EX}g", [TRIPLE])  # noqa: S106 - of a test
    assert [(verb, len(sent)) for verb, _, _, sent in server.asked] == [("GET", 0), ("PUT", len(LINE.encode()))]
    told = dict(re.findall(r'(\w+)="?([^",]*)"?', server.asked[-1][2]["Authorization"]))
    assert (told["username"], told["realm"], told["nonce"]) == ("dba", "SPARQL", "n0")
    ha1, ha2 = (_md5(text) for text in ("dba:SPARQL:secret", f"PUT:{server.asked[-1][1]}"))
    whole = f"{ha1}:n0:{told['nc']}:{told['cnonce']}:auth:{ha2}"
    assert told["response"] == _md5(whole)


def test_a_basic_challenge_is_answered_when_it_comes_and_nobody_signs_unasked(server: Server) -> None:
    signed = GraphStoreServer(server.url, user="dba", password="secret")  # noqa: S106 - of a test
    signed.put(f"{EX}g", [TRIPLE])
    assert not any("Authorization" in headers for _, _, headers, _ in server.asked)
    server.challenge = 'Basic realm="SPARQL"'
    signed.put(f"{EX}g", [TRIPLE])
    assert server.asked[-1][2]["Authorization"] == "Basic ZGJhOnNlY3JldA=="
    with pytest.raises(StoreError, match="answers 401"):
        GraphStoreServer(server.url).put(f"{EX}g", [TRIPLE])
    assert "secret" not in repr(signed)
