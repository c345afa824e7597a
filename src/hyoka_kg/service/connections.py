"""Bound what one connection may do: how long its request may take to arrive, and how long an answer may lie unread.

The server itself waits for ever: a thousand connections that send a byte a minute would keep everybody else out.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hyoka_kg.service.addresses import client_name
from hyoka_kg.service.loans import Loans
from hyoka_kg.service.requests import Light, light_of

_TOO_MANY = b"You have too many connections open. Close some, or use one of them again.\n"


@dataclass(frozen=True, slots=True)
class ConnectionBounds:
    """What one connection, and one client, may take.

    Attributes:
        per_client: Connections that one client may have open; 0 means any number.
        arrival_seconds: Time for a request to arrive, head and body.
        head_bytes: Size of a request's head; a query in the URL is part of it.
        stall_seconds: Time for which an answer may lie unread.
    """

    per_client: int = 100
    arrival_seconds: float = 20.0
    head_bytes: int = 500_000
    stall_seconds: float = 60.0


class _BoundedProtocol(HttpToolsProtocol):
    """One connection; its timers end it."""

    bounds: ClassVar[ConnectionBounds]
    open_by_client: ClassVar[Counter[str]]
    loans: ClassVar[Loans | None]
    _arrival: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _client = ""

    # The transport of a server is this one; asyncio tells its base class.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._client = client_name(self.client[0] if self.client else None)
        self.open_by_client[self._client] += 1
        if 0 < self.bounds.per_client < self.open_by_client[self._client]:
            transport.write(_refusal())
            transport.close()
            return
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop(self._arrival)
        self._stop(self._stall)
        self.open_by_client[self._client] -= 1
        if not self.open_by_client[self._client]:
            del self.open_by_client[self._client]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._head_bytes >= 0:
            self._head_bytes += len(data)
            if self._head_bytes > self.bounds.head_bytes:
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._arrival is None:
            self._expect_request()

    def on_headers_complete(self) -> None:
        self._head_bytes = -1
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop(self._arrival)
        self._arrival = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        light = light_of(self.cycle.scope)
        if self.loans and light:
            # What was written leaves at the end of this turn of the loop; before that nobody else may write.
            self.loop.call_soon(self._lend, light)

    @property
    def client_name(self) -> str:
        """Whose connection it is."""
        return self._client

    def file(self) -> int:
        """Return its file number."""
        number: int = self.transport.get_extra_info("socket").fileno()
        return number

    def take_back(self, rest: bytes) -> None:
        """Go on with it after a loan."""
        if self.transport.is_closing():
            return
        if rest:
            self.transport.write(rest)
        self.flow.resume_reading()
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def abort(self) -> None:
        """End it at once."""
        self.transport.abort()

    def _lend(self, light: Light) -> None:
        if not self._is_at_rest() or self.loans is None:
            return
        self.flow.pause_reading()
        if self.loans.lend(self, light.kept):
            self._unset_keepalive_if_required()
        else:
            self.flow.resume_reading()

    def _is_at_rest(self) -> bool:
        return (
            self._arrival is None
            and self.cycle.response_complete
            and self.cycle.keep_alive
            and not self.transport.is_closing()
            and not self.transport.get_write_buffer_size()
        )

    def pause_writing(self) -> None:
        self._stall = self.loop.call_later(self.bounds.stall_seconds, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        self._stop(self._stall)
        super().resume_writing()

    def _expect_request(self) -> None:
        self._head_bytes = 0
        self._arrival = self.loop.call_later(self.bounds.arrival_seconds, self.transport.abort)

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer:
            timer.cancel()


def bounded_protocol(bounds: ConnectionBounds, loans: Loans | None = None) -> type[HttpToolsProtocol]:
    """Return uvicorn's HTTP protocol with bounds; its connections are counted together, and may be lent."""
    members: dict[str, Any] = {"bounds": bounds, "open_by_client": Counter(), "loans": loans}
    return type("BoundedProtocol", (_BoundedProtocol,), members)


def _refusal() -> bytes:
    head = (
        "HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 5\r\n"
        f"Connection: close\r\nContent-Length: {len(_TOO_MANY)}\r\n\r\n"
    )
    return head.encode() + _TOO_MANY
