"""Tools for language-model assistants over the Model Context Protocol: the canned queries, the schema, and SPARQL.

Every tool asks this service's own graph, within the same bounds as any client; none takes an address.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import mcp_types as types
from mcp.server import Server, ServerRequestContext

from hyoka_kg import __version__
from hyoka_kg.errors import HyokaError
from hyoka_kg.query import CannedQuery, load_catalogue
from hyoka_kg.query.run import CLASSES_OF_KIND
from hyoka_kg.service.answering import answer_question
from hyoka_kg.service.evaluation import Asker, Engine, evaluate
from hyoka_kg.service.first_rows import MOST_ROWS, ask_canned, find_things, summarize_schema, with_count
from hyoka_kg.service.openapi import schema_of
from hyoka_kg.service.question import Question
from hyoka_kg.service.spool import SpoolLimits

_MOST_BYTES = 400_000
_ENDPOINT = "urn:hyoka-kg:sparql"
_CLIENT = "assistants"
_INSTRUCTIONS = (
    "Answers about Japanese policy evaluation papers, each with its receipt (document, page, line). Prefer a canned "
    "query; call describe_schema before run_sparql. Quote page and line with every figure that you tell."
)
Context = ServerRequestContext[Any]
Tool = Callable[[dict[str, Any]], Awaitable[Any]]


def make_server(engine: Engine) -> Server[Any]:
    """Return the protocol's server over an engine; how it is reached (standard streams, HTTP) is the caller's."""
    tools = {**_own_tools(engine), **{query.name: _canned_tool(engine, query) for query in load_catalogue()}}

    async def list_tools(_context: Context, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[described for described, _ in tools.values()])

    async def call_tool(_context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in tools:
            return _failure(f"There is no tool '{params.name}'. Call list_queries to see what can be asked.")
        try:
            return _result(await tools[params.name][1](params.arguments or {}))
        except HyokaError as error:
            return _failure(str(error))

    return Server(
        "hyoka-kg", version=__version__, instructions=_INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def _own_tools(engine: Engine) -> dict[str, tuple[types.Tool, Tool]]:
    async def list_queries(_arguments: dict[str, Any]) -> Any:
        return [{"tool": q.name, "question": q.summary_en, "question_ja": q.summary} for q in load_catalogue()]

    async def describe_schema(_arguments: dict[str, Any]) -> Any:
        return await evaluate(engine, summarize_schema, Asker(_CLIENT))

    async def search_texts(arguments: dict[str, Any]) -> Any:
        words, kind = str(arguments.get("words", "")), str(arguments.get("kind", ""))
        return await evaluate(engine, partial(find_things, words=words, kind=kind), Asker(_CLIENT))

    words = {
        "words": {"type": "string", "description": "Words with spaces between, in Japanese or English."},
        "kind": {"type": "string", "description": f"Only things of a kind: {', '.join(CLASSES_OF_KIND)}."},
    }
    query = {"query": {"type": "string", "description": "A SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE query."}}
    described: list[tuple[types.Tool, Tool]] = [
        (_tool("list_queries", "The questions that are ready, each a tool of its own.", {}), list_queries),
        (_tool("describe_schema", "Classes, their properties and how often each is used.", {}), describe_schema),
        (
            _tool(
                "search_texts", f"Things by words in their names and texts, the first {MOST_ROWS}.", words, ["words"]
            ),
            search_texts,
        ),
        (
            _tool("run_sparql", f"Ask this graph in SPARQL; at most {MOST_ROWS} rows come back.", query, ["query"]),
            partial(_run_sparql, engine),
        ),
    ]
    return {tool.name: (tool, run) for tool, run in described}


def _canned_tool(engine: Engine, query: CannedQuery) -> tuple[types.Tool, Tool]:
    properties = {
        parameter.name: {
            **schema_of(parameter),
            "description": f"{parameter.description_en} ({parameter.description_ja})",
        }
        for parameter in query.params
    }

    async def run(arguments: dict[str, Any]) -> Any:
        values = {name: str(value) for name, value in arguments.items()}
        return await evaluate(engine, partial(ask_canned, query=query, values=values), Asker(_CLIENT))

    text = f"{query.summary_en}\n{query.summary}\nColumns: {', '.join(query.columns)}. {query.description}"
    return _tool(query.name, text, properties), run


def _tool(name: str, text: str, properties: dict[str, Any], required: list[str] | None = None) -> types.Tool:
    schema = {"type": "object", "properties": properties, "required": required or [], "additionalProperties": False}
    about = types.ToolAnnotations(read_only_hint=True, open_world_hint=False)
    return types.Tool(name=name, description=text, input_schema=schema, annotations=about)


async def _run_sparql(engine: Engine, arguments: dict[str, Any]) -> Any:
    question = Question(str(arguments.get("query", "")))
    limits = SpoolLimits(engine.spool.folder, _MOST_BYTES)
    ask = partial(answer_question, question=question, accept=None, endpoint=_ENDPOINT, limits=limits, packed=False)
    answer = await evaluate(engine, ask, Asker(_CLIENT, question.query, engine.lanes.of(question.query)))
    if not answer.media_type.endswith("json"):
        return {"turtle": answer.body.decode()}
    result = json.loads(answer.body)
    if "boolean" in result:
        return {"boolean": result["boolean"]}
    rows = result["results"]["bindings"]
    return with_count({"columns": result["head"]["vars"], "rows": rows[:MOST_ROWS]}, len(rows))


def _result(value: Any) -> types.CallToolResult:
    text = json.dumps(value, ensure_ascii=False)
    structured = value if isinstance(value, dict) else {"items": value}
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=structured)


def _failure(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)
