"""Search over HTTP: things by words in their names and printed texts, by pages, as JSON or as a table."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hyoka_kg.query.binding import show_value
from hyoka_kg.service.cache import key_of
from hyoka_kg.service.evaluation import Asker, EngineOfApp, evaluate
from hyoka_kg.service.explorer.routes import show_found_page, wants_page
from hyoka_kg.service.finding import answer_search
from hyoka_kg.service.paging import links_between, take_page
from hyoka_kg.service.question import Page
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import client_of, single_values
from hyoka_kg.service.sending import not_modified, reads_gzip, send_answer
from hyoka_kg.service.tables import STYLES

router = APIRouter(tags=["search"])
_USUAL_SIZE = 20
_HOW = "Search with /search?q=WORDS, and as you like kind=, ministry=, year=, page=, size=."


@router.get(
    "/search", summary="Things by words in their names and printed texts: ?q=…&kind=…&ministry=…&year=…&page=…&size=…"
)
async def show_search(request: Request, engine: EngineOfApp) -> Response:
    """Search and answer in JSON, or by a page for people."""
    if wants_page(request):
        return await show_found_page(request, engine)
    style = request.query_params.get("format", "")
    if style and style not in STYLES:
        raise Refusal(404, f"There is no format={show_value(style)} of a search. There are: {', '.join(STYLES)}.")
    if style:
        return await _answer(request, engine, style)
    return await _answer(request, engine, "")


@router.get("/search.{style}", summary="The same as a table: csv, excel.csv, tsv, md, ttl, json")
async def show_search_table(request: Request, engine: EngineOfApp, style: str) -> Response:
    """Search and answer in the style that the suffix names."""
    if style not in STYLES:
        raise Refusal(404, f"There is no .{style} of a search. There are: {', '.join(STYLES)}.")
    return await _answer(request, engine, style)


async def _answer(request: Request, engine: EngineOfApp, style: str) -> Response:
    values = single_values(request)
    page = take_page(values, _USUAL_SIZE) or Page(1, _USUAL_SIZE)
    words, kind = values.pop("q", ""), values.pop("kind", "")
    ministry, year = values.pop("ministry", ""), values.pop("year", "")
    values.pop("lang", None)
    values.pop("format", None)
    if values:
        raise Refusal(400, f"A search has no parameter '{next(iter(values))}'. {_HOW}")
    if engine.place.is_remote:
        raise Refusal(501, "This service stands in front of another server and has no index of its texts. Use SPARQL.")
    packed = reads_gzip(request)
    key = key_of(engine.place, "search", words, kind, ministry, year, page, style, packed)
    if unchanged := not_modified(request, key):
        return unchanged
    answer = engine.cache.get(key)
    if answer is None:
        ask = partial(
            answer_search,
            words=words,
            kind=kind,
            ministry=ministry,
            year=year,
            page=page,
            style=style,
            limits=engine.spool,
            packed=packed,
        )
        answer = await evaluate(engine, ask, Asker(client_of(request), receive=request.receive))
        engine.cache.put(key, answer)
    headers = {"X-Total-Count": str(answer.rows), "Link": links_between(request, page, answer.rows)}
    return send_answer(engine, answer, key, headers)
