"""The canned questions as pages: their list, and a form with the answer under it, made inside a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, bind, load_catalogue, resolve
from hyoka_kg.service.explorer.describing import about_graph
from hyoka_kg.service.explorer.grid import Grid, codes_of, make_grid
from hyoka_kg.service.explorer.rendering import as_answer, render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import words_in
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore

_ROWS = 50


def answer_questions(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the list of the questions."""
    html = render("questions", visit, catalogue=list(load_catalogue()), about=about_graph(store))
    return as_answer(html, limits, packed=packed)


def answer_question_page(
    store: GraphStore, *, query: CannedQuery, values: Mapping[str, str], visit: Visit, limits: SpoolLimits, packed: bool
) -> Answer:
    """Return a question with its form, and a part of its answer; a wrong value is told beside the form.

    Raises:
        Refusal: 400, its page is not a number.
    """
    grid: Grid | None = None
    total, wrong, text = 0, "", query.text
    try:
        text = bind(query, _resolved(store, query, values))
        rows = store.select(text)
        grid, total = _part(store, query, rows.variables, rows.as_text(), visit), len(rows.rows)
    except QueryError as error:
        wrong = str(error)
    html = render(
        "question",
        visit,
        query=query,
        values=values,
        asked=f"?{urlencode(values)}" if values else "",
        grid=grid,
        total=total,
        wrong=wrong,
        sparql=text,
        about=about_graph(store),
    )
    return as_answer(html, limits, packed=packed)


def _resolved(store: GraphStore, query: CannedQuery, values: Mapping[str, str]) -> dict[str, str]:
    things = {parameter.name: parameter for parameter in query.params if parameter.type == "iri"}
    return {name: resolve(store, things[name], value) if name in things else value for name, value in values.items()}


def _part(
    store: GraphStore, query: CannedQuery, variables: tuple[str, ...], rows: list[dict[str, str]], visit: Visit
) -> Grid:
    page = visit.get("page") or "1"
    if not (page.isascii() and page.isdigit() and len(page) < 7 and int(page) >= 1):
        raise Refusal(400, "page is not a number from 1 to 999999.")
    start = (int(page) - 1) * _ROWS
    shown = rows[start : start + _ROWS]
    grid = make_grid(query.id, query.summary, variables, shown, visit, words_in(visit.language), codes_of(store))
    return replace(grid, page=int(page), size=_ROWS, has_more=len(rows) > start + _ROWS)
