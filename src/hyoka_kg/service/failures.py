"""Let every failure of the service end in a status code and a plain sentence, never in a traceback."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from hyoka_kg.errors import HyokaError, QueryError, StoreError
from hyoka_kg.service.headers import OPEN_HEADERS
from hyoka_kg.service.refusals import Refusal


def add_failure_answers(app: FastAPI) -> None:
    """Let every failure of the app end in a plain sentence."""
    for kind in (Refusal, QueryError, StoreError):
        app.exception_handler(kind)(_failed)
    app.exception_handler(HTTPException)(_http_failure)
    app.exception_handler(RequestValidationError)(_bad_parameter)
    app.exception_handler(Exception)(_unforeseen)


def answer_to(error: HyokaError) -> PlainTextResponse:
    """Return the answer to a request that met an error of ours."""
    if isinstance(error, Refusal):
        return _text(error.status, str(error), error.headers)
    if isinstance(error, QueryError):
        return _text(400, str(error))
    if isinstance(error, StoreError):
        # The error's own text names folders of the server: it is for the operator, not for the client.
        return _text(503, "The graph is out of reach at the moment. Try again in a minute.", {"Retry-After": "60"})
    raise error


def _text(status: int, message: str, headers: Mapping[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(f"{message}\n", status_code=status, headers=dict(headers or {}))


async def _failed(request: Request, error: HyokaError) -> PlainTextResponse:
    return answer_to(error)


async def _bad_parameter(request: Request, error: RequestValidationError) -> PlainTextResponse:
    places = ", ".join(".".join(str(part) for part in detail["loc"][1:]) for detail in error.errors())
    return _text(400, f"A parameter cannot be read: {places}.")


async def _http_failure(request: Request, error: HTTPException) -> PlainTextResponse:
    if error.status_code == 404:
        return _text(404, f"There is nothing at {request.url.path}. Start at / or list the questions at /queries.")
    if error.status_code == 405:
        allowed = ", ".join(_allowed_methods(error))
        return _text(405, f"{request.method} is not offered here. Use one of: {allowed}.", {"Allow": allowed})
    return _text(error.status_code, str(error.detail), error.headers)


async def _unforeseen(request: Request, error: Exception) -> PlainTextResponse:
    return _text(500, "Something went wrong inside the service. It is not your query's fault.", OPEN_HEADERS)


def _allowed_methods(error: HTTPException) -> list[str]:
    named = (error.headers or {}).get("Allow", "")
    allowed = {method.strip() for method in named.split(",") if method.strip()} | {"OPTIONS"}
    return sorted(allowed | ({"HEAD"} if "GET" in allowed else set()))
