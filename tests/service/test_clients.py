"""What Japanese and other users ask with: SPARQLWrapper, against a real server."""

from __future__ import annotations

from typing import Any

import pytest
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

ESCAPED = "http://example.org/doc%2F29%E2%91%A7%20a"
SELECT = f"SELECT ?label WHERE {{ <{ESCAPED}> ?p ?label }} ORDER BY ?label"
CONSTRUCT = f"CONSTRUCT {{ <{ESCAPED}> ?p ?label }} WHERE {{ <{ESCAPED}> ?p ?label }}"
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def _ask(url: str, query: str, style: str, method: str, request_method: str) -> Any:
    wrapper = SPARQLWrapper(url)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(style)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    return wrapper.query()


@pytest.mark.network
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_sparqlwrapper_gets_the_same_rows_each_way(served: str, path: str) -> None:
    answers = [_ask(served + path, SELECT, JSON, *way).convert() for way in WAYS]
    labels = [[row["label"]["value"] for row in answer["results"]["bindings"]] for answer in answers]
    assert labels == [["<script>alert(1)</script>", '５百万円、\n"計"']] * 3


@pytest.mark.network
@pytest.mark.parametrize("way", WAYS)
def test_sparqlwrapper_gets_every_format_as_it_expects(served: str, way: tuple[str, str]) -> None:
    url = f"{served}/sparql"
    assert _ask(url, SELECT, XML, *way).convert().getElementsByTagName("result").length == 2
    assert _ask(url, SELECT, CSV, *way).convert().startswith(b"label\r\n")
    assert _ask(url, SELECT, TSV, *way).convert().startswith(b"?label\n")
    assert b"http://example.org/label" in _ask(url, CONSTRUCT, TURTLE, *way).convert()
    assert len(_ask(url, CONSTRUCT, RDFXML, *way).convert()) == 2
    assert len(_ask(url, CONSTRUCT, JSONLD, *way).convert()) == 2
    assert _ask(url, "ASK { ?s ?p ?o }", JSON, *way).convert()["boolean"] is True
