"""The guard sees keywords as the engine does: glued, escaped, in any case; and leaves strings and names alone."""

from __future__ import annotations

import io
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from hyoka_kg.service.guard import is_harmless, refuse_unsafe
from hyoka_kg.service.lexis import TOKEN
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.shapes import shape_of
from hyoka_kg.store import GraphStore

SERVICE = [
    "SELECT * { SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { service silent <@> { ?s ?p ?o } }",
    "SELECT*{SeRvIcE<@>{?s ?p ?o}}",
    "SELECT * { SERVICESILENT<@>{ ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <@> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <@> { ?s ?p ?o } }",
    "PREFIX x: <@> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "PREFIX : <@> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "PREFIX : <@> SELECT * { SERVICE:a # {\n{ ?s ?p ?o } }",
    "PREFIX : <@> SELECT * { FILTER(true)SERVICESILENT:a{ ?s ?p ?o } }",
    "PREFIX : <@> SELECT * { ?a ?b 1SERVICE:a{ ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <@> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { SERVICE # <>\n <@> { ?s ?p ?o } }",
    'SELECT * { BIND("#" AS ?x) SERVICE <@> { ?s ?p ?o } }',
    "SELECT * { BIND('''\"''' AS ?x) SERVICE <@> { ?s ?p ?o } }",
    'SELECT * { BIND("a\\"" AS ?x) SERVICE <@> { ?s ?p ?o } #"\n }',
    "PREFIX e: <e:> SELECT * { ?a e:b\\# ?c . SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2).SERVICE#>\n<@>{ ?s ?p ?o } }",
    'SELECT * { FILTER(1<2#>"""\n). SERVICE <@> { ?s ?p ?o } #"""\n }',
    "SELECT * { { SELECT * { SERVICE <@> { ?s ?p ?o } } } }",
    "ASK { OPTIONAL { SERVICE <@> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <@> { ?s ?p ?o } } }",
]


@pytest.mark.network
@pytest.mark.parametrize("query", SERVICE)
def test_no_spelling_of_service_calls_another_host(client: TestClient, canary: Any, query: str) -> None:
    url = canary.url
    answer = client.get("/sparql", params={"query": query.replace("@", url)})
    assert (answer.status_code, "SERVICE is not allowed" in answer.text) == (403, True)
    assert not canary.calls


@pytest.mark.network
def test_the_canary_would_sing(store: GraphStore, canary: Any) -> None:
    query = f"SELECT * {{ SERVICESILENT<{canary.url}>{{ ?s ?p ?o }} }}"
    store.write(query, "text/csv", io.BytesIO())
    assert canary.calls


UPDATES = [
    "INSERT DATA { <a:a> <a:a> 1 }",
    "PREFIX a: <a:> delete where { ?s ?p ?o }",
    "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://example.org/>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:a>",
    "CLEAR ALL",
    "DROP SILENT DEFAULT",
    "CREATE GRAPH <a:a>",
    "COPY <a:a> TO <a:b>",
    "MOVE <a:a> TO <a:b>",
    "ADD <a:a> TO <a:b>",
    "SELECT * { ?s ?p ?o } ; INSERT DATA { <a:a> <a:a> 1 }",
    "# SELECT\nINS\\u0045RT DATA { <a:a> <a:a> 1 }",
    'DEFINE get:soft "replace" SELECT * { ?s ?p ?o }',
]


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused(client: TestClient, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, "read-only" in answer.text) == (403, True)


HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://example.org/> {}" }',
    "SELECT * { ?s ?p 'LOAD' , '''it's a\nSERVICE''' , \"\"\"INSERT \"data\" \"\"\" }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> { }",
    "SELECT ?service $load { ?service ?p $load }",
    "SELECT * { <http://example.org/SERVICE#delete> ?p ?o }",
    "PREFIX service: <http://example.org/service#> SELECT * { ?s service:load service:drop }",
    "PREFIX insert: <urn:delete:service> SELECT * { ?s insert:service ?o ; insert:with _:service }",
    'SELECT * { ?s ?p "x"@en-service }',
    'SELECT * { FILTER(CONTAINS("a", "SERV" )) FILTER(?a<?b && ?c>?d) ?a ?b ?c, ?d }',
    'SELECT (GROUP_CONCAT(?o; separator="; ") AS ?all) { ?s ?p ?o FILTER(1<2||3>2) }',
    "SELECT * { ?s ?p ?o FILTER(?o<-1) FILTER(?o>-2) }",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_strings_names_and_comments_pass(client: TestClient, query: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text


DEEP = {
    "groups": "SELECT * " + "{" * 5000 + "}" * 5000,
    "brackets": "SELECT (" + "(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}",
    "blank nodes": "SELECT * { ?s ?p " + "[ ?p " * 300 + "1" + "]" * 300 + " }",
    "signs": "SELECT (" + "!" * 5000 + "true AS ?x) {}",
    "minus signs": "SELECT (" + "- " * 5000 + "1 AS ?x) {}",
    "unions": "SELECT * {" + " UNION ".join(["{}"] * 5000) + "}",
    "optionals": "SELECT * {" + "OPTIONAL{}" * 5000 + "}",
    "hidden in what looks like IRIs": "SELECT * { FILTER(1" + "<2+(1" * 100 + ")" * 100 + ") }",
}


@pytest.mark.parametrize("query", DEEP.values(), ids=DEEP)
def test_what_would_kill_the_engine_is_refused(client: TestClient, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, "nested" in answer.text) == (400, True)


def test_nesting_that_people_write_passes(client: TestClient) -> None:
    query = "SELECT * { ?s ?p " + "[ ?p " * 20 + "1" + "]" * 20 + " VALUES (?a ?b) {" + " (1 2)" * 2000 + " } }"
    assert client.post("/sparql", data={"query": query}).status_code == 200


SLOW = [
    '"\\"' * 30_000,
    "a." * 45_000,
    "<a(#>" * 18_000,
    "<" * 90_000,
    "'" * 89_999,
    " " * 90_000,
    "service:a " + " " * 80_000,
]


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_a_hostile_text_is_read_in_a_moment(text: str) -> None:
    start = time.perf_counter()
    with suppress(Refusal):
        refuse_unsafe("SELECT * { " + text)
    assert time.perf_counter() - start < 5


PLAIN = {
    "SELECT ?p ?o { <http://example.org/a> ?p ?o }": True,
    "SELECT ?p ?o { <http://example.org/a-b> ?p ?o FILTER(?o != -1) }": True,
    "SELECT * { ?s ?p 'SeRvIcE' }": False,
    "ASK { ?s ?p 'a\\u0041' }": False,
    "ASK { " + "{" * 70 + "}" * 70 + " }": False,
    "SELECT (" + "-" * 31 + "1 AS ?x) {}": False,
    "ASK {" + "UNION{}" * 250 + "}": False,
}


@pytest.mark.parametrize("query", PLAIN, ids=range(len(PLAIN)))
def test_only_a_text_with_something_suspicious_in_it_is_read_word_by_word(query: str) -> None:
    assert is_harmless(query) is PLAIN[query]


@pytest.mark.parametrize("query", [*SERVICE, *UPDATES, *DEEP.values()])
def test_nothing_that_is_refused_looks_plain(query: str) -> None:
    assert not is_harmless(query)


def _is_refused(query: str) -> bool:
    try:
        refuse_unsafe(query)
    except Refusal:
        return True
    return False


PIECES = [
    "SELECT * {",
    "}",
    "SERVICE",
    "LOAD",
    "union",
    " ",
    "\n",
    "#",
    "'",
    '"',
    "'''",
    "<",
    ">",
    "?a",
    ":b",
    "a:",
    "\\",
    "(",
]
IRIS = [
    "<http://a/SERVICE>",
    "<http://a#b>",
    "<urn://load/x>",
    "<http://a/it's>",
    "<a:b>",
    "<c>",
    "<http://a/(((>",
    "<X://>",
]


@given(st.lists(st.sampled_from([*PIECES, *IRIS]), max_size=12).map("".join))
def test_what_stands_in_an_iri_changes_no_judgement(query: str) -> None:
    shape = shape_of(query)
    assert shape_of(shape) == shape
    assert _is_refused(query) == _is_refused(shape)
    kinds = [[match.lastgroup for match in TOKEN.finditer(text)] for text in (query, shape)]
    assert kinds[0] == kinds[1]


def test_an_iri_with_a_quote_is_left_as_it_is() -> None:
    assert shape_of("ASK { <http://a/it's> <http://a/b> ?c }") == "ASK { <http://a/it's> <a://a> ?c }"
