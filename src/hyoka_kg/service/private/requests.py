"""Read what changes a draft: an update of the SPARQL 1.1 Protocol, or triples of the Graph Store Protocol."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from hyoka_kg.service.parameters import Pairs, all_values, decode_pairs, decode_text
from hyoka_kg.service.refusals import Refusal

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-update"
_HOW = f"Send update=… as {_FORM}, or the update itself as {_DIRECT}."
_BODY_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Update:
    """An update as a client sent it.

    Attributes:
        text: The SPARQL text.
        default_graphs: Graphs that make up the default graph of its patterns; none means the draft's own.
        named_graphs: Graphs that GRAPH may name in its patterns.
    """

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def read_update(request: Request, limit: int) -> Update:
    """Return the update of a POST.

    Raises:
        Refusal: 400, 408, 413 or 415, with the right form in the message.
    """
    pairs = decode_pairs(request.scope["query_string"])
    if all_values(pairs, "update") or all_values(pairs, "query"):
        raise Refusal(400, f"An update does not come in the URL. {_HOW}")
    pairs += await _read_pairs(request, limit)
    updates = all_values(pairs, "update")
    if all_values(pairs, "query"):
        raise Refusal(400, "A request to /update holds an update and no query. Ask at /sparql.")
    if len(updates) != 1:
        raise Refusal(400, f"A request holds one update; this one holds {len(updates)}. {_HOW}")
    return Update(updates[0], all_values(pairs, "using-graph-uri"), all_values(pairs, "using-named-graph-uri"))


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request.

    Raises:
        Refusal: 408, it does not come; 413, it is larger than the limit, in bytes; 499, the client left.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise Refusal(413, f"The request is larger than {limit:,} bytes. Send it in parts.")
    except TimeoutError as error:
        message = f"The request did not arrive within {_BODY_SECONDS:g} seconds."
        raise Refusal(408, message, {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise Refusal(499, "The client left before its request had arrived.") from error
    return bytes(body)


def content_type(request: Request) -> str:
    """Return the media type of a request's body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _read_pairs(request: Request, limit: int) -> Pairs:
    media_type = content_type(request)
    if media_type not in (_FORM, _DIRECT):
        sent = f"the content type '{media_type}'" if media_type else "no content type"
        raise Refusal(415, f"A POST with {sent} cannot be read. {_HOW}")
    charset = request.headers["content-type"].lower().replace('"', "").replace(" ", "").partition("charset=")[2]
    if charset and not charset.startswith("utf-8"):
        raise Refusal(415, "The update must be in UTF-8.")
    body = await read_body(request, limit)
    return [("update", decode_text(body))] if media_type == _DIRECT else decode_pairs(body)
