"""A value names one thing, by identifier, notation or label of its kind; what names none or several is refused."""

from __future__ import annotations

import pytest

from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, Parameter, bind, bind_each, graph_sizes, resolve, run_canned, window
from hyoka_kg.query.run import maintenance_text
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.writing import StoreWriter
from hyoka_kg.vocabulary import BASE, PREFIXES

EX, NUMBER = "http://example.org/", f"{PREFIXES['xsd']}integer"
_TYPE, _DEF = f"{PREFIXES['rdf']}type", f"{BASE}def#"
_SAYS = {
    "identifier": PREFIXES["dcterms"] + "identifier",
    "notation": PREFIXES["skos"] + "notation",
    "prefLabel": PREFIXES["skos"] + "prefLabel",
}


def line(thing: str, name: str, value: str) -> str:
    return f"<{EX}{thing}> <{name}> {value} <{EX}graph> .\n"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    writer = StoreWriter.in_memory()
    writer.load(
        [
            line("p", _TYPE, f"<{_DEF}Project>"),
            line("p", _SAYS["identifier"], '"mic/one"'),
            line("p", _SAYS["prefLabel"], '"安全"@ja'),
            line("i", _TYPE, f"<{_DEF}Indicator>"),
            line("i", _SAYS["prefLabel"], '"安全"@ja'),
            line("m", _TYPE, f"<{_DEF}Measurand>"),
            line("m", _SAYS["notation"], '"safe"'),
            line("q", _TYPE, f"<{_DEF}Project>"),
            line("q", _SAYS["prefLabel"], '"同名"@ja'),
            line("r", _TYPE, f"<{_DEF}Project>"),
            line("r", _SAYS["prefLabel"], '"同名"@ja'),
        ]
    )
    return writer


def parameter(of: str, default: str | None = None) -> Parameter:
    return Parameter("x", "iri", of, default, False, "", "")


def test_a_thing_is_named_by_identifier_notation_or_label_of_its_kind(store: EmbeddedStore) -> None:
    assert resolve(store, parameter("project"), " mic/one ") == f"{EX}p"
    assert resolve(store, parameter("measurand"), "safe") == f"{EX}m"
    assert resolve(store, parameter("project"), "安全") == f"{EX}p"
    assert resolve(store, parameter("indicator"), "安全") == f"{EX}i"
    assert resolve(store, parameter("scope"), "安全") == f"{EX}p"


@pytest.mark.parametrize("iri", ["hyk:project/mic/one", "https://example.org/unknown", "<http://example.org/p>"])
def test_an_iri_or_a_prefixed_name_is_taken_at_its_word(store: EmbeddedStore, iri: str) -> None:
    assert resolve(store, parameter("project"), iri) == iri.strip("<>")


def test_what_names_nothing_is_told_with_an_example(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=r"No project has the identifier or name 'safe'\..* mic/juki-net-security"):
        resolve(store, parameter("project"), "safe")
    with pytest.raises(QueryError, match=r"No thing has .*'a:b'.* such as mic/two, or an IRI"):
        resolve(store, parameter("", "mic/two"), "a:b")


def test_what_names_several_is_never_chosen_among(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=rf"'同名' names 2 things \(project\): {EX}q, {EX}r\. Give one of these"):
        resolve(store, parameter("project"), "同名")
    with pytest.raises(QueryError, match=rf"'安全' names 2 things \(thing\): {EX}i, {EX}p\."):
        resolve(store, parameter(""), "安全")


def test_a_canned_query_takes_names_for_things_and_plain_values_for_others(store: EmbeddedStore) -> None:
    text = f"SELECT ?x ?n WHERE {{ VALUES ?x {{ <{EX}none> }} VALUES ?n {{ 1 }} ?x a <{_DEF}Project> }}"
    number = Parameter("n", "integer", "", "1", False, "", "A number.")
    query = CannedQuery("q", "q", "", "", "", (), (parameter("project"), number), (), (), text, {})
    assert run_canned(store, query, {}).rows == []
    assert run_canned(store, query, {"x": "mic/one", "n": "2"}).as_text() == [{"x": f"{EX}p", "n": "2"}]
    with pytest.raises(QueryError, match=r"'two' is not a value for 'n' \(integer, for example 1\)\. A number\."):
        run_canned(store, query, {"n": "two"})


def test_graphs_are_counted(store: EmbeddedStore) -> None:
    assert graph_sizes(store) == {f"{EX}graph": 11}
    assert f"VALUES ?thing {{ <{EX}p> }}" in maintenance_text("stated_where", thing=f"{EX}p")


def test_several_values_stand_in_one_block_and_only_there() -> None:
    number = Parameter("n", "integer", "", "1", False, "", "")
    text = "SELECT ?n WHERE { VALUES ?n { 1 } VALUES ?m { 1 } # VALUES ?n { 1 }\n}"
    query = CannedQuery("q", "q", "", "", "", (), (number,), (), (), text, {})
    both = f'"2"^^<{NUMBER}> "3"^^<{NUMBER}>'
    bound = f"SELECT ?n WHERE {{ VALUES ?n {{ {both} }} VALUES ?m {{ 1 }} # VALUES ?n {{ 1 }}\n}}"
    assert bind_each(query, "n", ["2", "3"]) == bind(query, {"n": ["2", "3"]}) == bound
    with pytest.raises(QueryError, match="q has no parameter 'z'"):
        bind_each(query, "z", ["1"])
    with pytest.raises(QueryError, match="'x' is not a value for 'n'"):
        bind_each(query, "n", ["2", "x"])


def test_a_value_has_a_length_that_is_told_and_a_query_without_parameters_says_so() -> None:
    text = Parameter("s", "string", "", None, False, "", "")
    query = CannedQuery("q", "q", "", "", "", (), (text,), (), (), 'SELECT ?s { VALUES ?s { "" } }', {})
    assert "年" * 2000 in bind(query, {"s": "年" * 2000})
    with pytest.raises(
        QueryError, match=r"The value of 's' has 2,001 characters: '年{60} …'\. A value has at most 2,000"
    ):
        bind(query, {"s": "年" * 2001})
    without = CannedQuery("w", "w", "", "", "", (), (), (), (), "ASK {}", {})
    with pytest.raises(QueryError, match=r"w has no parameter 's\\u202e'\. It takes: no parameters\."):
        bind(without, {"s\u202e": "1"})


def test_a_part_of_the_rows_is_taken_at_the_end_or_where_the_query_says() -> None:
    assert window("SELECT ?a {}\nORDER BY ?a\n\n", 50, 26) == "SELECT ?a {}\nORDER BY ?a\nLIMIT 26 OFFSET 50\n"
    inner = "SELECT ?a { { SELECT ?a {}\n  # window\n} }\nORDER BY ?a"
    assert window(inner, 0, 5) == "SELECT ?a { { SELECT ?a {}\nLIMIT 5 OFFSET 0\n} }\nORDER BY ?a\n"
