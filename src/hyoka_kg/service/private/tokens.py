"""Let nobody in without the token."""

from __future__ import annotations

import base64
import binascii
import secrets

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_OPEN = "/health"
_ASK = {"WWW-Authenticate": 'Bearer realm="hyoka", Basic realm="hyoka"'}


class TokenDoor:
    """Middleware: `Authorization: Bearer TOKEN`, or Basic with the token as the password.

    A browser sends neither by itself, so no page of another site can change a draft.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer 401."""
        if scope["type"] != "http" or scope["path"] == _OPEN or self._knows(Request(scope)):
            await self._app(scope, receive, send)
            return
        message = "This service needs its token: Authorization: Bearer TOKEN. hyoka draft prints it when it starts.\n"
        await PlainTextResponse(message, 401, _ASK)(scope, receive, send)

    def _knows(self, request: Request) -> bool:
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        given = credentials.strip().encode()
        if scheme.lower() == "basic":
            given = _password(given)
        return scheme.lower() in ("bearer", "basic") and secrets.compare_digest(given, self._token)


def _password(credentials: bytes) -> bytes:
    try:
        return base64.b64decode(credentials, validate=True).partition(b":")[2]
    except binascii.Error:
        return b""
