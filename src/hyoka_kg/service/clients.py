"""What each client takes of the service: few heavy questions at a time, and a budget of the engine's seconds."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hyoka_kg.service.refusals import Refusal

_MINUTE = 60.0
_KEPT = 10_000


@dataclass(slots=True)
class _Account:
    """One client: its turns, and the seconds that it owes."""

    turns: asyncio.Semaphore
    owed: float = 0.0
    since: float = field(default_factory=time.monotonic)
    open: int = 0


@dataclass(slots=True)
class Clients:
    """The accounts of the clients that were seen lately.

    Attributes:
        at_once: How many heavy questions one client may have under way; more of them wait.
        seconds_a_minute: Seconds of evaluation that one client may take in a minute; 0 means no bound.
        queue_seconds: How long a question may wait for its turn.
    """

    at_once: int
    seconds_a_minute: float
    queue_seconds: float
    _accounts: dict[str, _Account] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, client: str, *, heavy: bool) -> AsyncIterator[None]:
        """Wait for the client's turn, and charge it for the time inside.

        Raises:
            Refusal: 429, its budget is used up, or its turn did not come in time.
        """
        account = self._account(client)
        self._refuse_debtor(account)
        account.open += 1
        try:
            if heavy:
                await self._wait(account)
            start = time.monotonic()
            try:
                yield
            finally:
                account.owed += time.monotonic() - start
                if heavy:
                    account.turns.release()
        finally:
            account.open -= 1

    def charge(self, client: str, seconds: float) -> None:
        """Charge a client for seconds that passed elsewhere."""
        self._account(client).owed += seconds

    async def _wait(self, account: _Account) -> None:
        try:
            async with asyncio.timeout(self.queue_seconds):
                await account.turns.acquire()
        except TimeoutError as error:
            message = f"You have {self.at_once} long queries under way. Wait for their answers, then ask again."
            raise Refusal(429, message, {"Retry-After": "5"}) from error

    def _refuse_debtor(self, account: _Account) -> None:
        if not self.seconds_a_minute:
            return
        now = time.monotonic()
        rate = self.seconds_a_minute / _MINUTE
        account.owed, account.since = max(0.0, account.owed - (now - account.since) * rate), now
        if account.owed > self.seconds_a_minute:
            wait = math.ceil((account.owed - self.seconds_a_minute) / rate)
            message = f"Your queries took {self.seconds_a_minute:g} seconds of the last minute. Wait {wait} seconds."
            raise Refusal(429, message, {"Retry-After": str(wait)})

    def _account(self, client: str) -> _Account:
        if client not in self._accounts:
            self._forget_some()
            self._accounts[client] = _Account(asyncio.Semaphore(self.at_once))
        return self._accounts[client]

    def _forget_some(self) -> None:
        if len(self._accounts) >= _KEPT:
            resting = [name for name, account in self._accounts.items() if not account.open]
            for name in resting[: _KEPT // 2]:
                del self._accounts[name]
