"""Tell how far a long step is: done, rate and remaining time, at most once a second."""

from __future__ import annotations

import time
from collections.abc import Callable

_PAUSE_SECONDS = 1.0


class Rate:
    """Counts what is done of a step and tells it."""

    def __init__(self, tell: Callable[[str], None], step: str, tasks: int) -> None:
        self._tell, self._step, self._tasks = tell, step, tasks
        self._start = self._told = time.monotonic()
        self._done = self._quads = 0

    def add(self, quads: int) -> None:
        """Count one finished task and its statements, and tell where a second has passed or all is done."""
        self._done, self._quads = self._done + 1, self._quads + quads
        now = time.monotonic()
        if now - self._told >= _PAUSE_SECONDS or self._done == self._tasks:
            self._told = now
            self._tell(self.text(now - self._start))

    def text(self, seconds: float) -> str:
        """Return the line: done of all, statements, statements a second, and what remains."""
        remaining = seconds / self._done * (self._tasks - self._done)
        rate = self._quads / seconds if seconds else 0.0
        return (
            f"{self._step}: {self._done} of {self._tasks} parts, {self._quads:,} statements, "
            f"{rate:,.0f} a second, about {remaining:,.0f} s to go"
        )
