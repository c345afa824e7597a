"""Answer one SPARQL query, inside a worker: read, judged, labelled and written there and nowhere else."""

from __future__ import annotations

import re
from functools import lru_cache

from hyoka_kg.service.columns import name_columns
from hyoka_kg.service.guard import is_harmless, refuse_unsafe
from hyoka_kg.service.negotiation import choose_media_type, offers_for
from hyoka_kg.service.preparation import prepare_query
from hyoka_kg.service.question import Question
from hyoka_kg.service.shapes import LONGEST_KEPT, shape_of
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.store import GraphStore

_UNSTABLE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)

# Where a relative IRI would be meant from; that there is none does not depend on it.
_ANY_ENDPOINT = "http://a/"


def answer_question(
    store: GraphStore,
    *,
    question: Question,
    accept: str | None,
    endpoint: str,
    limits: SpoolLimits,
    packed: bool,
) -> Answer:
    """Return the whole answer to a query.

    Args:
        store: The graph.
        question: The query and its data set.
        accept: The Accept header, or None.
        endpoint: URL that the client used.
        limits: Where the answer is kept, and how large it may be.
        packed: Whether the client reads gzip.

    Raises:
        Refusal: 403 or 400, the query may not run; 406, its answer cannot be given as asked; 413, it is too large.
        QueryError: The query cannot be read or evaluated.
    """
    query, stable = _complete(question.query, endpoint)
    media_type = choose_media_type(offers_for(store.query_form(query)), accept, question.formats)
    spool = Spool(limits, packed=packed)
    try:
        store.write(
            query,
            media_type,
            spool,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )
    except BaseException:
        spool.discard()
        raise
    return spool.finish(media_type, stable=stable)


def _complete(query: str, endpoint: str) -> tuple[str, bool]:
    """Return the query as the engine is to have it, and whether it gives the same answer each time."""
    shape = shape_of(query)
    if len(shape) <= LONGEST_KEPT and _is_ready(shape):
        return query, True
    text = prepare_query(query, endpoint)
    refuse_unsafe(text)
    return name_columns(text), _UNSTABLE.search(text) is None


@lru_cache(maxsize=500)
def _is_ready(shape: str) -> bool:
    """Return whether queries of a shape can go to the engine as they are: harmless, stable, complete, columns named."""
    # Harmless first: naming the columns asks the engine.
    if not is_harmless(shape) or _UNSTABLE.search(shape):
        return False
    return prepare_query(shape, _ANY_ENDPOINT) == shape and name_columns(shape) == shape
