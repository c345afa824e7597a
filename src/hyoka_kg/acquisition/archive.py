"""The archive: fetched files by source, and a manifest that says of each when and whence it came."""

from __future__ import annotations

import csv
import fcntl
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from pathlib import Path

from hyoka_kg.acquisition.downloads import Download
from hyoka_kg.acquisition.messages import tell
from hyoka_kg.errors import AcquisitionError

MANIFEST = "manifest.csv"
_PARTS, _SUPERSEDED, _LOCK = ".parts", ".superseded", ".lock"
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one file, as the manifest tells it.

    Attributes:
        source: Identifier of the source.
        file: Name of the file.
        sha256: SHA-256 of its bytes, in hexadecimal.
        bytes: Its size.
        retrieved_at: When it was retrieved, UTC, ISO 8601.
        url: Official address.
        etag: What the server called this version, or "".
        last_modified: When the server says that it changed, or "".
        licence: Address of the licence.
        way: `network`, or `folder` where a user brought it.
    """

    source: str
    file: str
    sha256: str
    bytes: str
    retrieved_at: str
    url: str
    etag: str
    last_modified: str
    licence: str
    way: str


_COLUMNS = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class Archive:
    """A folder of fetched files; hidden folders in it hold what is under way and what was replaced."""

    folder: Path

    @cached_property
    def entries(self) -> list[Entry]:
        """Return the manifest's rows, oldest first.

        Raises:
            AcquisitionError: A row is not whole.
        """
        path = self.folder / MANIFEST
        if not path.is_file():
            return []
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))) or [[]]
        for number, row in enumerate(rows, 1):
            if len(row) != len(_COLUMNS) or (number == 1 and tuple(row) != _COLUMNS):
                raise AcquisitionError(tell("manifest-broken", path=path, line=number))
        return [Entry(*row) for row in rows[1:]]

    def entry_of(self, download: Download) -> Entry | None:
        """Return the newest row of a file."""
        return self.current.get((download.source, download.name))

    @property
    def current(self) -> dict[tuple[str, str], Entry]:
        """Return the newest rows by source and file."""
        return {(entry.source, entry.file): entry for entry in self.entries}

    def path_of(self, download: Download) -> Path:
        """Return where a file is kept."""
        return self.folder / download.source / download.name

    def part_of(self, download: Download) -> Path:
        """Return where a file is written until it is whole."""
        return self.folder / _PARTS / download.source / download.name

    def holds(self, download: Download) -> bool:
        """Return whether the file is there and is still the one that the manifest names."""
        entry, path = self.entry_of(download), self.path_of(download)
        return entry is not None and path.is_file() and sha256_of(path) == entry.sha256

    def admit(self, download: Download, part: Path, entry: Entry) -> None:
        """Move a whole file in; a former one of other content goes to the superseded ones.

        The manifest is written before the move: a file without its row would be unknown, a row without its file is
        fetched again.
        """
        path, former = self.path_of(download), self.entry_of(download)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and (former is None or former.sha256 != entry.sha256):
            self._supersede(path)
        if former is None or former.sha256 != entry.sha256:
            self._write([*self.entries, entry])
        part.replace(path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other fetches out.

        Raises:
            AcquisitionError: Another fetch is under way, or the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / _LOCK).open("w")
        except OSError as error:
            raise AcquisitionError(tell("archive-unwritable", folder=self.folder, trouble=error.strerror)) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise AcquisitionError(tell("archive-locked", folder=self.folder)) from error
            yield

    def _supersede(self, path: Path) -> None:
        aside = self.folder / _SUPERSEDED / path.parent.name / f"{sha256_of(path)[:_SHORT]}-{path.name}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        path.replace(aside)

    def _write(self, entries: list[Entry]) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(astuple(entry) for entry in entries)
        aside = self.folder / f".{MANIFEST}"
        with aside.open("w", encoding="utf-8") as file:
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.folder / MANIFEST)
        self.entries[:] = entries


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replaced_files(folder: Path) -> list[tuple[Path, str]]:
    """Return the files that others have replaced, each with the path that it had below the archive."""
    found = sorted((folder / _SUPERSEDED).glob("*/*-*"))
    return [(path, f"{path.parent.name}/{path.name.partition('-')[2]}") for path in found]


def check_archive(folder: Path, found: dict[str, str]) -> dict[str, Entry]:
    """Hold the files of a folder against its manifest, where it has one; return its rows by path below the folder.

    Args:
        folder: Root of the archive.
        found: SHA-256 by path below it.

    Raises:
        AcquisitionError: A file is not the one that was fetched.
    """
    entries = {f"{source}/{file}": entry for (source, file), entry in Archive(folder).current.items()}
    for path, entry in entries.items():
        sha256 = found.get(path, entry.sha256)
        if sha256 != entry.sha256:
            raise AcquisitionError(
                tell(
                    "archive-changed",
                    path=folder / path,
                    retrieved=entry.retrieved_at,
                    expected=entry.sha256[:_SHORT],
                    found=sha256[:_SHORT],
                    source=entry.source,
                )
            )
    return entries
