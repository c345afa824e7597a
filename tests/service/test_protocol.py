"""The SPARQL 1.1 Protocol: three ways to ask give the same rows, and every wrong request says what is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from hyoka_kg.service.parameters import decode_pairs
from hyoka_kg.service.refusals import Refusal

EX = "http://example.org/"
ESCAPED = f"{EX}doc%2F29%E2%91%A7%20a"
BY_IRI = f"SELECT ?label ?graph WHERE {{ GRAPH ?graph {{ <{ESCAPED}> <{EX}label> ?label }} }} ORDER BY ?graph"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}

Ask = Callable[[httpx.Client, str, str], httpx.Response]


def _get(client: httpx.Client, path: str, query: str) -> httpx.Response:
    return client.get(path, params={"query": query})


def _form(client: httpx.Client, path: str, query: str) -> httpx.Response:
    return client.post(path, data={"query": query})


def _form_with_charset(client: httpx.Client, path: str, query: str) -> httpx.Response:
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    return client.post(path, content=f"query={quote(query, safe='')}", headers=headers)


def _direct(client: httpx.Client, path: str, query: str) -> httpx.Response:
    return client.post(path, content=query.encode(), headers=DIRECT)


WAYS = [_get, _form, _form_with_charset, _direct]


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("ask", WAYS)
def test_each_way_to_ask_gives_the_same_rows_for_an_iri_with_percent_escapes(
    client: TestClient, ask: Ask, path: str
) -> None:
    answer = ask(client, path, BY_IRI)
    assert answer.status_code == 200
    assert not answer.history
    assert answer.headers["content-type"] == "application/sparql-results+json"
    rows = answer.json()["results"]["bindings"]
    assert [row["label"]["value"] for row in rows] == ['５百万円、\n"計"', "<script>alert(1)</script>"]


@pytest.mark.network
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_a_real_server_gives_the_same_rows_each_way(served: str, path: str) -> None:
    with httpx.Client(base_url=served) as client:
        answers = [ask(client, path, BY_IRI) for ask in WAYS]
    assert [answer.status_code for answer in answers] == [200] * len(WAYS)
    assert len({answer.content for answer in answers}) == 1
    assert "５百万円" in answers[0].text


@pytest.mark.network
def test_a_real_server_answers_head_without_a_body(served: str) -> None:
    whole, head = httpx.get(f"{served}/sparql", params={"query": BY_IRI}), None
    head = httpx.head(f"{served}/sparql", params={"query": BY_IRI})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))


def test_japanese_stays_as_it_is_in_every_format(client: TestClient) -> None:
    for style in ("json", "xml", "csv", "tsv"):
        assert "５百万円" in client.get("/sparql", params={"query": BY_IRI, "format": style}).text


def test_csv_has_crlf_and_columns_in_query_order(client: TestClient) -> None:
    lines = client.get("/sparql", params={"query": BY_IRI, "format": "csv"}).content.split(b"\r\n")
    assert lines[0] == b"label,graph"
    assert lines[-1] == b""


def test_datasets_come_from_url_and_body(client: TestClient) -> None:
    query = f"SELECT ?label WHERE {{ <{ESCAPED}> <{EX}label> ?label }}"
    graph = {"default-graph-uri": f"{EX}graph/2"}
    ways = [
        client.get("/sparql", params={"query": query, **graph}),
        client.post("/sparql", data={"query": query, **graph}),
        client.post("/sparql", params=graph, data={"query": query}),
        client.post("/sparql", params=graph, content=query, headers=DIRECT),
    ]
    for answer in ways:
        assert [row["label"]["value"] for row in answer.json()["results"]["bindings"]] == ["<script>alert(1)</script>"]


def test_a_named_graph_alone_leaves_the_default_graph_empty(client: TestClient) -> None:
    asked = {"named-graph-uri": f"{EX}graph/1"}
    plain = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }", **asked}).json()
    inside = client.get("/sparql", params={"query": "ASK { GRAPH ?g { ?s ?p ?o } }", **asked}).json()
    assert (plain["boolean"], inside["boolean"]) == (False, True)


def test_a_relative_iri_is_meant_from_the_endpoint(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "CONSTRUCT { <#x> <#p> 1 } WHERE {}", "format": "nt"})
    assert answer.text.startswith("<http://testserver/sparql#x>")


def test_escapes_in_names_are_decoded(client: TestClient) -> None:
    query = "SELECT (1 AS ?\\u0061b) WHERE {}"
    assert client.get("/sparql", params={"query": query}).json()["head"]["vars"] == ["ab"]


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("empty query", {"params": {"query": " "}}, 400, "empty"),
    ("no query, other parameters", {"params": {"qurey": "ASK {}"}}, 400, "'query' is missing"),
    ("two queries", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "one query"),
    ("syntax error", {"params": {"query": "SELEC * {}"}}, 400, "SELECT"),
    ("syntax error later", {"params": {"query": "SELECT * {"}}, 400, "1:11"),
    ("not UTF-8", {"url": "/sparql?query=%FF"}, 400, "UTF-8"),
    ("bad graph name", {"params": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400, ""),
    ("unknown function", {"params": {"query": "SELECT (<http://example.org/f>(1) AS ?x) {}"}}, 400, "function"),
    ("update by GET", {"params": {"update": "CLEAR ALL"}}, 403, "read-only"),
    ("query and update", {"params": {"query": "ASK {}", "update": "CLEAR ALL"}}, 400, "one query"),
    ("update as query", {"params": {"query": "INSERT DATA { <a:a> <a:a> 1 }"}}, 403, "read-only"),
    ("update as form", {"method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "read-only"),
    (
        "update direct",
        {"method": "POST", "content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
        403,
        "read-only",
    ),
    ("POST without type", {"method": "POST", "content": "query=ASK%20%7B%7D"}, 415, "application/sparql-query"),
    ("POST with query in the URL", {"method": "POST", "params": {"query": "ASK {}"}}, 415, "form"),
    ("POST of text", {"method": "POST", "content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415, "text"),
    ("multipart", {"method": "POST", "files": {"query": ("q", b"ASK {}")}}, 415, "multipart/form-data"),
    (
        "other charset",
        {"method": "POST", "content": b"", "headers": {"Content-Type": "application/sparql-query; charset=utf-16"}},
        415,
        "UTF-8",
    ),
    ("body not UTF-8", {"method": "POST", "content": b"ASK \xff", "headers": DIRECT}, 400, "UTF-8"),
    ("query in URL and body", {"method": "POST", "params": {"query": "ASK {}"}, "data": {"query": "ASK {}"}}, 400, ""),
    ("empty form", {"method": "POST", "content": "", "headers": FORM}, 400, "missing"),
    ("empty direct", {"method": "POST", "content": "", "headers": DIRECT}, 400, "empty"),
    ("thousands of parameters", {"method": "POST", "content": "a=1&" * 2000, "headers": FORM}, 400, "parameters"),
    ("only HTML", {"params": {"query": "ASK {}"}, "headers": {"Accept": "text/html"}}, 406, "text/csv"),
    ("turtle for a SELECT", {"params": {"query": "SELECT * {}", "format": "turtle"}}, 406, "format=turtle"),
    ("PUT", {"method": "PUT", "content": ""}, 405, "GET, HEAD, OPTIONS, POST, QUERY"),
    ("DELETE", {"method": "DELETE"}, 405, "GET, HEAD, OPTIONS, POST, QUERY"),
]


@pytest.mark.parametrize(("sent", "status", "told"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_wrong_request_is_refused_in_words(client: TestClient, sent: dict[str, Any], status: int, told: str) -> None:
    answer = client.request(**{"method": "GET", "url": "/sparql", **sent})
    assert answer.status_code == status, answer.text
    assert told in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert "Traceback" not in answer.text
    assert "site-packages" not in answer.text


def test_method_not_allowed_names_the_methods(client: TestClient) -> None:
    assert client.put("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"
    assert client.post("/queries").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("ask", WAYS)
def test_a_query_over_the_size_is_refused(client_with: Callable[..., TestClient], ask: Ask) -> None:
    client = client_with(max_query_bytes=2000)
    fits, over = "ASK {} #" + "あ" * 600, "ASK {} #" + "あ" * 700
    assert ask(client, "/sparql", fits).status_code == 200
    refused = ask(client, "/sparql", over)
    assert (refused.status_code, "2,000 bytes" in refused.text) == (413, True)


def test_preflight_opens_the_door_without_credentials(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = client.options("/sparql", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in answer.headers


def test_a_bare_get_describes_the_endpoint(client: TestClient) -> None:
    answer = client.get("/sparql")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "<http://testserver/sparql> a sd:Service" in answer.text
    assert "sd:UnionDefaultGraph" in answer.text
    triples = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert "service-description#endpoint> <http://testserver/sparql>" in triples.text


def test_a_browser_at_the_bare_endpoint_sees_the_page(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_failure_inside_is_told_without_its_text(
    client_with: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(request: object) -> None:
        raise KeyError("/secret/path")

    monkeypatch.setattr("hyoka_kg.service.sparql.accept_of", break_down)
    answer = client_with().get("/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, "secret" in answer.text) == (500, False)
    assert answer.headers["access-control-allow-origin"] == "*"


@given(
    st.one_of(st.binary(max_size=40), st.text(alphabet="%+&=0123456789abcdefABCDEFxu\\あ", max_size=40).map(str.encode))
)
def test_parameters_are_decoded_as_the_standard_library_does(encoded: bytes) -> None:
    try:
        expected = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Refusal):
            decode_pairs(encoded)
    else:
        assert decode_pairs(encoded) == expected


def test_a_thousand_parameters_are_read_and_no_more() -> None:
    assert len(decode_pairs(b"&".join([b"a=1"] * 1000))) == 1000
    with pytest.raises(Refusal):
        decode_pairs(b"&".join([b"a=1"] * 1001))
