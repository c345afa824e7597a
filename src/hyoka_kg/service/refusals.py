"""A refusal of the service: a status code and a plain sentence with the way out."""

from __future__ import annotations

from collections.abc import Mapping

from hyoka_kg.errors import HyokaError


class Refusal(HyokaError):  # noqa: N818 - it is the answer, not a fault of the program
    """A request that is not answered; its text is what the client reads."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})

    def __reduce__(self) -> tuple[type[Refusal], tuple[int, str, dict[str, str]]]:
        """Travel from a worker process whole."""
        return Refusal, (self.status, str(self), self.headers)
