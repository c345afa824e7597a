"""The read side of the Graph Store Protocol (SPARQL 1.1): one named graph, or the default graph, by HTTP GET.

The same module says what the graph holds (VoID), because both are the graph itself and not an answer to a query.
"""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hyoka_kg.query import maintenance_text, run_maintenance
from hyoka_kg.service.cache import key_of
from hyoka_kg.service.description import convert_triples, describe_graph
from hyoka_kg.service.evaluation import Asker, Engine, EngineOfApp, evaluate
from hyoka_kg.service.lanes import Lane
from hyoka_kg.service.negotiation import GRAPH_OFFERS, choose_media_type
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import accept_of, client_of
from hyoka_kg.service.sending import not_modified, reads_gzip, send_answer
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.store import GraphStore

router = APIRouter(tags=["graphs"])
_HOW = "Name one graph: ?graph=IRI, or the default graph: ?default."


@router.get("/graphs", summary="One graph (?graph=IRI), or the default graph (?default)")
async def show_graph(request: Request, engine: EngineOfApp) -> Response:
    """Give a graph of the store in any RDF format; an unknown graph is 404."""
    name = _named(request)
    media_type = choose_media_type(GRAPH_OFFERS, accept_of(request), request.query_params.getlist("format"))
    packed = reads_gzip(request)
    ask = partial(read_graph, name=name, media_type=media_type, limits=engine.spool, packed=packed)
    return await answer_by(request, engine, ask, key_of(engine.place, "graph", name, media_type, packed))


@router.get("/.well-known/void", summary="What the graph holds: classes, properties and how many (VoID)")
async def show_contents(request: Request, engine: EngineOfApp) -> Response:
    """Describe the default graph; counted once a build."""
    media_type = choose_media_type(GRAPH_OFFERS, accept_of(request), request.query_params.getlist("format"))
    base = str(request.base_url)
    key = key_of(engine.place, "void", base)
    answer = engine.cache.get(key)
    if answer is None:
        ask = partial(describe_graph, dataset=f"{base}.well-known/void", endpoint=f"{base}sparql")
        counted = await evaluate(engine, ask, Asker(client_of(request), lane=Lane.HEAVY))
        answer = Answer("application/n-triples", counted, size=len(counted))
        engine.cache.put(key, answer)
    headers = {"Vary": "Accept", "Cache-Control": "public, max-age=300"}
    return Response(convert_triples(answer.body, media_type), media_type=media_type, headers=headers)


async def answer_by(request: Request, engine: Engine, ask: partial[Answer], key: str) -> Response:
    """Return the response of a question that is no query of the client's: 304, kept, or asked now."""
    key = "" if engine.place.is_remote else key
    if key and (unchanged := not_modified(request, key)):
        return unchanged
    answer = engine.cache.get(key)
    if answer is None:
        answer = await evaluate(engine, ask, Asker(client_of(request), receive=request.receive))
        engine.cache.put(key, answer)
    return send_answer(engine, answer, key)


def read_graph(store: GraphStore, *, name: str | None, media_type: str, limits: SpoolLimits, packed: bool) -> Answer:
    """Return a graph of the store; None is the default graph.

    Raises:
        Refusal: 404, it does not exist; 413, it is too large.
    """
    if name is not None and not run_maintenance(store, "graph_stated", graph=name).rows:
        raise Refusal(404, f"There is no graph <{name}>. The service description at /sparql names them.")
    text = maintenance_text("everything") if name is None else maintenance_text("graph_content", graph=name)
    spool = Spool(limits, packed=packed)
    store.write(text, media_type, spool)
    return spool.finish(media_type)


def _named(request: Request) -> str | None:
    names, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(names) + default != 1:
        raise Refusal(400, f"The request names {len(names) + default} graphs. {_HOW}")
    return None if default else names[0]
