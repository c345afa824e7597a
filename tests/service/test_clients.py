"""What Japanese and other users ask with, each against a real server: SPARQLWrapper, rdflib, pandas, curl."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas
import pytest
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import (
    BASIC,
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDF,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException, Unauthorized

from hyoka_kg.config import Settings
from hyoka_kg.service.private import create_private_app
from hyoka_kg.store import open_build_area
from hyoka_kg.store.drafts import Draft
from hyoka_kg.store.writing import StoreWriter

ESCAPED = "http://example.org/doc%2F29%E2%91%A7%20a"
SELECT = f"SELECT ?label WHERE {{ <{ESCAPED}> ?p ?label }} ORDER BY ?label"
CONSTRUCT = f"CONSTRUCT {{ <{ESCAPED}> ?p ?label }} WHERE {{ <{ESCAPED}> ?p ?label }}"
DESCRIBE = f"DESCRIBE <{ESCAPED}>"
ASK = "ASK { ?s ?p ?o }"
LABELS = ["<script>alert(1)</script>", '５百万円、\n"計"']
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
TOKEN = "a-token-of-a-test"  # noqa: S105 - it opens the draft of a test

pytestmark = pytest.mark.network


def _ask(url: str, query: str, style: str, method: str, request_method: str) -> Any:
    wrapper = SPARQLWrapper(url)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(style)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    return wrapper.query()


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_sparqlwrapper_gets_the_same_rows_each_way(served: str, path: str) -> None:
    answers = [_ask(served + path, SELECT, JSON, *way).convert() for way in WAYS]
    assert [[row["label"]["value"] for row in answer["results"]["bindings"]] for answer in answers] == [LABELS] * 3


@pytest.mark.parametrize("way", WAYS)
def test_sparqlwrapper_gets_rows_in_every_format(served: str, way: tuple[str, str]) -> None:
    url = f"{served}/sparql"
    assert _ask(url, SELECT, XML, *way).convert().getElementsByTagName("result").length == 2
    assert _ask(url, SELECT, CSV, *way).convert().startswith(b"label\r\n")
    assert _ask(url, SELECT, TSV, *way).convert().startswith(b"?label\n")
    assert _ask(url, ASK, JSON, *way).convert()["boolean"] is True
    assert _ask(url, ASK, XML, *way).convert().getElementsByTagName("boolean").length == 1


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize("way", WAYS)
def test_sparqlwrapper_gets_triples_in_every_format(served: str, way: tuple[str, str], query: str) -> None:
    url = f"{served}/sparql"
    for style in (TURTLE, N3):
        assert b"http://example.org/label" in _ask(url, query, style, *way).convert()
    for style in (RDF, RDFXML, XML, JSONLD):
        assert len(_ask(url, query, style, *way).convert()) == 2


def test_sparqlwrapper_is_told_what_is_wrong(served: str) -> None:
    with pytest.raises(QueryBadFormed, match="1:11"):
        _ask(f"{served}/sparql", "SELECT * {", JSON, GET, URLENCODED)
    with pytest.raises((SPARQLWrapperException, OSError)) as told:
        _ask(f"{served}/sparql", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", JSON, GET, URLENCODED)
    assert not isinstance(told.value, EndPointInternalError)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("style", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks_in_every_way(served: str, method: str, style: str) -> None:
    store = SPARQLStore(f"{served}/sparql", method=method, returnFormat=style)
    rows = list(store.query(SELECT))
    # Tables hold no line ends that rdflib keeps apart in CSV; the count and the first text hold in all formats.
    assert (len(rows), str(rows[0][0])) == (2, LABELS[0])
    if style in ("xml", "json"):
        assert str(rows[1][0]) == LABELS[1]


def test_rdflib_reads_triples_by_pattern(served: str) -> None:
    store = SPARQLStore(f"{served}/sparql")
    found = {str(triple[2]) for triple, _ in store.triples((URIRef(ESCAPED), None, None))}
    assert found == set(LABELS)
    assert len(store) == 2


def test_pandas_reads_tables_from_the_address_alone(served: str) -> None:
    asked = f"{served}/sparql?query={quote(SELECT)}"
    table = pandas.read_csv(f"{asked}&format=csv")
    assert (list(table.columns), list(table["label"])) == (["label"], LABELS)
    by_header = pandas.read_csv(asked, storage_options={"Accept": "text/csv"})
    assert by_header.equals(table)
    tabs = pandas.read_csv(f"{asked}&format=tsv", sep="\t")
    assert list(tabs.columns) == ["?label"]


def test_pandas_reads_canned_queries(sample_store: Path, serve: Callable[[Any], AbstractContextManager[str]]) -> None:
    from hyoka_kg.service import create_app
    from hyoka_kg.store import StorePlace

    with serve(create_app(StorePlace(str(sample_store)), Settings(workers=1))) as url:
        table = pandas.read_csv(f"{url}/queries/cq06.csv")
        same = pandas.read_json(f"{url}/queries/cq06.json")
    assert (table.columns[0], table["rank"][0]) == ("rank", 1)
    assert isinstance(same, pandas.DataFrame)
    assert len(same) > 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv"], "label\r\n"),
        (["-G", "--data-urlencode", f"query={SELECT}", "-d", "format=csv"], "label\r\n"),
        (
            ["-H", "Content-Type: application/sparql-query", "--data-binary", SELECT, "-H", "Accept: text/csv"],
            "label\r\n",
        ),
        (["-G", "--data-urlencode", f"query={CONSTRUCT}"], "<http://example.org/doc%2F29"),
        (["--compressed", "-G", "--data-urlencode", f"query={SELECT}"], '{"head"'),
        (["-I", "-G", "--data-urlencode", f"query={SELECT}"], "HTTP/1.1 200"),
        (["-L"], "@prefix"),
    ],
)
def test_curl_asks_without_a_library(served: str, arguments: list[str], expected: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    command = ["curl", "--silent", "--show-error", "--max-time", "30", f"{served}/sparql", *arguments]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode().startswith(expected)


@pytest.fixture(scope="module")
def draft(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Any], AbstractContextManager[str]]
) -> Iterator[str]:
    """Serve an empty draft."""
    folder = tmp_path_factory.mktemp("draft")
    with open_build_area(folder) as area:
        StoreWriter(area.engine_directory).finish()
        area.publish("empty", "{}")
    begun = Draft(folder)
    begun.begin()
    with serve(create_private_app(begun, Settings(), TOKEN)) as url:
        yield url


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_changes_a_draft_with_the_token_as_its_password(draft: str, way: str) -> None:
    wrapper = SPARQLWrapper(f"{draft}/update")
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(f'INSERT DATA {{ GRAPH <urn:x:g> {{ <urn:x:s> <urn:x:{way}> "値" }} }}')
    with pytest.raises(Unauthorized):
        wrapper.query()
    wrapper.setHTTPAuth(BASIC)
    wrapper.setCredentials("hyoka", TOKEN)
    assert wrapper.query().response.status == 204


def test_rdflib_changes_a_draft_with_the_token_as_its_password(draft: str) -> None:
    store = SPARQLUpdateStore(f"{draft}/sparql", f"{draft}/update", auth=("hyoka", TOKEN))
    store.update('INSERT DATA { GRAPH <urn:x:rdflib> { <urn:x:s> <urn:x:p> "値" } }')
    rows = list(store.query("SELECT ?o { GRAPH <urn:x:rdflib> { ?s ?p ?o } }"))
    assert [str(row[0]) for row in rows] == ["値"]
