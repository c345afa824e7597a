"""The Graph Store Protocol (SPARQL 1.1) over a draft: /graphs?graph=IRI, /graphs?default, or a graph's own URL."""

from __future__ import annotations

import uuid
from functools import partial

import pyoxigraph as ox
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from hyoka_kg.errors import QueryError
from hyoka_kg.service.negotiation import GRAPH_OFFERS, choose_media_type
from hyoka_kg.service.private.desk import desk_of
from hyoka_kg.service.private.requests import content_type, read_body
from hyoka_kg.service.private.rewriting import graph_iri
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import accept_of, address_of
from hyoka_kg.service.sending import reads_gzip, send_answer
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.store.drafts import DraftStore

_MULTIPART = "multipart/form-data"
_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


async def answer_graph(request: Request) -> Response:
    """Give, replace, extend or remove one graph."""
    name = _named(request)
    if request.method in ("GET", "HEAD"):
        return await _give(request, name)
    if request.method == "DELETE":
        await desk_of(request).ask(partial(remove_graph, name=name))
        return Response(status_code=204)
    payload = await _read_payload(request, name)
    change = replace_graph if request.method == "PUT" else extend_graph
    existed = await desk_of(request).ask(partial(change, name=name, payload=payload))
    return Response(status_code=204 if existed else 201)


async def answer_store(request: Request) -> Response:
    """Give a new graph a name of its own, and tell it in Location; with a graph named, change that one."""
    if request.method != "POST" or request.url.query:
        return await answer_graph(request)
    location = f"{address_of(request).rstrip('/')}/{uuid.uuid4()}"
    payload = await _read_payload(request, location)
    await desk_of(request).ask(partial(extend_graph, name=location, payload=payload))
    return Response(status_code=201, headers={"Location": location})


Payload = list[tuple[bytes, str, str]]


def replace_graph(store: DraftStore, *, name: str | None, payload: Payload) -> bool:
    """Let a graph hold what was sent; return whether it was there before."""
    existed, triples = store.has_graph(name), _parse(payload)
    store.replace_graph(name, triples)
    return existed


def extend_graph(store: DraftStore, *, name: str | None, payload: Payload) -> bool:
    """Add what was sent to a graph; return whether it was there before."""
    existed, triples = store.has_graph(name), _parse(payload)
    store.add_to_graph(name, triples)
    return existed


def remove_graph(store: DraftStore, *, name: str | None) -> None:
    """Remove a graph.

    Raises:
        Refusal: 404, it is not there.
    """
    _refuse_unknown(store, name)
    store.drop_graph(name)


def give_graph(store: DraftStore, *, name: str | None, media_type: str, limits: SpoolLimits, packed: bool) -> Answer:
    """Return a graph of the draft.

    Raises:
        Refusal: 404, it is not there; 413, it is too large.
    """
    _refuse_unknown(store, name)
    spool = Spool(limits, packed=packed)
    store.write_graph(name, media_type, spool)
    return spool.finish(media_type)


async def _give(request: Request, name: str | None) -> Response:
    desk = desk_of(request)
    media_type = choose_media_type(GRAPH_OFFERS, accept_of(request), request.query_params.getlist("format"))
    packed = reads_gzip(request)
    ask = partial(give_graph, name=name, media_type=media_type, limits=desk.spool, packed=packed)
    return send_answer(desk, await desk.ask(ask), "")


def _refuse_unknown(store: DraftStore, name: str | None) -> None:
    if not store.has_graph(name):
        raise Refusal(404, f"There is no graph <{name}> in the draft.")


def _named(request: Request) -> str | None:
    names, default = request.query_params.getlist("graph"), "default" in request.query_params
    if request.path_params.get("path") and not names and not default:
        return address_of(request)
    if len(names) + default != 1:
        raise Refusal(400, f"The request names {len(names) + default} graphs. Name one: ?graph=IRI, or ?default.")
    return None if default else graph_iri(names[0]).value


async def _read_payload(request: Request, name: str | None) -> Payload:
    limit = desk_of(request).settings.max_update_mb * 1_000_000
    media_type, base = content_type(request), name or address_of(request)
    if media_type != _MULTIPART:
        _refuse_format(media_type)
        return [(await read_body(request, limit), media_type, base)]
    if int(request.headers.get("content-length") or limit + 1) > limit:
        raise Refusal(413, f"The request is larger than {limit:,} bytes, or does not say how large it is.")
    async with request.form() as form:
        files = [file for _, file in form.multi_items() if isinstance(file, UploadFile)]
        payload = [(await file.read(), (file.content_type or "").partition(";")[0].strip(), base) for file in files]
    for _, sent, _ in payload:
        _refuse_format(sent)
    return payload


def _refuse_format(media_type: str) -> None:
    if media_type not in _FORMATS:
        raise Refusal(415, f"Triples do not come as '{media_type}'. Send one of: {', '.join(_FORMATS)}.")


def _parse(payload: Payload) -> list[ox.Triple]:
    try:
        return [
            quad.triple
            for body, media_type, base in payload
            for quad in ox.parse(body, format=_FORMATS[media_type], base_iri=base, rename_blank_nodes=True)
        ]
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"The triples cannot be read: {error}") from error
