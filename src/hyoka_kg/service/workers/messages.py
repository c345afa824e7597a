"""What the service and an express worker tell each other, a packet each; both ends are this program."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from hyoka_kg.store import StorePlace

# Lent: the number of the loan, then the client's name; the connection itself comes beside the bytes.
LENT = struct.Struct("!Q")
# Given back: number, seconds of evaluation, answers, how many of them kept ones, bytes; then what is still to send.
BACK = struct.Struct("!QdQQQ")
# An answer that is taught or still to be sent, and what stands before it.
LONGEST_MESSAGE = 128 * 1024


@dataclass(frozen=True, slots=True)
class Terms:
    """What an express worker is told first.

    Attributes:
        place: Where the builds are.
        memory_bytes: Memory that it may take for a question; 0 means no bound.
        cache_bytes: Size of the answers that it keeps.
        query_bytes: The longest query.
        log: Whether it writes a line for each request.
    """

    place: StorePlace
    memory_bytes: int
    cache_bytes: int
    query_bytes: int
    log: bool
