"""Queries that a hostile or careless client sends, and the statuses with which a service may answer each."""

from __future__ import annotations

from dataclasses import dataclass

_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
_STOPPED = frozenset({503})
_REFUSED = frozenset({400})
# Too large, or stopped before it had become so.
_TOO_LARGE = frozenset({413, 503})
_ENDS = frozenset({200, 503})
_TURTLE = "text/turtle"
_AMOUNT = "<https://w3id.org/hyoka/def#amount>"
_SUBJECT = "<https://w3id.org/hyoka/def#budgetSubject>"


@dataclass(frozen=True, slots=True)
class Attack:
    """A query and how it may end.

    Attributes:
        name: What it is.
        query: Its text.
        may: The statuses that are right.
        accept: The format asked for.
    """

    name: str
    query: str
    may: frozenset[int]
    accept: str = "application/sparql-results+json"


def attacks() -> list[Attack]:
    """Return the attacks by one query."""
    return [*_nested(), *_endless(), *_large(), *_patterns()]


def heavy_queries(number: int) -> list[str]:
    """Return queries that take the engine to its deadline; no two are equal."""
    return [f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }} # {one}" for one in range(number)]


def light_looking(number: int) -> str:
    """Return a query that never ends and looks like a look-up; no two are equal."""
    return f"ASK {{ {_ALL} FILTER(STR(?a) = CONCAT(STR(?l), '!{number}')) }}"


def _nested() -> list[Attack]:
    deep, many = 4_000, 8_000
    return [
        Attack("4,000 nested groups", "SELECT * " + "{" * deep + "}" * deep, _REFUSED),
        Attack("4,000 nested brackets", "SELECT (" + "(" * deep + "1" + ")" * deep + " AS ?x) {}", _REFUSED),
        Attack("4,000 nested blank nodes", "SELECT * { ?s ?p " + "[ ?p " * deep + "1" + "]" * deep + " }", _REFUSED),
        Attack("256 nested blank nodes", "SELECT * { ?s ?p " + "[ ?p " * 256 + "1" + "]" * 256 + " }", _REFUSED),
        Attack("64 nested blank nodes", "ASK { ?s ?p " + "[ ?p " * 62 + "1" + "]" * 62 + " }", frozenset({200, 503})),
        Attack("8,000 UNIONs", "SELECT * {" + " UNION ".join(["{}"] * many) + "}", _REFUSED),
        Attack("8,000 OPTIONALs", "SELECT * {" + "OPTIONAL{}" * many + "}", _REFUSED),
        Attack("4,000 signs", "SELECT (" + "!" * deep + "true AS ?x) {}", _REFUSED),
        Attack("30,000 '<'", "SELECT * { FILTER(1" + "<1" * 30_000 + ") }", _REFUSED | _STOPPED),
        Attack("3,000 ANDs", "ASK { FILTER(" + "&&".join(["true"] * 3_000) + ") }", frozenset({200, 400})),
    ]


def _endless() -> list[Attack]:
    return [
        Attack("cross product, counted", f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}", _STOPPED),
        Attack("cross product, ORDER BY", f"SELECT * {{ {_ALL} }} ORDER BY ?l ?c ?f", _STOPPED),
        Attack("cross product, DISTINCT", f"SELECT DISTINCT * {{ {_ALL} }}", _TOO_LARGE),
        Attack("cross product, GROUP BY", f"SELECT ?a ?f (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?a ?f", _STOPPED),
        Attack("cross product, GROUP_CONCAT", f"SELECT (GROUP_CONCAT(?a) AS ?x) {{ {_ALL} }}", _STOPPED),
        Attack("filter that is never true", f"ASK {{ {_ALL} FILTER(STR(?a) = CONCAT(STR(?l), '!')) }}", _STOPPED),
        Attack(
            "sub-select, LIMIT outside", f"SELECT * {{ {{ SELECT * {{ {_ALL} }} ORDER BY ?l }} }} LIMIT 1", _STOPPED
        ),
        Attack(
            "NOT EXISTS over a cross product", f"ASK {{ {_ALL} FILTER NOT EXISTS {{ ?a ?l ?j }} FILTER(1=2) }}", _ENDS
        ),
    ]


def _large() -> list[Attack]:
    values = " ".join(f'("{number:05}")' for number in range(9_000))
    pairs = "?a ?b ?c . ?d ?e ?f"
    joined = f"VALUES (?v) {{ {values} }} {pairs} FILTER(?v = ?c || ?v = ?f)"
    return [
        Attack("result of more than 300 MB, JSON", f"SELECT * {{ {pairs} }}", _TOO_LARGE),
        Attack("result of more than 300 MB, CSV", f"SELECT * {{ {pairs} }}", _TOO_LARGE, "text/csv"),
        Attack("result of more than 300 MB, Turtle", f"CONSTRUCT {{ ?a ?e ?f }} {{ {pairs} }}", _TOO_LARGE, _TURTLE),
        Attack("DESCRIBE of everything", "DESCRIBE ?s { ?s ?p ?o }", _TOO_LARGE | _ENDS, _TURTLE),
        Attack("DESCRIBE of a cross product", f"DESCRIBE ?a ?d {{ {pairs} }}", _TOO_LARGE, _TURTLE),
        Attack("9,000 VALUES", f"SELECT (COUNT(*) AS ?n) {{ VALUES (?v) {{ {values} }} }}", frozenset({200})),
        Attack("9,000 VALUES joined with everything", f"SELECT (COUNT(*) AS ?n) {{ {joined} }}", _STOPPED),
        Attack("query of 2 MB", "ASK {} #" + "x" * 2_000_000, frozenset({413})),
    ]


def _patterns() -> list[Attack]:
    doubled = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}, ?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(14))
    long = f"BIND('{'a' * 32}' AS ?s0) {doubled}"
    replaced = f'{long} BIND(REPLACE(?s14, "a", "aaaaaaaa") AS ?y)'
    path = f"(({_SUBJECT}|^{_SUBJECT})*/!{_AMOUNT})*"
    starred = "/".join([f"({_SUBJECT}|^{_SUBJECT})*"] * 20)
    return [
        Attack("regex with nested repetition", _regex("(.*)*(.+)+$"), _ENDS),
        Attack("regex of a million states", _regex("((a{1,100}){1,100}){1,100}"), _ENDS),
        Attack("REPLACE that makes it eight times as long", f"SELECT ?y {{ {replaced} }}", _TOO_LARGE | _ENDS),
        Attack("string of 8 GB", f"SELECT (STRLEN(?s14) AS ?n) {{ {long} }}", _ENDS),
        Attack("property path over everything", f"SELECT (COUNT(*) AS ?n) {{ ?a {path} ?b }}", _STOPPED),
        Attack("20 starred paths in a row", f"ASK {{ ?a {starred} <urn:none> }}", _ENDS),
        Attack("60 nested paths", f"ASK {{ <urn:a> {'(' * 60}{_SUBJECT}{')*' * 60} <urn:b> }}", _ENDS | _REFUSED),
    ]


def _regex(pattern: str) -> str:
    return f'SELECT (COUNT(*) AS ?n) {{ {_text()} FILTER(REGEX(?t, "{pattern}")) }}'


def _text() -> str:
    return "?s <https://w3id.org/hyoka/def#asPrinted> ?p . BIND(CONCAT(STR(?p), STR(?p), STR(?p)) AS ?t)"
