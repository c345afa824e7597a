"""A draft is changed by whoever holds the token; nothing that serves changes before it is published."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from hyoka_kg.config import Settings
from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline import read_report
from hyoka_kg.service import create_app
from hyoka_kg.service.private import create_private_app
from hyoka_kg.service.private.rewriting import complete_update
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.store import EmbeddedStore, StorePlace, open_build_area
from hyoka_kg.store.builds import TEXT_INDEX, current_build
from hyoka_kg.store.drafts import Draft
from hyoka_kg.store.writing import StoreWriter

TOKEN = "a-token-of-a-test"  # noqa: S105 - it opens the draft of a test
HOLDER = {"Authorization": f"Bearer {TOKEN}"}
GRAPH, EX = "http://example.org/g", "http://example.org/"
LINE = f'<{EX}s> <{EX}p> "{{}}" <{GRAPH}> .\n'
REPORT = {"version": "0", "documents": [], "sourced": [], "findings": {}}
UPDATE = {"Content-Type": "application/sparql-update"}
INSERT = f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{EX}s> <{EX}p> "new" }} }}'
VALUES = f"SELECT ?o {{ <{EX}s> <{EX}p> ?o }} ORDER BY ?o"


def publish(folder: Path, name: str, value: str) -> None:
    with open_build_area(folder) as area:
        writer = StoreWriter(area.engine_directory)
        writer.load([LINE.format(value)])
        writer.finish()
        del writer
        area.publish(name, json.dumps({**REPORT, "build": name, "quads": 1, "graphs": {GRAPH: 1}}))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    publish(folder, "first", "old")
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """A store folder of a test's own."""
    return Path(shutil.copytree(first, tmp_path / "store"))


@contextmanager
def client_of(folder: Path) -> Iterator[TestClient]:
    draft = Draft(folder)
    draft.begin()
    app = create_private_app(draft, Settings(max_update_mb=1), TOKEN)
    yield TestClient(app, headers=HOLDER, raise_server_exceptions=False)
    app.state.desk.close()


@pytest.fixture
def own_client(folder: Path) -> Iterator[TestClient]:
    with client_of(folder) as made:
        yield made


@pytest.fixture(scope="module")
def shared_client(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(Path(shutil.copytree(first, tmp_path_factory.mktemp("shared") / "store"))) as made:
        yield made


@pytest.fixture
def client(shared_client: TestClient) -> TestClient:
    """A draft that holds one triple; many tests share it, one after the other."""
    shared_client.app.state.desk.settings = Settings(max_update_mb=1)
    change(shared_client, f"DROP ALL ; {INSERT.replace('new', 'old')}")
    return shared_client


def values(client: Any) -> list[str]:
    rows = client.get("/sparql", params={"query": VALUES}).json()["results"]["bindings"]
    return [row["o"]["value"] for row in rows]


def served(folder: Path) -> list[str]:
    return [row["o"] for row in EmbeddedStore.open(folder).select(VALUES).as_text()]


def change(client: TestClient, update: str, **parameters: str) -> httpx.Response:
    return client.post("/update", content=update, headers=UPDATE, params=parameters)


def test_a_change_is_in_the_draft_at_once_and_serves_when_published(own_client: TestClient, folder: Path) -> None:
    assert change(own_client, INSERT).status_code == 204
    assert (values(own_client), served(folder)) == (["new", "old"], ["old"])
    told = own_client.post("/publish", params={"check": "no"})
    assert (told.status_code, told.json()["build"], told.json()["graphs"]) == (200, "first-r1", {GRAPH: 2})
    assert (served(folder), read_report(folder).quads) == (["new", "old"], 2)
    assert (current_build(folder).parent / TEXT_INDEX).is_file()
    assert change(own_client, f"CLEAR GRAPH <{GRAPH}>").status_code == 204
    assert own_client.post("/publish", params={"check": "no"}).json()["build"] == "first-r2"
    assert served(folder) == []


def test_a_draft_is_taken_up_again(own_client: TestClient, folder: Path) -> None:
    change(own_client, INSERT)
    own_client.app.state.desk.pool.close()
    Draft(folder).begin()
    assert values(own_client) == ["new", "old"]


def test_a_draft_of_a_former_build_is_not_published(own_client: TestClient, folder: Path) -> None:
    change(own_client, INSERT)
    publish(folder, "second", "other")
    told = own_client.post("/publish", params={"check": "no"})
    assert (told.status_code, "second" in told.text) == (409, True)
    assert served(folder) == ["other"]
    with pytest.raises(StoreError, match="hyoka draft --discard"):
        Draft(folder).begin()
    Draft(folder).discard()
    Draft(folder).begin()
    assert Draft(folder).base == "second"


def test_a_draft_that_breaks_a_rule_is_not_published(own_client: TestClient, folder: Path) -> None:
    # A thing of a class of ours without what its shape wants.
    broken = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{EX}x> a <https://w3id.org/hyoka/def#BudgetObservation> }} }}"
    assert change(own_client, broken).status_code == 204
    told = own_client.post("/publish")
    assert (told.status_code, "violation" in told.text) == (422, True)
    assert served(folder) == ["old"]


NOT_HOLDERS: list[dict[str, str]] = [
    {},
    {"Authorization": "Bearer wrong"},
    {"Authorization": "Bearer "},
    {"Authorization": TOKEN},
    {"Authorization": "Basic ###"},
    {"Authorization": "Basic YTpi"},
]


@pytest.mark.parametrize("headers", NOT_HOLDERS)
def test_nobody_without_the_token_changes_or_reads(client: TestClient, headers: dict[str, str]) -> None:
    stranger = TestClient(client.app)
    for method, path in [
        ("GET", "/sparql"),
        ("POST", "/update"),
        ("PUT", "/graphs"),
        ("POST", "/publish"),
        ("GET", "/"),
    ]:
        answer = stranger.request(method, path, headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer")
        assert "access-control-allow-origin" not in answer.headers
    assert stranger.get("/health").status_code == 200


def test_the_token_may_come_as_a_password(client: TestClient) -> None:
    assert TestClient(client.app, headers={}).get("/sparql", auth=("anyone", TOKEN)).status_code == 200


FETCHING = [
    "LOAD <{0}>",
    "load<{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <urn:x:g> ; LOAD <{0}>",
    "LOADSILENT<{0}>",
    "L\\u004FAD <{0}>",
    "PREFIX c: <{0}> LOAD c:x",
    "PREFIX c: <{0}> LOADc:x",
    "PREFIX loadc: <{0}> LOADloadc:x",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "DELETE {{ ?s ?p ?o }} WHERE {{ {{ SELECT * {{ SERVICE<{0}> {{ ?s ?p ?o }} }} }} }}",
]


@pytest.mark.parametrize("update", FETCHING)
def test_nothing_is_fetched(client: TestClient, canary: Any, update: str) -> None:
    answer = change(client, update.format(canary.url))
    assert (answer.status_code, "allowed" in answer.text) == (403, True)
    assert canary.calls == []


def test_load_silent_is_a_success_without_effect(client: TestClient, canary: Any) -> None:
    update = f"LOAD SILENT <{canary.url}> INTO GRAPH <{GRAPH}> ; {INSERT} ; LOAD SILENT <{canary.url}>"
    assert change(client, update).status_code == 204
    assert (values(client), canary.calls) == (["new", "old"], [])


def test_words_and_names_that_only_look_like_fetching_are_data(client: TestClient) -> None:
    update = f'PREFIX e: <{EX}> INSERT DATA {{ GRAPH <{GRAPH}> {{ e:s e:p "LOAD <x> SERVICE" , e:download }} }} # LOAD'
    assert change(client, update).status_code == 204
    assert values(client) == [f"{EX}download", "LOAD <x> SERVICE", "old"]


REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("by GET", "GET", {"params": {"update": "CLEAR ALL"}}, 405),
    ("in the URL", "POST", {"params": {"update": "CLEAR ALL"}, "headers": UPDATE, "content": "CLEAR ALL"}, 400),
    ("text", "POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "text/plain"}}, 415),
    ("multipart", "POST", {"files": {"update": ("u", b"CLEAR ALL")}}, 415),
    ("two", "POST", {"data": {"update": ["CLEAR ALL", "CLEAR ALL"]}}, 400),
    ("none", "POST", {"data": {"x": "CLEAR ALL"}}, 400),
    ("query", "POST", {"data": {"query": "ASK {}"}}, 400),
    ("query and update", "POST", {"data": {"query": "ASK {}", "update": "CLEAR ALL"}}, 400),
    ("syntax", "POST", {"data": {"update": "CLEAR EVERYTHING"}}, 400),
    ("half wrong", "POST", {"data": {"update": "CLEAR ALL ; DROP GRAPH <urn:x:none>"}}, 400),
    (
        "other charset",
        "POST",
        {"content": b"", "headers": {"Content-Type": "application/sparql-update;charset=sjis"}},
        415,
    ),
    ("not UTF-8", "POST", {"content": b"CLEAR ALL #\xff", "headers": UPDATE}, 400),
    ("too large", "POST", {"content": b"CLEAR ALL #" + b"x" * 1_000_000, "headers": UPDATE}, 413),
    ("too deep", "POST", {"content": "INSERT DATA " + "{" * 100, "headers": UPDATE}, 400),
]


@pytest.mark.parametrize(("method", "sent", "status"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_no_update_changes_nothing(client: TestClient, method: str, sent: dict[str, Any], status: int) -> None:
    assert client.request(method, "/update", **sent).status_code == status
    assert values(client) == ["old"]


def test_a_change_that_takes_too_long_is_stopped_and_nothing_of_it_done(client: TestClient) -> None:
    triples = " ".join(f"<{EX}{n}> <{EX}q> {n} ." for n in range(300))
    assert change(client, f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {triples} }} }}").status_code == 204
    endless = " ".join(f"?s{n} <{EX}q> ?o{n} ." for n in range(5))
    update = f"CLEAR GRAPH <{GRAPH}> ; INSERT {{ <{EX}a> <{EX}b> ?o0 }} WHERE {{ GRAPH <{GRAPH}> {{ {endless} }} }}"
    stopped = f"{INSERT} ; {update.partition(';')[2]}"
    client.app.state.desk.settings = Settings(update_timeout_seconds=1)
    assert change(client, stopped).status_code == 503
    client.app.state.desk.settings = Settings()
    assert values(client) == ["old"]


def test_a_killed_worker_is_replaced_and_loses_nothing(client: TestClient) -> None:
    change(client, INSERT)
    for process in client.app.state.desk.pool.processes():
        os.kill(process, signal.SIGKILL)
    assert client.get("/sparql", params={"query": VALUES}).status_code in (200, 503)
    assert values(client) == ["new", "old"]


def test_a_data_set_is_written_into_the_update() -> None:
    plain = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o . { SELECT * WHERE { ?a ?b ?c } } } ; DELETE WHERE { ?s ?p ?o }"
    assert complete_update(plain, ["urn:x:a"], ["urn:x:b"]) == (
        "DELETE { ?s ?p ?o } USING <urn:x:a> USING NAMED <urn:x:b> WHERE "
        "{ ?s ?p ?o . { SELECT * WHERE { ?a ?b ?c } } } ; "
        "DELETE { ?s ?p ?o } USING <urn:x:a> USING NAMED <urn:x:b> WHERE { ?s ?p ?o }"
    )
    ox.Store().update(complete_update(plain, ["urn:x:a"], ["urn:x:b"]))
    for double in ("WITH <urn:x:g> DELETE { ?s ?p ?o } WHERE {}", "DELETE {} USING <urn:x:g> WHERE {}"):
        with pytest.raises(Refusal, match="twice"):
            complete_update(double, ["urn:x:a"], [])
    with pytest.raises(Refusal, match="not the IRI"):
        complete_update(plain, ["> WHERE {} ; CLEAR ALL #"], [])


def test_graphs_are_put_extended_given_and_removed(client: TestClient) -> None:
    here, turtle = {"graph": f"{EX}h"}, {"Content-Type": "text/turtle"}
    sent = [
        client.put("/graphs", params=here, content=f"<{EX}s> <{EX}p> 1 .", headers=turtle).status_code,
        client.put("/graphs", params=here, content=f"<{EX}s> <{EX}p> 2 .", headers=turtle).status_code,
        client.post("/graphs", params=here, content=f"<{EX}s> <{EX}p> 3 .", headers=turtle).status_code,
        client.put("/graphs", params=here, content="<a> <b>", headers=turtle).status_code,
        client.put("/graphs", params=here, content="a", headers={"Content-Type": "text/csv"}).status_code,
        client.put("/graphs", params={"graph": "no iri"}, content="", headers=turtle).status_code,
    ]
    assert sent == [201, 204, 204, 400, 415, 400]
    given = client.get("/graphs", params=here, headers={"Accept": "application/n-triples"}).text
    assert sorted(line.split()[2][1:2] for line in given.splitlines()) == ["2", "3"]
    removed = [client.delete("/graphs", params=here).status_code for _ in range(2)]
    assert (removed, client.get("/graphs", params=here).status_code) == ([204, 404], 404)


def test_the_public_app_answers_no_update_and_has_no_such_paths(folder: Path) -> None:
    app = create_app(StorePlace(str(folder)), Settings(workers=1))
    public = TestClient(app, headers=HOLDER)
    answers = [
        public.post("/update", content=INSERT, headers=UPDATE).status_code,
        public.post("/sparql", content=INSERT, headers=UPDATE).status_code,
        public.put("/graphs", params={"graph": GRAPH}, content="").status_code,
        public.delete("/graphs", params={"graph": GRAPH}).status_code,
        public.post("/publish").status_code,
    ]
    app.state.engine.close()
    assert answers == [404, 403, 405, 405, 404]
    assert served(folder) == ["old"]
