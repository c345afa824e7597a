"""An assistant finds the questions as typed tools, gets rows with their receipts, and is told what was left out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from hyoka_kg.config import Settings
from hyoka_kg.query import load_catalogue
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

JUKI = "hyk:project/mic/juki-net-security"


def _talk(server: Any, *calls: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    async def talk() -> tuple[list[Any], list[Any]]:
        async with Client(server, read_timeout_seconds=30) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(talk)


@pytest.fixture(scope="module")
def address(sample_store: Path, serve: Callable[[Any], AbstractContextManager[str]]) -> Iterator[str]:
    with serve(create_app(StorePlace(str(sample_store)), Settings(workers=1))) as url:
        yield f"{url}/mcp"


def _value(result: Any) -> Any:
    assert not result.is_error, result.content[0].text
    return json.loads(result.content[0].text)


@pytest.mark.network
def test_each_canned_query_is_a_typed_tool(address: str) -> None:
    tools, _ = _talk(address)
    named = {tool.name: tool for tool in tools}
    assert {query.name for query in load_catalogue()} | {
        "list_queries",
        "describe_schema",
        "search_texts",
        "run_sparql",
    } == set(named)
    schema = named["cq09_execution_rate_below"].input_schema["properties"]["threshold"]
    assert (schema["type"], schema["examples"]) == ("number", ["50"])
    assert all(tool.annotations.read_only_hint for tool in tools)


@pytest.mark.network
def test_tools_answer_with_receipts_and_say_what_they_left_out(address: str) -> None:
    many = {"query": "SELECT * { ?s ?p ?o }"}
    some = {"query": "SELECT * { ?s ?p ?o } LIMIT 60"}
    _, answers = _talk(
        address,
        ("tr01_trace_of_a_project", {"project": JUKI}),
        ("run_sparql", some),
        ("run_sparql", {"query": "ASK { ?s ?p ?o }"}),
        ("run_sparql", {"query": "SELECT * { ?s <http://example.org/none> ?o }"}),
        ("describe_schema", {}),
        ("list_queries", {}),
        ("run_sparql", many),
        ("run_sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}),
        ("tr01_trace_of_a_project", {"project": "no such"}),
        ("drop_everything", {}),
    )
    trace, cut, ask, none, schema, listed = map(_value, answers[:6])
    assert {"page", "line", "stated_in"} <= set(trace["columns"])
    assert (len(trace["rows"]) <= 50, trace["total_rows"] > 0) == (True, True)
    assert (len(cut["rows"]), "first 50 of 60" in cut["note"]) == (50, True)
    assert (ask["boolean"], none["rows"], "describe_schema" in none["note"]) == (True, [], True)
    assert "hyoka:Project" in schema["classes"]
    assert len(listed) == len(load_catalogue())
    assert [answer.is_error for answer in answers[6:]] == [True] * 4
    assert "LIMIT" in answers[6].content[0].text


@pytest.mark.network
def test_the_tools_are_there_over_standard_streams(sample_store: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "hyoka_kg.cli", "mcp", "--store", str(sample_store)]
    )
    tools, answers = _talk(command, ("cq11_numbers_of_a_project", {"project": JUKI}))
    assert len(tools) == len(load_catalogue()) + 4
    assert _value(answers[0])["total_rows"] > 1
