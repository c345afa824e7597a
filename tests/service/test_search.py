"""Search over HTTP, from the command line and as a tool: the same things, each with the paper that states it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from starlette.testclient import TestClient
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.config import Settings
from hyoka_kg.query.search import excerpt
from hyoka_kg.service import create_app
from hyoka_kg.service.assistant import make_server
from hyoka_kg.store import StorePlace

JUKI = "https://w3id.org/hyoka/id/project/mic/juki-net-security"


@pytest.fixture(scope="module")
def site(sample_store: Path, client_over: Callable[..., AbstractContextManager[TestClient]]) -> Iterator[TestClient]:
    with client_over(StorePlace(str(sample_store)), client_seconds=0) as made:
        yield made


def test_a_project_is_found_by_a_part_of_its_name(site: TestClient) -> None:
    answer = site.get("/search", params={"q": "住民基本台帳ネットワーク", "kind": "project"})
    assert answer.status_code == 200
    record = answer.json()
    assert (record["total"], record["found"][0]["thing"]) == (1, JUKI)
    assert answer.headers["x-total-count"] == "1"


def test_a_printed_text_comes_with_paper_page_and_line(site: TestClient) -> None:
    found = site.get("/search", params={"q": "住民基本台帳法第３０条", "kind": "hyoka:TextCell"}).json()["found"]
    assert [(one["document"], one["page"], one["line"]) for one in found] == [
        ("mic-review-sheet-fy2018-0036", "1", "18")
    ]


def test_pages_are_linked_and_add_up(site: TestClient) -> None:
    whole = site.get("/search", params={"q": "情報", "size": 1000}).json()
    address, seen = "/search?q=情報&size=7", []
    while address:
        answer = site.get(address)
        seen += answer.json()["found"]
        address = answer.links.get("next", {}).get("url", "")
    assert (seen, len(seen)) == (whole["found"], whole["total"])
    assert whole["total"] > 20


def test_the_same_things_come_as_a_table(site: TestClient) -> None:
    found = site.get("/search", params={"q": "情報", "size": 9}).json()["found"]
    rows = list(csv.DictReader(io.StringIO(site.get("/search.csv", params={"q": "情報", "size": 9}).text, newline="")))
    assert [row["thing"] for row in rows] == [one["thing"] for one in found]
    assert site.get("/search.json", params={"q": "情報", "size": 9}).json()[0]["text"] == found[0]["text"]
    assert site.get("/search.md", params={"q": "情報"}).text.startswith("| thing | kind |")


def test_a_search_that_was_answered_is_not_answered_again(site: TestClient) -> None:
    first = site.get("/search", params={"q": "情報"})
    again = site.get("/search", params={"q": "情報"}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


REFUSED = {
    "": "nothing to look for",
    "q=": "nothing to look for",
    "q=%E3%80%80": "nothing to look for",
    "q=a&kind=ministr": "There are: project, document",
    "q=a&page=0": "page=0 is not a number",
    "q=a&size=1001": "size=1001 is not a number",
    "q=a&limit=5": "no parameter 'limit'",
    "q=a&q=b": "more than once",
    f"q={'a' * 201}": "at most 200",
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_be_searched_is_told(site: TestClient, asked: str) -> None:
    answer = site.get(f"/search?{asked}")
    assert (answer.status_code, REFUSED[asked] in answer.text) == (400, True), answer.text


HOSTILE = [
    '" OR "',
    "a* NEAR b",
    "'; DROP TABLE hit; --",
    "plain:情報",
    "%00",
    "\u202e情報",
    "(((((",
    "🦊",
    "^情報",
    "a" * 200,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_signs_of_the_index_are_characters_like_others(site: TestClient, words: str) -> None:
    assert site.get("/search", params={"q": words}).status_code == 200


def test_there_is_no_other_style(site: TestClient) -> None:
    answer = site.get("/search.pdf?q=a")
    assert (answer.status_code, "csv, excel.csv" in answer.text) == (404, True)


def test_a_store_without_an_index_says_so(client_with: Callable[..., TestClient]) -> None:
    answer = client_with().get("/search?q=a")
    assert (answer.status_code, "hyoka build" in answer.text) == (400, True)
    remote = client_with(StorePlace("sparql:http://127.0.0.1:9/")).get("/search?q=a")
    assert (remote.status_code, "no index" in remote.text) == (501, True)


def test_the_description_of_the_api_offers_it(site: TestClient) -> None:
    paths = site.get("/openapi.json").json()["paths"]
    names = [parameter["name"] for parameter in paths["/search"]["get"]["parameters"]]
    assert names == ["q", "kind", "page", "size"]
    assert {"/search.csv", "/search.md"} < set(paths)


def test_an_assistant_searches_with_the_same_result(sample_store: Path) -> None:
    engine = create_app(StorePlace(str(sample_store)), Settings(workers=1)).state.engine

    async def talk() -> Any:
        async with Client(make_server(engine), read_timeout_seconds=30) as client:
            return [
                await client.call_tool("search_texts", {"words": words}) for words in ("情報", "無い語句", "", "\ud800")
            ]

    try:
        many, none, empty, half = anyio.run(talk)
    finally:
        engine.close()
    value = json.loads(many.content[0].text)
    assert len(value["found"]) == 50 < value["total_rows"]
    assert "Only the first 50" in value["note"]
    assert json.loads(none.content[0].text)["total_rows"] == 0
    assert "nothing to look for" in empty.content[0].text
    assert "half of a character" in half.content[0].text


def test_the_command_prints_the_same_things(sample_store: Path) -> None:
    arguments = [
        "search",
        "住民基本台帳ネットワーク",
        "--kind",
        "project",
        "--format",
        "csv",
        "--store",
        str(sample_store),
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert "hyk:project/mic/juki-net-security,hyoka:Project,skos:prefLabel" in result.stdout
    assert "1 of 1 things" in result.stderr


def test_a_long_text_is_shown_around_the_word() -> None:
    text = f"{'前' * 200}ｻｰﾊﾞｰ{'後' * 200}"
    shown = excerpt(text, "サーバ")
    assert (shown[0], shown[-1], "ｻｰﾊﾞｰ" in shown, len(shown)) == ("…", "…", True, 162)
    assert excerpt(" a\n b", "b") == "a b"
    assert excerpt("前" * 200, "無い").endswith("前…")
