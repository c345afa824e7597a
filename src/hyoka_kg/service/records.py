"""Record each request: one line of JSON in the log, and counts for the operator."""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hyoka_kg.service.addresses import client_name

if TYPE_CHECKING:
    # For readers of types alone: an express worker writes its lines from here, and does without the web framework.
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTES = "hyoka.notes"
_LOG = logging.getLogger("hyoka.access")


@dataclass(slots=True)
class Records:
    """Counts since the start.

    Attributes:
        requests: Requests by status.
        seconds: Time of all requests.
        sent_bytes: Bytes of all bodies.
    """

    requests: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    sent_bytes: int = 0


def note(request: Request, **facts: Any) -> None:
    """Add facts about a request to its line in the log."""
    request.scope.get(_NOTES, {}).update(facts)


def is_recorded() -> bool:
    """Return whether requests are logged."""
    return _LOG.isEnabledFor(logging.INFO)


class Recorder:
    """Middleware around all others."""

    def __init__(self, app: ASGIApp, records: Records) -> None:
        self._app = app
        self._records = records

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on and record what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, notes = time.perf_counter(), dict[str, Any]()
        seen = {"status": 500, "bytes": 0}

        async def send_seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app({**scope, _NOTES: notes}, receive, send_seen)
        finally:
            self._record(scope, seen, time.perf_counter() - start, notes)

    def _record(self, scope: Scope, seen: dict[str, int], seconds: float, notes: dict[str, Any]) -> None:
        self._records.requests[seen["status"]] += 1
        self._records.seconds += seconds
        self._records.sent_bytes += seen["bytes"]
        if is_recorded():
            client = scope.get("client")
            name = client_name(client[0] if client else None)
            record(name, scope["method"], scope["path"], {**seen, "ms": round(seconds * 1000, 1), **notes})


def record(client: str, method: str, path: str, facts: Mapping[str, Any]) -> None:
    """Write the line of a request."""
    # JSON escapes line ends: a request cannot write a line of its own. The query itself is not kept.
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    _LOG.info(json.dumps({"time": now, "client": client, "method": method, "path": path, **facts}))


def log_requests() -> None:
    """Log requests to standard error from now on."""
    _LOG.addHandler(logging.StreamHandler())
    _LOG.setLevel(logging.INFO)
