"""The service's end of the channel to a worker: a message out, a message in, and the event loop waits for neither."""

from __future__ import annotations

import asyncio
import pickle
import socket
from collections import deque
from typing import Any

from hyoka_kg.service.workers.wire import HEAD


class Channel(asyncio.Protocol):
    """A connected socket as the running event loop sees it; it may be another loop for each question."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket = ours
        self._loop: asyncio.AbstractEventLoop | None = None
        self._transport: asyncio.Transport | None = None
        self._come = bytearray()
        self._messages = deque[Any]()
        self._awaited: asyncio.Future[None] | None = None
        self._is_lost = False

    async def send(self, message: bytes) -> None:
        """Send a packed message.

        Raises:
            EOFError: The other end is gone.
        """
        transport = await self._connected()
        if self._is_lost:
            raise EOFError
        transport.write(message)

    async def receive(self) -> Any:
        """Return the next message.

        Raises:
            EOFError: The other end is gone.
        """
        await self._connected()
        while not self._messages:
            if self._is_lost:
                raise EOFError
            self._awaited = asyncio.get_running_loop().create_future()
            await self._awaited
        return self._messages.popleft()

    def close(self) -> None:
        """Give the channel up; the other end sees its end."""
        if self._transport and self._loop and not self._loop.is_closed():
            self._transport.abort()
        self._socket.close()

    def data_received(self, data: bytes) -> None:
        """Take what has come, and hand on each message that is whole."""
        self._come += data
        while len(self._come) >= HEAD.size:
            end = HEAD.size + HEAD.unpack_from(self._come)[0]
            if len(self._come) < end:
                break
            self._messages.append(pickle.loads(memoryview(self._come)[HEAD.size : end].tobytes()))  # noqa: S301 - ours
            del self._come[:end]
        if self._messages:
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let whoever waits know that nothing more will come."""
        self._is_lost = True
        self._wake()

    async def _connected(self) -> asyncio.Transport:
        loop = asyncio.get_running_loop()
        if self._transport is None or loop is not self._loop:
            self._loop = loop
            self._transport, _ = await loop.create_connection(lambda: self, sock=self._socket.dup())
        return self._transport

    def _wake(self) -> None:
        if self._awaited and not self._awaited.done():
            self._awaited.set_result(None)
