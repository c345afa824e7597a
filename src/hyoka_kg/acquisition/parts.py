"""A file on its way in: bytes so far, and beside them which version of the file they belong to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_WEAK = "W/"


@dataclass(frozen=True, slots=True)
class Version:
    """What a server calls the version of a file that it sends; both are "" where it says nothing."""

    etag: str = ""
    last_modified: str = ""

    @property
    def resumable(self) -> str:
        """Return the mark that a later request may name to go on with the same bytes (RFC 9110, section 13.1.5)."""
        return self.last_modified if self.etag.startswith(_WEAK) or not self.etag else self.etag


@dataclass(frozen=True, slots=True)
class Part:
    """A partial file that a later try, or a later run, goes on with."""

    path: Path
    url: str

    @property
    def size(self) -> int:
        """Return how many bytes are there."""
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def version(self) -> Version:
        """Return which version the bytes belong to; unknown where the address is another one."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Version()
        return Version(note["etag"], note["last_modified"]) if note["url"] == self.url else Version()

    def wish(self) -> dict[str, str]:
        """Return the request headers that ask for the rest only, if the version is still the same."""
        mark = self.version.resumable
        return {"Range": f"bytes={self.size}-", "If-Range": mark} if self.size and mark else {}

    def begin(self, version: Version) -> BinaryIO:
        """Open the part for a file from its first byte."""
        self.discard()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        note = {"url": self.url, "etag": version.etag, "last_modified": version.last_modified}
        self._note.write_text(json.dumps(note), encoding="utf-8")
        return self.path.open("wb")

    def go_on(self) -> BinaryIO:
        """Open the part to add what is missing."""
        return self.path.open("ab")

    def discard(self) -> None:
        """Remove the part."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def settle(self) -> int:
        """Keep what can be resumed, remove the rest; return how many bytes are kept."""
        if not self.wish():
            self.discard()
        return self.size

    @property
    def _note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.note")
