"""Put the private service together: every request but /health carries the token, and only POST, PUT, DELETE change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hyoka_kg import __version__
from hyoka_kg.config import Settings
from hyoka_kg.errors import ShapeViolation, StoreError
from hyoka_kg.service.answering import answer_question
from hyoka_kg.service.description import describe_endpoint, list_graphs
from hyoka_kg.service.failures import add_failure_answers
from hyoka_kg.service.guard import refuse_unsafe_update
from hyoka_kg.service.negotiation import GRAPH_OFFERS, choose_media_type
from hyoka_kg.service.preparation import prepare_query
from hyoka_kg.service.private.desk import Desk, desk_of
from hyoka_kg.service.private.graphs import answer_graph, answer_store
from hyoka_kg.service.private.publishing import publish_draft
from hyoka_kg.service.private.requests import read_update
from hyoka_kg.service.private.rewriting import complete_update
from hyoka_kg.service.private.tokens import TokenDoor
from hyoka_kg.service.protocol import read_question
from hyoka_kg.service.records import Recorder, Records
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import accept_of, address_of
from hyoka_kg.service.sending import reads_gzip, send_answer
from hyoka_kg.store.drafts import Draft, DraftStore

_GRAPH_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"]


def assemble(draft: Draft, settings: Settings, token: str) -> FastAPI:
    """Return the web application over a draft."""
    app = FastAPI(
        title="hyoka-kg draft",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.desk = Desk(draft, settings)
    app.router.routes.extend(_routes())
    add_failure_answers(app)
    app.add_middleware(TokenDoor, token=token)
    app.add_middleware(Recorder, records=Records())
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.desk.close()


def _routes() -> list[Route]:
    routes = [
        Route("/health", show_health),
        Route("/publish", publish, methods=["POST"]),
        Route("/graphs/{path:path}", answer_graph, methods=_GRAPH_METHODS),
    ]
    for slash in ("", "/"):
        routes.insert(0, Route(f"/sparql{slash}", answer_query, methods=["GET", "POST"]))
        routes.insert(0, Route(f"/update{slash}", answer_update, methods=["POST"]))
        routes.insert(0, Route(f"/graphs{slash}", answer_store, methods=_GRAPH_METHODS))
    return routes


async def show_health(request: Request) -> Response:
    """Tell that the service answers."""
    return JSONResponse({"status": "ok", "version": __version__})


async def answer_query(request: Request) -> Response:
    """Answer a query over the draft; a bare GET gets the service description."""
    desk, accept = desk_of(request), accept_of(request)
    question = await read_question(request, desk.settings.max_query_bytes)
    if question is None:
        media_type = choose_media_type(GRAPH_OFFERS, accept, request.query_params.getlist("format"))
        graphs = await desk.ask(list_graphs)
        described = describe_endpoint(address_of(request), media_type, graphs, union=desk.settings.union_default_graph)
        return Response(described, media_type=media_type)
    ask = partial(
        answer_question,
        question=question,
        accept=accept,
        endpoint=address_of(request),
        limits=desk.spool,
        packed=reads_gzip(request),
    )
    return send_answer(desk, await desk.ask(ask, question.seconds), "")


async def answer_update(request: Request) -> Response:
    """Change the draft; nothing of a request that fails is done."""
    desk = desk_of(request)
    update = await read_update(request, desk.settings.max_update_mb * 1_000_000)
    text = prepare_query(update.text, address_of(request))
    text = complete_update(text, update.default_graphs, update.named_graphs)
    refuse_unsafe_update(text)
    await desk.ask(partial(change, update=text))
    return Response(status_code=204)


def change(store: DraftStore, *, update: str) -> None:
    """Carry out an update."""
    store.update(update)


async def publish(request: Request) -> Response:
    """Let the draft serve; `check=no` leaves out the rules."""
    try:
        report = await publish_draft(desk_of(request), check=request.query_params.get("check") != "no")
    except (StoreError, ShapeViolation) as error:
        # Whoever holds the token may read what the operator reads.
        raise Refusal(409 if isinstance(error, StoreError) else 422, str(error)) from error
    return Response(report.as_json(), media_type="application/json")
