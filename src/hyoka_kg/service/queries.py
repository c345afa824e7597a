"""The canned queries over HTTP: their list, and each answer as JSON, CSV or Markdown at an address of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, Parameter, load_catalogue, run_canned
from hyoka_kg.service.evaluation import EngineOfApp, evaluate
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.tables import rows_as_csv, rows_as_json, rows_as_markdown
from hyoka_kg.store import Rows

router = APIRouter(tags=["queries"])
STYLES = ("json", "csv", "md", "rq")


@router.get("/queries", summary="The canned queries, with their questions and parameters")
async def list_queries(request: Request) -> JSONResponse:
    """List the canned queries."""
    return JSONResponse([_describe(request, query) for query in load_catalogue()])


@router.get("/queries/{name}.{style}", summary="The answer to a canned query; its parameters go into the URL")
async def answer_canned(request: Request, engine: EngineOfApp, name: str, style: str) -> Response:
    """Answer a canned query; `.rq` gives its SPARQL text."""
    query = _find(name)
    if style == "rq":
        return PlainTextResponse(query.text, media_type="application/sparql-query")
    if style not in _WRITERS:
        raise Refusal(404, f"There is no .{style} of a canned query. There are: {', '.join(STYLES)}.")
    values = _values(request)
    rows = await evaluate(engine, partial(run_canned, query=query, values=values))
    return _WRITERS[style](rows)


@router.get("/queries/{name}", summary="What a canned query asks, and its SPARQL text")
async def describe_canned(request: Request, name: str) -> JSONResponse:
    """Describe one canned query."""
    query = _find(name)
    return JSONResponse({**_describe(request, query), "sparql": query.text})


def _find(name: str) -> CannedQuery:
    try:
        return load_catalogue()[name]
    except QueryError as error:
        known = ", ".join(query.id for query in load_catalogue())
        raise Refusal(404, f"There is no canned query '{name}'. There are: {known}.") from error


def _values(request: Request) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in values:
            raise Refusal(400, f"The parameter '{name}' is given more than once.")
        # An empty field of a form means: no value.
        if value.strip():
            values[name] = value
    return values


def _describe(request: Request, query: CannedQuery) -> dict[str, Any]:
    base = f"{request.base_url}queries/{query.id}"
    return {
        "id": query.id,
        "name": query.name,
        "summary": query.summary,
        "summary_en": query.summary_en,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [_describe_parameter(parameter) for parameter in query.params],
        "columns": list(query.columns),
        "links": {"self": base, **{style: f"{base}.{style}" for style in STYLES}},
    }


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "of": parameter.of,
        "default": parameter.default,
        "optional": parameter.optional,
        "description_ja": parameter.description_ja,
        "description_en": parameter.description_en,
    }


def _json(rows: Rows) -> Response:
    return JSONResponse(rows_as_json(rows))


def _csv(rows: Rows) -> Response:
    return Response(rows_as_csv(rows), media_type="text/csv")


def _markdown(rows: Rows) -> Response:
    return Response(rows_as_markdown(rows), media_type="text/markdown")


_WRITERS: dict[str, Callable[[Rows], Response]] = {"json": _json, "csv": _csv, "md": _markdown}
