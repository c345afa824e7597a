"""The SPARQL endpoint: GET, form POST and direct POST at /sparql, with and without a slash at the end."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hyoka_kg.service.description import describe_endpoint
from hyoka_kg.service.evaluation import EngineOfApp, evaluate
from hyoka_kg.service.guard import refuse_unsafe
from hyoka_kg.service.home import HTML, show_home
from hyoka_kg.service.negotiation import GRAPH_OFFERS, choose_media_type, offers_for
from hyoka_kg.service.preparation import prepare_query
from hyoka_kg.service.protocol import Question, format_values, read_question
from hyoka_kg.store import GraphStore

router = APIRouter(tags=["sparql"])
_VARY = {"Vary": "Accept"}


# One route for both methods, so that a 405 names both; kept out of /openapi.json, which wants one route a method.
@router.api_route("/sparql", methods=["GET", "POST"], include_in_schema=False)
@router.api_route("/sparql/", methods=["GET", "POST"], include_in_schema=False)
async def answer_query(request: Request, engine: EngineOfApp) -> Response:
    """Answer a query; a bare GET gets the service description, or the page for a browser."""
    question = await read_question(request, request.app.state.settings.max_query_bytes)
    if question is None:
        return await _describe(request, engine)
    return await _answer(request, engine, question)


async def _answer(request: Request, engine: EngineOfApp, question: Question) -> Response:
    ask = partial(_ask, question=question, accept=_accept_of(request), endpoint=_address(request))
    media_type, body = await evaluate(engine, ask)
    return Response(body, media_type=media_type, headers=_VARY)


def _ask(store: GraphStore, *, question: Question, accept: str | None, endpoint: str) -> tuple[str, bytes]:
    query = prepare_query(question.query, endpoint)
    refuse_unsafe(query)
    offers = offers_for(store.query_form(query))
    media_type = choose_media_type(offers, accept, question.formats)
    body = store.serialize(
        query,
        media_type,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
    )
    return media_type, body


async def _describe(request: Request, engine: EngineOfApp) -> Response:
    formats = format_values(request.query_params.multi_items())
    media_type = choose_media_type((*GRAPH_OFFERS, HTML), _accept_of(request), formats)
    if media_type == HTML.media_type:
        return await show_home(request, engine)
    return Response(describe_endpoint(_address(request), media_type), media_type=media_type, headers=_VARY)


def _address(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _accept_of(request: Request) -> str | None:
    # A list may come in several lines (RFC 9110, section 5.3).
    lines = request.headers.getlist("accept")
    return ", ".join(lines) if lines else None
