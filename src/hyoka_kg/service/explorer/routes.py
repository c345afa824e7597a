"""The addresses of the pages; each page is made by a worker, failures are pages too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from hyoka_kg.errors import HyokaError, QueryError, StoreError
from hyoka_kg.figures import Language, draw_picture
from hyoka_kg.query import CannedQuery, Named, near_names
from hyoka_kg.query.binding import show_value
from hyoka_kg.service.cache import key_of
from hyoka_kg.service.evaluation import Asker, Engine, EngineOfApp, evaluate
from hyoka_kg.service.explorer.describing import answer_thing
from hyoka_kg.service.explorer.editing import answer_editor
from hyoka_kg.service.explorer.exploring import answer_exploration
from hyoka_kg.service.explorer.finding import answer_found
from hyoka_kg.service.explorer.listing import answer_comparison, answer_findings, answer_home
from hyoka_kg.service.explorer.questions import answer_question_page, answer_questions
from hyoka_kg.service.explorer.rendering import render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import LANGUAGES, words_in
from hyoka_kg.service.failures import answer_to
from hyoka_kg.service.negotiation import Offer, choose_media_type
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import accept_of, client_of, single_values
from hyoka_kg.service.sending import not_modified, reads_gzip, send_answer
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import PREFIXES

router = APIRouter(tags=["pages"], include_in_schema=False)
HTML = Offer("text/html", ("application/xhtml+xml",), ("html",))
_OTHER = Offer("application/json")
_IN_PATH = "/:;=,.~-_"
_LONGEST = 2000
_SUFFIXES = {".svg": "image/svg+xml", ".png": "image/png"}
_TOLD = {404: "error_404", 410: "error_410", 501: "error_501", 503: "error_503", 429: "error_503"}

Maker = Callable[..., Answer]


def wants_page(request: Request, others: tuple[Offer, ...] = (_OTHER,)) -> bool:
    """Return whether a request prefers a page for people to data in other formats."""
    accept = accept_of(request)
    if request.query_params.get("format") or accept is None or "html" not in accept.lower():
        return False
    try:
        return choose_media_type((*others, HTML), accept) == HTML.media_type
    except Refusal:
        return False


@router.get("/")
async def show_home(request: Request, engine: EngineOfApp) -> Response:
    """Show the entrance."""
    return await send_page(request, engine, answer_home)


@router.get("/findings")
async def show_findings(request: Request, engine: EngineOfApp) -> Response:
    """Show what the rules found."""
    return await send_page(request, engine, answer_findings)


@router.get("/compare")
async def show_comparison(request: Request, engine: EngineOfApp) -> Response:
    """Show two papers side by side."""
    return await send_page(request, engine, answer_comparison)


@router.get("/explore")
async def show_exploration(request: Request, engine: EngineOfApp) -> Response:
    """Show a thing with what stands around it."""
    return await send_page(request, engine, answer_exploration)


@router.get("/sparql-editor")
async def show_editor(request: Request, engine: EngineOfApp) -> Response:
    """Show an editor for SPARQL."""
    return await send_page(request, engine, answer_editor)


@router.get("/picture/{name}")
async def show_picture(request: Request, engine: EngineOfApp, name: str) -> Response:
    """Show a picture alone: `NAME.svg` or `NAME.png`, of `?thing=`."""
    return await send_page(request, engine, partial(answer_picture, name=name))


async def show_thing_page(request: Request, engine: Engine, path: str) -> Response:
    """Show the page of a thing."""
    return await send_page(request, engine, partial(answer_thing, path=path), path)


async def show_found_page(request: Request, engine: Engine) -> Response:
    """Show what a search found."""
    try:
        if engine.place.is_remote:
            raise Refusal(501, "")
    except HyokaError as error:
        return await _failed(request, engine, error, "")
    return await send_page(request, engine, answer_found)


async def show_questions_page(request: Request, engine: Engine) -> Response:
    """Show the list of the canned questions."""
    return await send_page(request, engine, answer_questions)


async def show_question_page(request: Request, engine: Engine, query: CannedQuery) -> Response:
    """Show a canned question with its form and its answer."""
    names = {parameter.name for parameter in query.params}
    values = {name: value for name, value in single_values(request).items() if name in names}
    return await send_page(request, engine, partial(answer_question_page, query=query, values=values))


def answer_picture(store: GraphStore, *, name: str, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return a picture alone.

    Raises:
        QueryError: There is no such picture, or it cannot be drawn.
        Refusal: 404, its name ends otherwise.
    """
    del limits, packed
    stem, suffix = name[:-4], name[-4:]
    if suffix not in _SUFFIXES:
        raise Refusal(404, f"A picture is NAME.svg or NAME.png, not '{show_value(name)}'.")
    figure = draw_picture(store, stem, visit.get("thing"), visit.language)
    body = figure.png() if suffix == ".png" else figure.svg.encode()
    return Answer(_SUFFIXES[suffix], body, size=len(body))


async def send_page(request: Request, engine: Engine, make: Maker, path: str = "") -> Response:
    """Return the page that a worker makes, or a page that says what is the matter."""
    try:
        visit = _visit(request, engine)
        packed = reads_gzip(request)
        key = "" if engine.place.is_remote else key_of(engine.place, "page", request.scope["path"], visit, packed)
        if key and (unchanged := not_modified(request, key)):
            return unchanged
        answer = engine.cache.get(key)
        if answer is None:
            ask = partial(make, visit=visit, limits=engine.spool, packed=packed)
            answer = await evaluate(engine, ask, Asker(client_of(request), receive=request.receive))
            engine.cache.put(key, answer)
        return send_answer(engine, answer, key)
    except HyokaError as error:
        return await _failed(request, engine, error, path)


async def _failed(request: Request, engine: Engine, error: HyokaError, path: str) -> Response:
    status = error.status if isinstance(error, Refusal) else 503 if isinstance(error, StoreError) else 400
    if not isinstance(error, Refusal | QueryError | StoreError):
        raise error
    if "html" not in (accept_of(request) or ""):
        return answer_to(error)
    visit = Visit(_base(request), _shown_path(request), _language(request))
    words = words_in(visit.language)
    reason = words(_TOLD.get(status, "error_400"), name=show_value(path or request.url.path))
    detail = str(error) if status in (400, 404, 413, 410) and not (status == 404 and path) else ""
    suggestions = await _near(engine, path, visit.language) if status == 404 and path else []
    empty = {"version": "", "triples": "", "licence": ""}
    html = render("error", visit, reason=reason, detail=detail, near=suggestions, about=empty)
    headers = {"Vary": "Accept", **(error.headers if isinstance(error, Refusal) else {})}
    return HTMLResponse(html, status_code=status, headers=headers)


async def _near(engine: Engine, path: str, language: Language) -> list[Named]:
    try:
        ask = partial(near_names, iri=PREFIXES["hyk"] + path, language=language)
        found: list[Named] = await evaluate(engine, ask)
    except HyokaError:
        # A page that says what is missing must not fail for want of a suggestion.
        return []
    return found


def _visit(request: Request, engine: Engine) -> Visit:
    values = single_values(request)
    values.pop("lang", None)
    if any(len(value) > _LONGEST for value in values.values()):
        raise Refusal(400, f"A parameter is longer than {_LONGEST:,} characters.")
    params = tuple(sorted(values.items()))
    return Visit(_base(request), _shown_path(request), _language(request), params, _built(engine))


def _shown_path(request: Request) -> str:
    path: str = request.scope["path"]
    # A page shows its own address in links: one that is longer than any name of ours is not shown back.
    return quote(path, safe=_IN_PATH) if len(path) <= _LONGEST else "/"


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _language(request: Request) -> Language:
    asked: Any = request.query_params.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _built(engine: Engine) -> str:
    if engine.place.is_remote:
        return ""
    try:
        return datetime.fromtimestamp(Path(engine.place.address).stat().st_mtime, UTC).date().isoformat()
    except OSError:
        return ""
