"""The same graph on Virtuoso: published, proven equal, asked the same questions, served by the same service."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from hyoka_kg.cli.app import app as hyoka
from hyoka_kg.config import Settings
from hyoka_kg.query import CannedQuery, bind_each, load_catalogue, run_canned, run_maintenance, window
from hyoka_kg.service import create_app
from hyoka_kg.store import EmbeddedStore, RemoteStore, StorePlace
from hyoka_kg.store.graph_stores import GraphStoreServer
from hyoka_kg.vocabulary import expand

PASSWORD = "dba"  # noqa: S105 - of a database that lives as long as the tests
CATALOGUE = load_catalogue()
BASE = "https://w3id.org/hyoka/"
OLD = f"{BASE}graph/no-more"
FOREIGN = "http://example.org/not-ours"
# The same questions with other values: another document, and each optional parameter in use.
MORE = [
    ("cq09", {"threshold": "90"}),
    ("cq12", {"project": f"{BASE}id/project/mic/juki-net-security"}),
    ("tr07", {"strategy": f"{BASE}id/strategy/it-nation-declaration"}),
    ("tr08", {"date": "2018-12-31"}),
]
# What pages, pictures and exchanged files ask; one whose answer is a graph is not among them.
FOLDERS = ("pages", "pictures", "exchange")
BEHIND = [query for folder in FOLDERS for query in load_catalogue(folder) if "CONSTRUCT" not in query.text]
LIMITED = re.compile(r"LIMIT \d+\s*$")

pytestmark = pytest.mark.network


@pytest.fixture(scope="module")
def embedded(store_folder: Path) -> EmbeddedStore:
    return EmbeddedStore.open(store_folder)


def publish(server: Any, store: Path, *more: str) -> dict[str, Any]:
    arguments = ["publish", "--json", "--store", str(store), "--user", server.user, "--to", server.query_url]
    arguments += ["--graph-store", server.graph_store, "--read-from", server.open_graph_store, *more]
    done = CliRunner().invoke(hyoka, arguments, env={"HYOKA_PUBLISH_PASSWORD": PASSWORD})
    assert done.exit_code == 0, (done.output, done.exception)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def published(virtuoso: Any, store_folder: Path) -> dict[str, Any]:
    """Publish the sample in bulk."""
    return publish(virtuoso, store_folder, "--virtuoso", virtuoso.sql, "--folder", str(virtuoso.folder / "parts"))


@pytest.fixture(scope="module")
def remote(virtuoso: Any, published: dict[str, Any]) -> RemoteStore:
    return RemoteStore(virtuoso.query_url)


def test_a_bulk_load_is_proven_graph_by_graph(published: dict[str, Any], embedded: EmbeddedStore) -> None:
    graphs = embedded.graph_names()
    assert (published["sent"], published["kept"], published["removed"]) == (len(graphs), 0, 0)
    assert published["triples"] == embedded.count()


def test_publishing_again_sends_only_what_differs(
    virtuoso: Any, published: dict[str, Any], store_folder: Path, embedded: EmbeddedStore
) -> None:
    server = GraphStoreServer(virtuoso.graph_store, virtuoso.open_graph_store, virtuoso.user, PASSWORD)
    registry, calendar = f"{BASE}graph/registry", f"{BASE}graph/calendar"
    server.put(calendar, embedded.triples_of(registry))
    server.remove(registry)
    for name in (OLD, FOREIGN):
        server.put(name, embedded.triples_of(calendar))
    told = publish(virtuoso, store_folder)
    assert (told["sent"], told["removed"], told["kept"]) == (2, 1, published["sent"] - 2)
    assert (server.read(OLD), len(server.read(FOREIGN))) == ([], len(list(embedded.triples_of(calendar))))
    assert publish(virtuoso, store_folder)["sent"] == 0
    server.remove(FOREIGN)


@pytest.mark.parametrize("query", [*CATALOGUE, *BEHIND], ids=lambda query: query.id)
def test_each_canned_query_and_each_behind_a_page_gives_the_same_rows(
    query: CannedQuery, embedded: EmbeddedStore, remote: RemoteStore
) -> None:
    here, there = embedded.select(query.text), remote.select(query.text)
    assert here.variables == there.variables
    assert here.rows == there.rows


@pytest.mark.parametrize(("name", "values"), MORE, ids=[name for name, _ in MORE])
def test_other_values_give_the_same_rows_too(
    name: str, values: dict[str, str], embedded: EmbeddedStore, remote: RemoteStore
) -> None:
    query = CATALOGUE[name]
    assert run_canned(embedded, query, values) == run_canned(remote, query, values)


def test_there_are_as_many_queries_behind_pages_as_are_tried() -> None:
    assert len(BEHIND) == 52
    assert sum(LIMITED.search(query.text) is None for query in BEHIND) == 50
    assert len(load_catalogue("tables")) == 7


@pytest.mark.parametrize("query", [query for query in BEHIND if LIMITED.search(query.text) is None], ids=lambda q: q.id)
def test_each_part_of_a_table_has_the_same_rows(
    query: CannedQuery, embedded: EmbeddedStore, remote: RemoteStore
) -> None:
    for start in (0, 5):
        text = window(query.text, start, 6)
        assert embedded.select(text).rows == remote.select(text).rows


@pytest.mark.parametrize("query", list(load_catalogue("tables")), ids=lambda query: query.id)
def test_each_table_of_a_dump_has_the_same_rows(
    query: CannedQuery, embedded: EmbeddedStore, remote: RemoteStore
) -> None:
    anchor = {"class": expand(f"hyoka:{query.header['anchor']}")}
    things = [row["thing"] for row in run_maintenance(embedded, "things_of_class", **anchor).as_text()]
    text = bind_each(query, query.params[0].name, sorted(things)[:40])
    here, there = embedded.select(text), remote.select(text)
    assert here.rows
    assert Counter(here.rows) == Counter(there.rows)


@pytest.fixture(scope="module")
def services(virtuoso: Any, published: dict[str, Any], store_folder: Path) -> Iterator[tuple[TestClient, TestClient]]:
    """The service over the folder, and the same service in front of Virtuoso."""
    places = (StorePlace(str(store_folder)), StorePlace(f"sparql:{virtuoso.query_url}"))
    apps = [create_app(place, Settings(workers=1)) for place in places]
    first, second = (TestClient(app, raise_server_exceptions=False) for app in apps)
    yield first, second
    for app in apps:
        app.state.engine.close()


PATHS = [
    "/queries/cq06.json",
    "/queries/cq12.csv",
    "/queries/tr01.json?project=mic/juki-net-security",
    "/queries/tr07.csv",
    "/queries/tr05.md",
    "/ready",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_service_in_front_of_it_answers_the_same(services: tuple[TestClient, TestClient], path: str) -> None:
    here, there = (client.get(path) for client in services)
    assert (here.status_code, there.status_code) == (200, 200)
    assert here.text == there.text


def test_sparql_passes_through_in_each_format(services: tuple[TestClient, TestClient]) -> None:
    query = CATALOGUE["cq02"].text
    for style in ("json", "xml", "csv", "tsv"):
        here, there = (client.get("/sparql", params={"query": query, "format": style}) for client in services)
        assert here.headers["content-type"] == there.headers["content-type"]
        assert here.text == there.text
    for pattern, expected in (("?s ?p ?o", True), ("?s <urn:x:none> ?o", False)):
        asked = [client.get("/sparql", params={"query": f"ASK {{ {pattern} }}"}).json() for client in services]
        assert asked == [{"head": {}, "boolean": expected}] * 2
    project = f"<{BASE}id/project/mic/juki-net-security>"
    triples = {"query": f"CONSTRUCT {{ {project} ?p ?o }} WHERE {{ {project} ?p ?o }}", "format": "nt"}
    made = [sorted(client.get("/sparql", params=triples).text.splitlines()) for client in services]
    assert made[0] == made[1]
    assert made[0]


def test_a_thing_has_the_same_data_and_the_same_graph(services: tuple[TestClient, TestClient]) -> None:
    for path in ("/doc/project/mic/juki-net-security.nt", f"/graphs?graph={BASE}graph/calendar&format=nt"):
        answers = [client.get(path) for client in services]
        assert [answer.status_code for answer in answers] == [200, 200]
        texts = [sorted(answer.text.splitlines()) for answer in answers]
        assert texts[0] == texts[1]
    assert [client.get("/.well-known/void").status_code for client in services] == [200, 200]
