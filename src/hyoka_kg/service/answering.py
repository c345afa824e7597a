"""Answer one SPARQL query, inside a worker: read, judged, labelled and written there and nowhere else."""

from __future__ import annotations

import re

from hyoka_kg.service.columns import name_columns
from hyoka_kg.service.guard import refuse_unsafe
from hyoka_kg.service.negotiation import choose_media_type, offers_for
from hyoka_kg.service.preparation import prepare_query
from hyoka_kg.service.question import Question
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.store import GraphStore

_UNSTABLE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


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
    query = prepare_query(question.query, endpoint)
    refuse_unsafe(query)
    media_type = choose_media_type(offers_for(store.query_form(query)), accept, question.formats)
    spool = Spool(limits, packed=packed)
    try:
        store.write(
            name_columns(query),
            media_type,
            spool,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )
    except BaseException:
        spool.discard()
        raise
    return spool.finish(media_type, stable="(" not in query or _UNSTABLE.search(query) is None)
