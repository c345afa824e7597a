"""Messages between the service and its workers: eight bytes of length, then a pickle.

Both ends are this program. What a client sends arrives inside as text only.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from typing import Any

_HEAD = struct.Struct("!Q")


def pack(message: object) -> bytes:
    """Return a message as bytes."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _HEAD.pack(len(body)) + body


def receive(channel: socket.socket) -> Any:
    """Return the next message; waits for it.

    Raises:
        EOFError: The other end is gone.
    """
    (length,) = _HEAD.unpack(_read(channel, _HEAD.size))
    return pickle.loads(_read(channel, length))  # noqa: S301 - from the parent process


async def receive_async(channel: socket.socket) -> Any:
    """Return the next message of a non-blocking channel; other tasks run meanwhile.

    Raises:
        EOFError: The other end is gone.
    """
    (length,) = _HEAD.unpack(await _read_async(channel, _HEAD.size))
    return pickle.loads(await _read_async(channel, length))  # noqa: S301 - from a worker of ours


def _read(channel: socket.socket, length: int) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        count = channel.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return buffer


async def _read_async(channel: socket.socket, length: int) -> bytearray:
    loop = asyncio.get_running_loop()
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        count = await loop.sock_recv_into(channel, view)
        if not count:
            raise EOFError
        view = view[count:]
    return buffer
