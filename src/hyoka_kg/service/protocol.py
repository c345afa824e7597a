"""Read a query request of the SPARQL 1.1 Protocol, each part decoded once."""

from __future__ import annotations

import asyncio
import re

from starlette.requests import ClientDisconnect, Request

from hyoka_kg.service.parameters import FORMAT_NAMES, Pairs, all_values, decode_pairs, decode_text, format_values
from hyoka_kg.service.question import Question
from hyoka_kg.service.refusals import Refusal

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
# A question arrives within this time, or it does not come.
_BODY_SECONDS = 10.0
# A character of a query is at most nine bytes in a form: three of UTF-8, each as %XX; a third of them is usual.
_FORM_GROWTH = 3
_FORM_ROOM = 10_000
_HOW = "Send query=… in the URL or as a form, or the query itself as application/sparql-query."


async def read_question(request: Request, max_query_bytes: int) -> Question | None:
    """Return the question of a request, or None for a bare GET, which asks what this endpoint is.

    Raises:
        Refusal: 400, 403, 413 or 415, with the right form in the message.
    """
    pairs = decode_pairs(request.scope["query_string"])
    if request.method in ("POST", "QUERY"):
        pairs += await _read_in_time(request, max_query_bytes)
    elif all(name in FORMAT_NAMES for name, _ in pairs):
        return None
    query = _only_query(pairs)
    if len(query.encode()) > max_query_bytes:
        raise _too_large(max_query_bytes)
    return Question(
        query=query,
        default_graphs=all_values(pairs, "default-graph-uri"),
        named_graphs=all_values(pairs, "named-graph-uri"),
        formats=format_values(pairs),
        seconds=_read_seconds(all_values(pairs, "timeout")),
    )


def _only_query(pairs: Pairs) -> str:
    queries = all_values(pairs, "query")
    if all_values(pairs, "update"):
        if queries:
            raise Refusal(400, "A request holds one query; this one holds a query and an update.")
        raise Refusal(403, "This endpoint is read-only: updates are not offered.")
    if not queries:
        raise Refusal(400, f"The parameter 'query' is missing. {_HOW}")
    if len(queries) > 1:
        raise Refusal(400, f"A request holds one query; this one holds {len(queries)}.")
    if not queries[0].strip():
        raise Refusal(400, f"The query is empty. {_HOW}")
    return queries[0]


def _read_seconds(values: tuple[str, ...]) -> float | None:
    if not values or not values[0].strip():
        return None
    if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", values[0].strip()) is None:
        raise Refusal(400, f"timeout={values[0]} is not a number of seconds, such as timeout=5.")
    return float(values[0])


async def _read_in_time(request: Request, max_query_bytes: int) -> Pairs:
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await _read_post(request, max_query_bytes)
    except TimeoutError as error:
        message = f"The query did not arrive within {_BODY_SECONDS:g} seconds. Send it again."
        raise Refusal(408, message, {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise Refusal(499, "The client left before its query had arrived.") from error


async def _read_post(request: Request, max_query_bytes: int) -> Pairs:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type, parameters = media_type.strip().lower(), parameters.lower().replace('"', "").replace(" ", "")
    if media_type == _UPDATE:
        raise Refusal(403, "This endpoint is read-only: updates are not offered.")
    if media_type not in (_FORM, _DIRECT):
        sent = f"the content type '{media_type}'" if media_type else "no content type"
        raise Refusal(415, f"A POST with {sent} cannot be read. Use {_FORM} with query=…, or {_DIRECT}.")
    if "charset=" in parameters and "charset=utf-8" not in parameters:
        raise Refusal(415, "The query must be in UTF-8.")
    if media_type == _DIRECT:
        return [("query", decode_text(await _read_body(request, max_query_bytes, max_query_bytes)))]
    limit = max_query_bytes * _FORM_GROWTH + _FORM_ROOM
    return decode_pairs(await _read_body(request, limit, max_query_bytes))


async def _read_body(request: Request, limit: int, max_query_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_large(max_query_bytes)
    return bytes(body)


def _too_large(max_query_bytes: int) -> Refusal:
    return Refusal(413, f"The query is larger than {max_query_bytes:,} bytes. Split it, or run it on your own copy.")
