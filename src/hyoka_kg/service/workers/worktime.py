"""Measure how long the processor was at a process: on a busy machine the clock says little about a question."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# proc(5): utime and stime are the fields 14 and 15; the name before them may hold spaces.
_USER, _SYSTEM = 11, 12
_QUICK_SECONDS = 0.05


def work_seconds_of(process: int) -> float | None:
    """Return the seconds that the processor has spent on a process, or None where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS_A_SECOND


@contextmanager
def stopped_after(seconds: float, process: int, limit: asyncio.Timeout) -> Iterator[None]:
    """Let a timeout strike once the processor was at a process for some seconds; 0 means never."""
    if not seconds:
        yield
        return
    watch = _Watch(seconds, process, limit)
    try:
        yield
    finally:
        watch.timer.cancel()


class _Watch:
    """Looks at a process when the clock allows that its seconds are used up, and not at all for a quick question."""

    def __init__(self, seconds: float, process: int, limit: asyncio.Timeout) -> None:
        self._seconds, self._process, self._limit = seconds, process, limit
        self._loop = asyncio.get_running_loop()
        self.timer = self._loop.call_later(_QUICK_SECONDS, self._begin)

    def _begin(self) -> None:
        done = work_seconds_of(self._process)
        if done is None:
            self.timer = self._loop.call_later(self._seconds, self._limit.reschedule, self._loop.time())
        else:
            self._look(done + self._seconds)

    def _look(self, end: float) -> None:
        done = work_seconds_of(self._process)
        if done is None or done >= end:
            self._limit.reschedule(self._loop.time())
        else:
            self.timer = self._loop.call_later(max(end - done, _QUICK_SECONDS), self._look, end)
