"""Values that try to become syntax are refused with a clear message, or are bound as the one term that they are."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery
from starlette.testclient import TestClient

from hyoka_kg.config import Settings
from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, Parameter, bind, load_catalogue
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "injection" / "cases.yml").read_text("utf-8"))
EX = "http://example.org/"
BENIGN = {"string": "plain", "iri": f"{EX}plain", "integer": "4711", "decimal": "47.11", "date": "2011-11-11"}
ECHO = 'SELECT ?x WHERE { VALUES ?x { "default" } }'
# A pair of braces, a comment, a filter and a second block: more for a value to break out of.
WIDE = (
    '# VALUES ?x { 1 }\nSELECT ?x WHERE {{ { VALUES ?x { "default" } } UNION { ?s ?p ?o FILTER(false) }'
    ' VALUES ?x { "default" } FILTER(STR(?x) != "VALUES ?x { 2 }") } }'
)


def _value(case: dict[str, Any]) -> str:
    return str(case["value"]) * case.get("times", 1)


def _names(cases: list[dict[str, Any]]) -> list[str]:
    return [f"{case['type']}: {case['name']}" for case in cases]


def _of(fate: str) -> list[dict[str, Any]]:
    return [case for case in CASES if case["fate"] == fate]


def _query(text: str, kind: str) -> CannedQuery:
    parameter = Parameter("x", kind, "", None, False, "", "")
    return CannedQuery("q", "q", "", "", "", (), (parameter,), (), (), text, {})


def _term(case: dict[str, Any]) -> str:
    return str(case.get("term") or ox.Literal(_value(case)))


def _run(text: str) -> list[str]:
    """Run a query over a graph with a secret; the union that an injection adds would give it away."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}secret"), ox.Literal("canary")))
    return [str(solution[0]) for solution in store.query(text)]


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 170
    assert len(_of("refused")) + len(_of("data")) == len(CASES)
    assert len(set(_names(CASES))) == len(CASES)


@pytest.mark.parametrize("case", _of("refused"), ids=_names(_of("refused")))
def test_a_refusal_names_the_parameter_and_can_be_sent(case: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as caught:
        bind(_query(ECHO, case["type"]), {"x": _value(case)})
    message = str(caught.value)
    assert re.search(r"is not a value for 'x' \(|The value of 'x' has [\d,]+ characters", message)
    assert len(message) < 300
    assert message.isprintable()
    message.encode()


@pytest.mark.parametrize("text", [ECHO, WIDE], ids=["echo", "wide"])
@pytest.mark.parametrize("case", _of("data"), ids=_names(_of("data")))
def test_what_is_bound_is_one_term_and_gives_nothing_else(case: dict[str, Any], text: str) -> None:
    assert _run(bind(_query(text, case["type"]), {"x": _value(case)})) == [_term(case)]


def _algebra(text: str, value: str, kind: str) -> str:
    """Return another engine's algebra of a query, with every term that equals the value made one mark."""
    wanted = URIRef(value) if kind == "iri" else value
    seen = 0

    def mark(node: Any) -> Any:
        nonlocal seen
        if isinstance(node, dict):
            kept = {key: mark(part) for key, part in node.items()}
            return f"{getattr(node, 'name', '')}{sorted(kept.items(), key=str)}"
        if isinstance(node, (list, tuple)):
            return [mark(part) for part in node]
        if node == wanted or (isinstance(node, RdflibLiteral) and str(node) == value):
            seen += 1
            return "MARK"
        return str(node)

    described = str(mark(prepareQuery(text).algebra))
    assert seen, "the value is not in the algebra"
    return described


@pytest.mark.parametrize("case", _of("data"), ids=_names(_of("data")))
def test_another_parser_sees_the_same_query_with_another_term(case: dict[str, Any]) -> None:
    kind, query = case["type"], _query(ECHO, case["type"])
    value = str(case.get("term", "")).partition("^^")[0].strip('<>"') or _value(case)
    bound = bind(query, {"x": _value(case)})
    if kind in ("integer", "decimal"):
        value = _value(case)
    assert _algebra(bound, value, kind) == _algebra(bind(query, {"x": BENIGN[kind]}), BENIGN[kind], kind)


PARAMETERS = [(query, parameter) for query in load_catalogue() for parameter in query.params]


def _echoed(kind: str, value: str) -> str:
    """Return the term that stands in a bound query for a value."""
    return bind(_query(ECHO, kind), {"x": value}).partition("VALUES ?x { ")[2].removesuffix(" } }")


@pytest.mark.parametrize(("query", "parameter"), PARAMETERS, ids=[f"{q.id}-{p.name}" for q, p in PARAMETERS])
def test_every_parameter_of_every_canned_query_takes_them_as_data(query: CannedQuery, parameter: Parameter) -> None:
    kind = parameter.type
    benign, plain = bind(query, {parameter.name: BENIGN[kind]}), _echoed(kind, BENIGN[kind])
    assert plain in benign
    for case in _of("data"):
        if case["type"] == kind:
            bound = bind(query, {parameter.name: _value(case)})
            assert bound == benign.replace(plain, _echoed(kind, _value(case)))


@pytest.fixture(scope="module")
def site(store_folder: Path) -> Any:
    app = create_app(StorePlace(str(store_folder)), Settings(workers=1, client_seconds=0))
    yield TestClient(app, raise_server_exceptions=False)
    app.state.engine.close()


def _sendable(case: dict[str, Any]) -> bool:
    return len(_value(case)) < 5000 and not any("\ud800" <= c <= "\udfff" for c in _value(case))


ASKED = {
    "string": ("cq14", "phrase"),
    "iri": ("cq09", "document"),
    "decimal": ("cq09", "threshold"),
    "date": ("tr08", "date"),
}
SENT = [case for case in CASES if case["type"] in ASKED and _sendable(case)]


@pytest.mark.parametrize("case", SENT, ids=_names(SENT))
def test_over_http_each_is_an_answer_or_a_plain_refusal(site: TestClient, case: dict[str, Any]) -> None:
    name, parameter = ASKED[case["type"]]
    answer = site.get(f"/queries/{name}.json", params={parameter: _value(case)})
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.rstrip("\n").isprintable()
    else:
        json.load(io.BytesIO(answer.content))
