"""Parameters are bound as one RDF term in the block that awaits them; text never becomes syntax."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, Parameter, bind

EX = "http://example.org/"


def parameter(name: str, kind: str, default: str | None = None) -> Parameter:
    return Parameter(name, kind, "", default, False, "", "")


def query(text: str, *parameters: Parameter, one_of: tuple[str, ...] = ()) -> CannedQuery:
    return CannedQuery("q", "q", "", "", "", (), parameters, one_of, (), text, {})


def rows(text: str) -> list[str]:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(f"{EX}a"), ox.NamedNode(f"{EX}secret"), ox.Literal("canary")))
    return [str(solution[0]) for solution in store.query(text)]


ECHO = 'SELECT ?x WHERE { VALUES ?x { "default" } }'


def test_without_a_value_the_default_of_the_file_stays() -> None:
    assert bind(query(ECHO, parameter("x", "string")), {}) == ECHO


@given(st.text())
def test_any_text_comes_back_as_the_same_text(text: str) -> None:
    bound = bind(query(ECHO, parameter("x", "string")), {"x": text})
    store = ox.Store()
    solutions = list(store.query(bound))
    assert len(solutions) == 1
    assert solutions[0][0].value == text


INJECTIONS = [
    '" } ?s ?p ?o . BIND("',
    "' } UNION { ?s ?p ?x } #",
    '\\" } UNION { ?s ?p ?x } #',
    "\\u0022 } UNION { ?s ?p ?x } #",
    '"""} UNION { ?s ?p ?x }',
    "\n} UNION { ?s ?p ?x } #",
    "x> } UNION { ?s ?p ?x } #",
    "VALUES ?x { 1 }",
    "} # {",
    "\\",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_an_injection_into_a_string_stays_a_string(text: str) -> None:
    assert rows(bind(query(ECHO, parameter("x", "string")), {"x": text})) == [str(ox.Literal(text))]


@pytest.mark.parametrize(
    "text",
    [*INJECTIONS, "", "no scheme", "http://a b/", "http://a>", "http://a{b}", "http://a|b", "http://a\\u003e", "_:b"],
)
def test_an_iri_parameter_takes_iris_only(text: str) -> None:
    with pytest.raises(QueryError, match="is not a value for 'x'"):
        bind(query(ECHO, parameter("x", "iri")), {"x": text})


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1.5"), ("integer", "１２"), ("integer", "1 UNION"), ("integer", ""), ("integer", "1e3"),
        ("decimal", "NaN"), ("decimal", "1e3"), ("decimal", "0.5)"), ("decimal", "٣"),
        ("date", "2018-13-01"), ("date", "2018-1-1"), ("date", "20180101"), ("date", "２０１８-01-01"),
    ],
)  # fmt: skip
def test_a_number_or_date_of_another_form_is_refused(kind: str, text: str) -> None:
    with pytest.raises(QueryError, match="is not a value for 'x'"):
        bind(query(ECHO, parameter("x", kind)), {"x": text})


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("integer", "2016", '"2016"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "50", '"50"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("date", "2018-01-31", '"2018-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("iri", "hyk:fy/2017", "<https://w3id.org/hyoka/id/fy/2017>"),
        ("iri", "<http://example.org/%E4%BA%8B>", "<http://example.org/%E4%BA%8B>"),
    ],
)
def test_a_value_becomes_one_term(kind: str, text: str, term: str) -> None:
    assert rows(bind(query(ECHO, parameter("x", kind)), {"x": text})) == [term]


def test_every_block_of_a_parameter_is_bound_and_nothing_else() -> None:
    text = (
        "# VALUES ?x { 1 }\n"
        "SELECT ?x WHERE { VALUES ?x { 1 } { SELECT * WHERE { VALUES ?x { 1 } } } "
        'FILTER("VALUES ?x { 1 }" != <http://a/VALUES> && "#" != "") VALUES ?y { 2 } }'
    )
    bound = bind(query(text, parameter("x", "integer"), parameter("y", "integer")), {"x": "9"})
    nine = '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert bound == (
        "# VALUES ?x { 1 }\n"
        f"SELECT ?x WHERE {{ VALUES ?x {{ {nine} }} {{ SELECT * WHERE {{ VALUES ?x {{ {nine} }} }} }} "
        'FILTER("VALUES ?x { 1 }" != <http://a/VALUES> && "#" != "") VALUES ?y { 2 } }'
    )


def test_an_unknown_parameter_tells_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"q has no parameter 'z'\. It takes: x"):
        bind(query(ECHO, parameter("x", "string")), {"z": "1"})


def test_one_of_several_parameters_takes_the_place_of_the_others() -> None:
    text = 'SELECT ?x ?y WHERE { VALUES ?x { "default" } VALUES ?y { UNDEF } }'
    canned = query(text, parameter("x", "string"), parameter("y", "string"), one_of=("x", "y"))
    assert bind(canned, {}) == text
    assert bind(canned, {"y": "b"}) == 'SELECT ?x ?y WHERE { VALUES ?x { UNDEF } VALUES ?y { "b" } }'
    assert bind(canned, {"x": "a"}) == 'SELECT ?x ?y WHERE { VALUES ?x { "a" } VALUES ?y { UNDEF } }'
