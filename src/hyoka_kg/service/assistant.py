"""Tools for language-model assistants over the Model Context Protocol: the canned queries, the schema, and SPARQL.

Every tool asks this service's own graph, within the same bounds as any client; none takes an address.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import mcp_types as types
from mcp.server import Server, ServerRequestContext

from hyoka_kg import __version__
from hyoka_kg.errors import HyokaError
from hyoka_kg.query import CannedQuery, load_catalogue, run_canned, run_maintenance, search
from hyoka_kg.query.run import CLASSES_OF_KIND
from hyoka_kg.service.answering import answer_question
from hyoka_kg.service.evaluation import Asker, Engine, evaluate
from hyoka_kg.service.openapi import schema_of
from hyoka_kg.service.question import Question
from hyoka_kg.service.spool import SpoolLimits
from hyoka_kg.service.tables import rows_as_json
from hyoka_kg.store import GraphStore, Rows
from hyoka_kg.vocabulary import PREFIXES, compact

_MOST_ROWS = 50
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
                "search_texts", f"Things by words in their names and texts, the first {_MOST_ROWS}.", words, ["words"]
            ),
            search_texts,
        ),
        (
            _tool("run_sparql", f"Ask this graph in SPARQL; at most {_MOST_ROWS} rows come back.", query, ["query"]),
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


def find_things(store: GraphStore, *, words: str, kind: str) -> dict[str, Any]:
    """Return the first things of which a text holds the words, and what was left out.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
    """
    result = search(store, words, kind, count=_MOST_ROWS)
    return _cut({"found": [asdict(found) for found in result.found]}, result.total)


def ask_canned(store: GraphStore, *, query: CannedQuery, values: dict[str, str]) -> dict[str, Any]:
    """Return the first rows of a canned query, and what is left out."""
    rows = run_canned(store, query, values)
    shown = Rows(rows.variables, rows.rows[:_MOST_ROWS])
    return _cut({"columns": list(rows.variables), "rows": rows_as_json(shown)}, len(rows.rows))


def summarize_schema(store: GraphStore) -> dict[str, Any]:
    """Return the classes of the graph, their properties, and the prefixes to name them by."""
    classes: dict[str, dict[str, int]] = {}
    for row in run_maintenance(store, "class_properties").as_text():
        used = classes.setdefault(compact(row["class"]), {})
        name = compact(row["property"])
        used[name] = used.get(name, 0) + int(row["n"])
    return {"prefixes": PREFIXES, "classes": classes, "default_graph": "the union of all named graphs"}


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
    return _cut({"columns": result["head"]["vars"], "rows": rows[:_MOST_ROWS]}, len(rows))


def _cut(answer: dict[str, Any], total: int) -> dict[str, Any]:
    answer["total_rows"] = total
    if total > _MOST_ROWS:
        answer["note"] = f"Only the first {_MOST_ROWS} of {total} rows are here. Narrow the question, or count."
    elif not total:
        answer["note"] = "No row. The graph may name it otherwise: check with describe_schema or with fewer conditions."
    return answer


def _result(value: Any) -> types.CallToolResult:
    text = json.dumps(value, ensure_ascii=False)
    structured = value if isinstance(value, dict) else {"items": value}
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=structured)


def _failure(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)
