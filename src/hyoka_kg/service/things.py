"""Dereferencing: /id/… says 303 to /doc/…, which is a page for people, or data: what the graph says of a thing."""

from __future__ import annotations

import io
from functools import partial

import pyoxigraph as ox
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from hyoka_kg.errors import QueryError
from hyoka_kg.query import maintenance_text, run_maintenance
from hyoka_kg.service.cache import key_of
from hyoka_kg.service.description import serialize_triples
from hyoka_kg.service.evaluation import EngineOfApp
from hyoka_kg.service.explorer.routes import show_thing_page, wants_page
from hyoka_kg.service.graphs import answer_by
from hyoka_kg.service.negotiation import GRAPH_OFFERS, Offer, choose_media_type
from hyoka_kg.service.paging import take_page
from hyoka_kg.service.question import Page
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import accept_of
from hyoka_kg.service.sending import reads_gzip
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import PREFIXES

router = APIRouter(tags=["things"])
_LINKS_A_PAGE = 200
_FIRST = Page(1, _LINKS_A_PAGE)
_SUFFIXES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".json": "application/ld+json",
    ".rdf": "application/rdf+xml",
}
# For whoever asks for plain text: Turtle, to be read.
_PLAIN = Offer("text/plain")


@router.get("/id/{path:path}", summary="A thing of the graph: 303 to what is said of it", status_code=303)
async def point_at(request: Request, path: str) -> RedirectResponse:
    """Redirect from a thing to its description (RFC 9110, section 15.4.4); only ever to this host."""
    target = request.url.path.removeprefix("/id/")
    return RedirectResponse(f"{request.base_url}doc/{target}", 303, {"Vary": "Accept"})


@router.get("/doc/{path:path}", summary="What the graph says of a thing; .ttl, .nt, .jsonld, .rdf, or by Accept")
async def show_thing(request: Request, engine: EngineOfApp, path: str) -> Response:
    """Give the statements about a thing, and what links to it by pages."""
    offers = (*GRAPH_OFFERS, _PLAIN)
    if "table" in request.query_params or wants_page(request, offers):
        return await show_thing_page(request, engine, path)
    suffix = next((suffix for suffix in _SUFFIXES if path.endswith(suffix)), "")
    formats = request.query_params.getlist("format")
    media_type = _SUFFIXES[suffix] if suffix else choose_media_type(offers, accept_of(request), formats)
    page = (take_page(dict(request.query_params), _LINKS_A_PAGE) or _FIRST).number
    name, packed = PREFIXES["hyk"] + path.removesuffix(suffix), reads_gzip(request)
    ask = partial(describe_thing, name=name, media_type=media_type, page=page, limits=engine.spool, packed=packed)
    return await answer_by(request, engine, ask, key_of(engine.place, "thing", name, media_type, page, packed))


def describe_thing(
    store: GraphStore, *, name: str, media_type: str, page: int, limits: SpoolLimits, packed: bool
) -> Answer:
    """Return what the graph says of a thing, and one page of what links to it.

    Raises:
        Refusal: 404, the graph does not know it; 410, it was withdrawn.
    """
    triples, links = _statements(store, name), _links(store, name)
    if not triples and not links:
        raise Refusal(404, f"The graph says nothing of <{name}>. Find things at /queries, or by SPARQL.")
    if run_maintenance(store, "withdrawn", thing=name).rows:
        raise Refusal(410, f"<{name}> was withdrawn. What is left of it can be asked by SPARQL.")
    start = (page - 1) * _LINKS_A_PAGE
    spool = Spool(limits, packed=packed)
    form = "text/turtle" if media_type == _PLAIN.media_type else media_type
    spool.write(serialize_triples([*triples, *links[start : start + _LINKS_A_PAGE]], form))
    return spool.finish(media_type)


def _statements(store: GraphStore, name: str) -> list[ox.Triple]:
    written = io.BytesIO()
    try:
        text = maintenance_text("statements_of", thing=name)
    except QueryError as error:
        raise Refusal(404, "That is not the address of a thing.") from error
    store.write(text, "application/n-triples", written)
    return [quad.triple for quad in ox.parse(written.getvalue(), format=ox.RdfFormat.N_TRIPLES)]


def _links(store: GraphStore, name: str) -> list[ox.Triple]:
    rows = run_maintenance(store, "links_to", thing=name).rows
    # Who links is a thing, and by a property: neither is a literal.
    return [ox.Triple(s, p, ox.NamedNode(name)) for s, p in rows]  # type: ignore[arg-type]
