"""What an express worker is at, in memory that the service can read when the worker is stuck or dead."""

from __future__ import annotations

import mmap
import struct
import time
from enum import IntEnum

# The phase is the first byte, so that it changes at once.
_ENTRY = struct.Struct("=B7xQd")
BOOK_BYTES = _ENTRY.size


class Phase(IntEnum):
    """What a worker is at."""

    RESTING = 0
    # The request lies unread in the kernel: whoever takes the connection over finds it whole.
    EVALUATING = 1
    # The request may be consumed, or the answer sent in part.
    SENDING = 2


_RESTING, _EVALUATING = int(Phase.RESTING), int(Phase.EVALUATING)


class Book:
    """One entry: phase, number of the loan, since when."""

    def __init__(self, file: int) -> None:
        self._memory = mmap.mmap(file, BOOK_BYTES)

    def begin(self, number: int) -> float:
        """Enter that the evaluation for a loan begins now; return when that is, in monotonic seconds."""
        now = time.monotonic()
        # The phase last: half an entry must not look like a question that lasts.
        _ENTRY.pack_into(self._memory, 0, _RESTING, number, now)
        self._memory[0] = _EVALUATING
        return now

    def go_on(self, phase: Phase) -> None:
        """Enter the next phase of the same loan."""
        self._memory[0] = phase

    def read(self) -> tuple[Phase, int, float]:
        """Return phase, number of the loan and since when, in monotonic seconds; may be torn while both are at it."""
        phase, number, since = _ENTRY.unpack_from(self._memory)
        return Phase(phase), number, since
