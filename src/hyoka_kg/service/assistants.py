"""The address of the protocol for assistants, made ready when the first of them comes: its package loads slowly."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from hyoka_kg.service.evaluation import Engine

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager

    _Made = tuple[StreamableHTTPSessionManager, StreamableHTTPASGIApp]


class Assistants:
    """An application that starts with its first request and runs until it is closed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._making: asyncio.Task[_Made] | None = None
        self._running: asyncio.Task[None] | None = None
        self._begun, self._ending = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of an assistant."""
        if self._making is None:
            self._making = asyncio.create_task(asyncio.to_thread(_make, self._engine))
            self._running = asyncio.create_task(self._run(self._making))
        _, app = await asyncio.shield(self._making)
        await self._begun.wait()
        await app(scope, receive, send)

    async def close(self) -> None:
        """End what was started."""
        self._ending.set()
        if self._running:
            # Where it could not be made, the requests have failed, and that is told.
            await asyncio.wait([self._running])

    async def _run(self, making: asyncio.Task[_Made]) -> None:
        manager, _ = await making
        async with manager.run():
            self._begun.set()
            await self._ending.wait()


def _make(engine: Engine) -> _Made:
    from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager

    from hyoka_kg.service.assistant import make_server

    # Stateless: any replica answers any call.
    manager = StreamableHTTPSessionManager(make_server(engine), json_response=True, stateless=True)
    return manager, StreamableHTTPASGIApp(manager)
