"""Keep an answer aside until it is known to be whole: small ones in memory, large ones in a file, too large ones not.

A client that has received the first byte of an answer receives all of it.
"""

from __future__ import annotations

import gzip
import io
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, NamedTuple

from hyoka_kg.service.refusals import Refusal

_IN_MEMORY = 512 * 1024
# RFC 1952 adds about 20 bytes; below this a packet is a packet.
_WORTH_PACKING = 1024
_FAST = 1


# Without slots: these travel between processes with each question, and Python packs a plain instance faster.
@dataclass(frozen=True)
class SpoolLimits:
    """Where and how much.

    Attributes:
        folder: For answers that do not fit into memory; whoever reads a file there removes it.
        answer_bytes: The largest answer.
    """

    folder: str
    answer_bytes: int


def sweep(limits: SpoolLimits, process: int) -> None:
    """Remove what a killed worker had begun to spool."""
    for path in Path(limits.folder).glob(f"{process}-*"):
        path.unlink(missing_ok=True)


# A tuple, for the same reason.
class Answer(NamedTuple):
    """A whole answer.

    Attributes:
        media_type: What it is.
        body: Its bytes, unless they are in a file.
        file: The file that holds it, or None.
        size: How many bytes it has as sent.
        encoding: How it is packed: `gzip` or nothing.
        stable: Whether the same question over the same graph gives the same bytes.
        rows: How many rows there are in all, where that is known.
    """

    media_type: str
    body: bytes
    file: str | None = None
    size: int = 0
    encoding: str = ""
    stable: bool = True
    rows: int = 0


class Spool:
    """What an answer is written to; it refuses to grow past its limit."""

    def __init__(self, limits: SpoolLimits, *, packed: bool) -> None:
        self._limits = limits
        self._packed = packed
        self._size = 0
        self._memory = io.BytesIO()
        self._path: str | None = None
        self._sink: BinaryIO | gzip.GzipFile = self._memory

    def write(self, data: bytes) -> int:
        """Keep some bytes.

        Raises:
            Refusal: 413, the answer is larger than one answer may be.
        """
        self._size += len(data)
        if self._size > self._limits.answer_bytes:
            self.discard()
            raise Refusal(
                413,
                f"The answer is larger than {self._limits.answer_bytes:,} bytes, and no part of it is sent. "
                "Add LIMIT, ask for fewer columns, or take the whole graph: hyoka export.",
            )
        if self._path is None and self._size > _IN_MEMORY:
            self._move_to_file()
        self._sink.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the answer is handed over when it is whole."""

    def finish(self, media_type: str, *, stable: bool = True) -> Answer:
        """Return the whole answer."""
        if self._path is not None:
            self._sink.close()
            size = Path(self._path).stat().st_size
            return Answer(media_type, b"", self._path, size, "gzip" if self._packed else "", stable)
        body, encoding = self._memory.getvalue(), ""
        if self._packed and len(body) > _WORTH_PACKING:
            body, encoding = gzip.compress(body, _FAST, mtime=0), "gzip"
        return Answer(media_type, body, None, len(body), encoding, stable)

    def discard(self) -> None:
        """Remove what was kept."""
        self._sink.close()
        if self._path is not None:
            Path(self._path).unlink(missing_ok=True)

    def _move_to_file(self) -> None:
        # Named after the process, so that the service can clear up after a worker that it killed.
        handle, self._path = mkstemp(prefix=f"{os.getpid()}-", dir=self._limits.folder)
        os.close(handle)
        path = Path(self._path)
        self._sink = gzip.open(path, "wb", _FAST) if self._packed else path.open("wb")  # noqa: SIM115 - finish closes it
        self._sink.write(self._memory.getvalue())
        self._memory = io.BytesIO()
