"""The canned queries over HTTP: their list, and each answer at an address of its own, whole or by pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, Parameter, load_catalogue
from hyoka_kg.service.cache import key_of
from hyoka_kg.service.canned import answer_canned
from hyoka_kg.service.evaluation import Asker, Engine, EngineOfApp, evaluate
from hyoka_kg.service.executables import describe_catalogue
from hyoka_kg.service.explorer.routes import show_question_page, show_questions_page, wants_page
from hyoka_kg.service.negotiation import GRAPH_OFFERS, Offer, choose_media_type
from hyoka_kg.service.paging import links_between, take_page
from hyoka_kg.service.question import Page
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import accept_of, client_of, single_values
from hyoka_kg.service.sending import not_modified, reads_gzip, send_answer
from hyoka_kg.service.tables import STYLES

router = APIRouter(tags=["queries"])
_TEXT = "rq"
_JSON = Offer("application/json", (), ("json",))


@router.get("/queries", summary="The canned queries, with their questions and parameters; as RDF when asked")
async def list_queries(request: Request, engine: EngineOfApp) -> Response:
    """List the canned queries as JSON, as `sh:SPARQLExecutable` in any RDF format, or by a page for people."""
    if wants_page(request):
        return await show_questions_page(request, engine)
    formats = request.query_params.getlist("format")
    media_type = choose_media_type((_JSON, *GRAPH_OFFERS), accept_of(request), formats)
    if media_type == _JSON.media_type:
        return JSONResponse([_describe(request, query) for query in load_catalogue()], headers={"Vary": "Accept"})
    return _executables(request, media_type)


@router.get("/.well-known/sparql-examples", summary="The canned queries as sh:SPARQLExecutable")
async def list_executables(request: Request) -> Response:
    """List the canned queries as RDF."""
    return _executables(request, choose_media_type(GRAPH_OFFERS, accept_of(request), ()))


def _executables(request: Request, media_type: str) -> Response:
    body = describe_catalogue(load_catalogue(), str(request.base_url), media_type)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


@router.get("/queries/{name}", summary="What a canned query asks; with a suffix such as .csv, its answer")
async def show_query(request: Request, engine: EngineOfApp, name: str) -> Response:
    """Describe a canned query, or answer it: the suffix says how, the other parameters are the query's own."""
    stem, _, style = name.partition(".")
    query = _find(stem)
    if style == _TEXT:
        return PlainTextResponse(query.text, media_type="application/sparql-query")
    if not style and wants_page(request):
        return await show_question_page(request, engine, query)
    if not style:
        return JSONResponse({**_describe(request, query), "sparql": query.text})
    if style not in STYLES:
        known = ", ".join([*STYLES, _TEXT])
        raise Refusal(404, f"There is no .{style} of a canned query. There are: {known}.")
    return await _answer(request, engine, query, style)


async def _answer(request: Request, engine: Engine, query: CannedQuery, style: str) -> Response:
    values = single_values(request)
    page = take_page(values)
    packed, place = reads_gzip(request), engine.place
    key = "" if place.is_remote else key_of(place, query.id, sorted(values.items()), style, page, packed)
    if key and (unchanged := not_modified(request, key)):
        return unchanged
    answer = engine.cache.get(key)
    if answer is None:
        ask = partial(
            answer_canned, query=query, values=values, style=style, page=page, limits=engine.spool, packed=packed
        )
        answer = await evaluate(engine, ask, Asker(client_of(request), receive=request.receive))
        engine.cache.put(key, answer)
    return send_answer(engine, answer, key, _about(request, query, style, page, answer.rows))


def _about(request: Request, query: CannedQuery, style: str, page: Page | None, total: int) -> dict[str, str]:
    headers = {"X-Total-Count": str(total)}
    if style.endswith("csv"):
        # RFC 6266, section 4.3: the Japanese name for those who read it, and a plain one for the others.
        name = quote(f"{query.id}_{query.summary}.csv", safe="")
        headers["Content-Disposition"] = f"inline; filename=\"{query.id}.csv\"; filename*=UTF-8''{name}"
    if page:
        headers["Link"] = links_between(request, page, total)
    return headers


def _find(name: str) -> CannedQuery:
    try:
        return load_catalogue()[name]
    except QueryError as error:
        known = ", ".join(query.id for query in load_catalogue())
        raise Refusal(404, f"There is no canned query '{name}'. There are: {known}.") from error


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
        "links": {"self": base, **{style: f"{base}.{style}" for style in (*STYLES, _TEXT)}},
    }


def _describe_parameter(parameter: Parameter) -> Mapping[str, Any]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "of": parameter.of,
        "default": parameter.default,
        "optional": parameter.optional,
        "description_ja": parameter.description_ja,
        "description_en": parameter.description_en,
    }
