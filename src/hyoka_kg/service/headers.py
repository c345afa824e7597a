"""The outermost layer: HEAD for every GET, open CORS without credentials, and headers that keep browsers safe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # For readers of types alone: an express worker takes the headers from here, and not the web framework.
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = "GET, HEAD, POST, QUERY, OPTIONS"
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Disposition, ETag, Link, Retry-After, Vary",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
# The two pages with scripts: their libraries write styles into the page.
_SCRIPTED = frozenset({"/explore", "/sparql-editor"})
_SCRIPTED_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_VARY = "Accept, Accept-Encoding"
_KEEP_SECONDS = 300
_RAW_HEADERS = {name.lower().encode(): value.encode() for name, value in OPEN_HEADERS.items()}
_POLICY = b"content-security-policy"
_PREFLIGHT_HEADERS = {
    **OPEN_HEADERS,
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, Cache-Control, If-None-Match, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


def freshness(key: str) -> dict[str, str]:
    """Return what caches need to know of an answer; one without a key is not kept."""
    if not key:
        return {"Vary": _VARY, "Cache-Control": "no-store"}
    # Weak: another run may order the rows of an unordered query otherwise.
    return {"ETag": f'W/"{key}"', "Vary": _VARY, "Cache-Control": f"public, max-age={_KEEP_SECONDS}"}


class OpenDoor:
    """Middleware that every answer passes, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OPTIONS here; hand HEAD on as GET; add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _answer_preflight(send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _opened(message.get("headers", ()), scope["path"])
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if is_head else scope, receive, send_open)


def _opened(headers: Iterable[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name not in _RAW_HEADERS]
    ours = {**_RAW_HEADERS, _POLICY: _SCRIPTED_POLICY.encode()} if path in _SCRIPTED else _RAW_HEADERS
    return [*kept, *ours.items()]


async def _answer_preflight(send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in _PREFLIGHT_HEADERS.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
