"""What several entrances read from a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from hyoka_kg.query.binding import show_value
from hyoka_kg.service.addresses import client_name
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer

# Who sends these asks for somebody else.
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def address_of(request: Request) -> str:
    """Return the URL that the client used, without its parameters."""
    scope = request.scope
    if "%" in scope["path"] or scope.get("root_path") or not scope["path"].isascii():
        return str(request.url.replace(query="", fragment=""))
    host = request.headers.get("host") or ":".join(map(str, scope.get("server") or ()))
    return f"{scope['scheme']}://{host}{scope['path']}"


def accept_of(request: Request) -> str | None:
    """Return the Accept header; a list may come in several lines (RFC 9110, section 5.3)."""
    lines = request.headers.getlist("accept")
    return ", ".join(lines) if lines else None


def client_of(request: Request) -> str:
    """Return the name under which the client's share of the service is counted."""
    return client_name(request.client.host if request.client else None)


@dataclass(frozen=True, slots=True)
class Light:
    """That a request was answered at once, so that the next one on its connection may be, too.

    Attributes:
        kept: The answer and its key, if it was a kept one.
    """

    kept: tuple[str, Answer] | None


def mark_light(request: Request, light: Light) -> None:
    """Note how a request was answered, for whoever holds its connection."""
    if request.method == "GET" and not any(name in request.headers for name in PROXY_HEADERS):
        request.state.light = light


def light_of(scope: Mapping[str, Any]) -> Light | None:
    """Return what was noted."""
    light: Light | None = scope.get("state", {}).get("light")
    return light


def single_values(request: Request) -> dict[str, str]:
    """Return the parameters of a URL; an empty field of a form means: no value.

    Raises:
        Refusal: 400, one is given more than once.
    """
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in values:
            raise Refusal(400, f"The parameter '{show_value(name)}' is given more than once.")
        if value.strip():
            values[name] = value
    return values
