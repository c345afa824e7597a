"""The page for SPARQL of one's own, made inside a worker: a form, and with scripts an editor in its place."""

from __future__ import annotations

from hyoka_kg.errors import QueryError
from hyoka_kg.query import load_catalogue
from hyoka_kg.service.explorer.describing import about_graph
from hyoka_kg.service.explorer.neighbourhood import terms_of
from hyoka_kg.service.explorer.rendering import as_answer, render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import PREFIXES

_USUAL = "tr01"
_CLASS = "class"


def answer_editor(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the page, with the canned query that the address names, or the query that it holds.

    Raises:
        Refusal: 404, there is no such canned query.
    """
    catalogue = load_catalogue()
    name = visit.get("example") or _USUAL
    try:
        example = catalogue[name]
    except QueryError as error:
        raise Refusal(404, str(error)) from error
    terms = list(terms_of(store).values())
    words = {
        "name": name,
        "prefixes": [f"{prefix}: <{namespace}>" for prefix, namespace in sorted(PREFIXES.items())],
        "classes": [row["term_iri"] for row in terms if row["kind"] == _CLASS],
        "properties": [row["term_iri"] for row in terms if row["kind"] != _CLASS],
    }
    query = visit.get("query") or example.body
    html = render(
        "editor", visit, query=query, chosen=name, catalogue=list(catalogue), vocabulary=words, about=about_graph(store)
    )
    return as_answer(html, limits, packed=packed)
