"""Answers that were given lately, by question and build: asked again, they are not evaluated again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field

from hyoka_kg.service.spool import Answer


@dataclass(slots=True)
class AnswerCache:
    """The last answers up to a size; those in files are not kept.

    Attributes:
        limit_bytes: How many bytes all kept answers may have; 0 keeps none.
    """

    limit_bytes: int
    hits: int = 0
    _kept: OrderedDict[str, Answer] = field(default_factory=OrderedDict)
    _size: int = 0

    def get(self, key: str) -> Answer | None:
        """Return the answer of a key."""
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
            self.hits += 1
        return answer

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, if it is stable and in memory."""
        if not key or answer.file or not answer.stable or answer.size > self.limit_bytes or key in self._kept:
            return
        self._kept[key] = answer
        self._size += answer.size
        while self._size > self.limit_bytes:
            self._size -= self._kept.popitem(last=False)[1].size


def key_of(*parts: object) -> str:
    """Return the key of a question: a digest of everything that its answer depends on."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
