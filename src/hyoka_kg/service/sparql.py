"""The SPARQL endpoint: GET, form POST, direct POST and QUERY at /sparql, with and without a slash at the end."""

from __future__ import annotations

import time
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hyoka_kg.service.answering import answer_question
from hyoka_kg.service.cache import key_of
from hyoka_kg.service.description import describe_endpoint, list_graphs
from hyoka_kg.service.evaluation import Asker, Engine, evaluate
from hyoka_kg.service.home import HTML, show_home
from hyoka_kg.service.lanes import Lane
from hyoka_kg.service.negotiation import GRAPH_OFFERS, choose_media_type
from hyoka_kg.service.parameters import format_values
from hyoka_kg.service.protocol import read_question
from hyoka_kg.service.records import is_recorded, note
from hyoka_kg.service.requests import Light, accept_of, address_of, client_of, mark_light
from hyoka_kg.service.sending import not_modified, reads_gzip, send_answer

METHODS = ("GET", "POST", "QUERY")
# One URL with and without a slash, and no redirect between.
PATHS = ("/sparql", "/sparql/")
# A connection whose question lasted longer is not lent.
_QUICK_SECONDS = 0.1


async def answer_query(request: Request) -> Response:
    """Answer a query; a bare GET gets the service description, or the page for a browser."""
    engine: Engine = request.app.state.engine
    question = await read_question(request, engine.settings.max_query_bytes)
    if question is None:
        return await _describe(request, engine)
    accept, endpoint, packed = accept_of(request), address_of(request), reads_gzip(request)
    key = key_of(engine.place, question, accept, endpoint, packed) if not engine.place.is_remote else ""
    if key and (unchanged := not_modified(request, key)):
        return unchanged
    answer = engine.cache.get(key)
    lane = engine.lanes.of(question.query)
    if is_recorded():
        note(request, query=key_of(question.query)[:12], lane=lane.value, cached=answer is not None)
    if answer:
        mark_light(request, Light((key, answer)))
    else:
        start = time.monotonic()
        ask = partial(
            answer_question, question=question, accept=accept, endpoint=endpoint, limits=engine.spool, packed=packed
        )
        answer = await evaluate(
            engine, ask, Asker(client_of(request), question.query, lane, question.seconds, request.receive)
        )
        engine.cache.put(key, answer)
        if lane is Lane.LIGHT and time.monotonic() - start < _QUICK_SECONDS:
            mark_light(request, Light(None))
    return send_answer(engine, answer, key)


ROUTES = [Route(path, answer_query, methods=METHODS, include_in_schema=False) for path in PATHS]


async def _describe(request: Request, engine: Engine) -> Response:
    formats = format_values(request.query_params.multi_items())
    media_type = choose_media_type((*GRAPH_OFFERS, HTML), accept_of(request), formats)
    if media_type == HTML.media_type:
        return await show_home(request, engine)
    graphs = await evaluate(engine, list_graphs)
    described = describe_endpoint(address_of(request), media_type, graphs, union=engine.place.union)
    return Response(described, media_type=media_type, headers={"Vary": "Accept"})
