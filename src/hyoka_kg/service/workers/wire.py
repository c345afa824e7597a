"""Messages between the service and its workers: eight bytes of length, then a pickle.

Both ends are this program. What a client sends arrives inside as text only.
"""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any

HEAD = struct.Struct("!Q")
_PIECE = 64 * 1024


def pack(message: object) -> bytes:
    """Return a message as bytes."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(body)) + body


def receive(channel: socket.socket) -> Any:
    """Return the next message; waits for it. The other end sends none before this one is answered.

    Raises:
        EOFError: The other end is gone.
    """
    come = bytearray(_more(channel))
    while len(come) < HEAD.size:
        come += _more(channel)
    end = HEAD.size + HEAD.unpack_from(come)[0]
    while len(come) < end:
        come += _more(channel)
    return pickle.loads(memoryview(come)[HEAD.size :])  # noqa: S301 - from the parent process


def _more(channel: socket.socket) -> bytes:
    data = channel.recv(_PIECE)
    if not data:
        raise EOFError
    return data
