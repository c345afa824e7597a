"""Send an answer that is known to be whole, with what caches need to know."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from hyoka_kg.service.headers import freshness
from hyoka_kg.service.negotiation import accepts_gzip
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, SpoolLimits

_PIECE = 256 * 1024
# How many of the largest answers may be on their way at the same time.
_LARGEST_AT_ONCE = 16


class Sender(Protocol):
    """Whoever sends answers.

    Attributes:
        spool: Where they wait.
        outgoing_bytes: Answers in files that are being sent.
    """

    spool: SpoolLimits
    outgoing_bytes: int


def reads_gzip(request: Request) -> bool:
    """Return whether the client asks for gzip."""
    return accepts_gzip(",".join(request.headers.getlist("accept-encoding")))


def not_modified(request: Request, key: str) -> Response | None:
    """Return 304 when the client has this answer already (RFC 9110, section 13.1.2)."""
    held = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in held.split(",")}
    if f'"{key}"' in tags:
        return Response(status_code=304, headers=freshness(key))
    return None


def send_answer(sender: Sender, answer: Answer, key: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that carries an answer.

    Raises:
        Refusal: 503, too many large answers are on their way.
    """
    about = {**freshness(key if answer.stable else ""), **(headers or {})}
    if answer.encoding:
        about["Content-Encoding"] = answer.encoding
    if answer.file is None:
        return Response(answer.body, media_type=answer.media_type, headers=about)
    file = Path(answer.file).open("rb")  # noqa: SIM115 - closed by the sender
    Path(answer.file).unlink()
    if sender.outgoing_bytes + answer.size > _LARGEST_AT_ONCE * sender.spool.answer_bytes:
        file.close()
        raise Refusal(503, "Too many large answers are on their way. Try again in a minute.", {"Retry-After": "60"})
    about["Content-Length"] = str(answer.size)
    return StreamingResponse(_pieces(sender, file, answer.size), media_type=answer.media_type, headers=about)


async def _pieces(sender: Sender, file: BinaryIO, size: int) -> AsyncIterator[bytes]:
    sender.outgoing_bytes += size
    try:
        with file:
            while piece := await anyio.to_thread.run_sync(file.read, _PIECE):
                yield piece
    finally:
        sender.outgoing_bytes -= size
