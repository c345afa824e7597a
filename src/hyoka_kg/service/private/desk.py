"""The one worker that holds a draft open: it changes and reads it, one request after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from tempfile import TemporaryDirectory
from typing import TypeVar

from starlette.requests import Request

from hyoka_kg.config import Settings
from hyoka_kg.service.lanes import Lane
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import SpoolLimits, sweep
from hyoka_kg.service.workers.pool import Pool
from hyoka_kg.service.workers.worker import Limits
from hyoka_kg.store.drafts import Draft, DraftPlace, DraftStore

T = TypeVar("T")
_QUEUE_SECONDS = 60.0


class Desk:
    """A draft, who works on it, and what a request may take.

    Attributes:
        draft: The draft.
        settings: The bounds.
        pool: The worker; it has no network, and is killed when a request takes too long.
        spool: Where answers wait until they are whole.
        outgoing_bytes: Answers in files that are being sent.
    """

    def __init__(self, draft: Draft, settings: Settings) -> None:
        self.draft = draft
        self.settings = settings
        self._place = DraftPlace(str(draft.directory), settings.union_default_graph)
        self._folder = TemporaryDirectory(prefix="hyoka-draft-", ignore_cleanup_errors=True)
        memory = settings.worker_memory_mb * 1024 * 1024
        self.spool = SpoolLimits(self._folder.name, settings.max_answer_mb * 1_000_000)
        self.pool = Pool(0, Limits(memory), queue_seconds=_QUEUE_SECONDS, on_loss=partial(sweep, self.spool))
        self.outgoing_bytes = 0

    async def ask(self, ask: Callable[[DraftStore], T], seconds: float | None = None) -> T:
        """Return what a question or a change of the draft gives.

        Args:
            ask: A function of a module, or a `partial` of one: it runs in another process.
            seconds: How long it may take; None means as long as a change.

        Raises:
            HyokaError: What it met; 503, it took too long and nothing was changed.
        """
        most = seconds or self.settings.update_timeout_seconds
        try:
            # The pool knows nothing of the type that a question gives.
            answer: T = await self.pool.run(Lane.LIGHT, most, self._place, ask)  # type: ignore[arg-type]
        except TimeoutError as error:
            raise Refusal(503, f"This took longer than {most:g} seconds and was stopped.") from error
        return answer

    def close(self) -> None:
        """End the worker and remove what was spooled."""
        self.pool.close()
        self._folder.cleanup()


def desk_of(request: Request) -> Desk:
    """Return the app's desk."""
    desk: Desk = request.app.state.desk
    return desk
