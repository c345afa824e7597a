"""Fetch the files of a source into the archive, from the official addresses or from a folder of the user's."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from hyoka_kg.acquisition.archive import Archive, Entry, sha256_of
from hyoka_kg.acquisition.content import check_known, check_zip
from hyoka_kg.acquisition.downloads import Download, DownloadSource
from hyoka_kg.acquisition.messages import tell
from hyoka_kg.acquisition.parts import Part, Version
from hyoka_kg.acquisition.transfer import Line, transfer
from hyoka_kg.errors import AcquisitionError, UnreachableError

KEPT, FETCHED, UPDATED, ABSENT, FAILED = "kept", "fetched", "updated", "absent", "failed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one file.

    Attributes:
        source: Identifier of the source.
        file: Name of the file.
        status: `kept` (already there and unchanged), `fetched`, `updated` (it replaced another version), `absent` (not
            in the folder that was named), or `failed`.
        path: Where it is, or "".
        url: Official address.
        sha256: SHA-256 of what is there, or "".
        bytes: Its size, or 0.
        retrieved_at: When it was retrieved, UTC, ISO 8601, or "".
        trouble: Why it failed, or "".
    """

    source: str
    file: str
    status: str
    path: str
    url: str
    sha256: str = ""
    bytes: int = 0
    retrieved_at: str = ""
    trouble: str = ""


def fetch(archive: Archive, line: Line, downloads: Sequence[Download], *, update: bool = False) -> Iterator[Fetched]:
    """Yield what becomes of each file; what the archive holds is not asked for again, unless it is to be updated.

    A file that cannot be taken is told and passed over; a server that cannot be reached ends the run.

    Raises:
        AcquisitionError: The archive is in use or cannot be written.
    """
    with archive.locked():
        asked = False
        for download in downloads:
            if not update and archive.holds(download):
                yield _told(archive, download, KEPT)
                continue
            if asked:
                line.sleep(line.source.pause_seconds)
            asked = True
            fetched, goes_on = _attempt(archive, download, partial(_bring, archive, line, download, update))
            yield fetched
            if not goes_on:
                return


def take(
    archive: Archive, source: DownloadSource, folder: Path, downloads: Sequence[Download], *, update: bool = False
) -> Iterator[Fetched]:
    """Yield what becomes of each file that a user has downloaded, under the same checks.

    Raises:
        AcquisitionError: There is no such folder, or none of the files is in it, or the archive cannot be written.
    """
    found = _published(folder)
    if not any(download.name in found for download in downloads):
        first = downloads[0].name
        raise AcquisitionError(tell("not-there", folder=folder, count=len(downloads), source=source.id, name=first))
    with archive.locked():
        for download in downloads:
            path = found.get(download.name)
            if path is None:
                yield _told(archive, download, KEPT if archive.holds(download) else ABSENT)
                continue
            fetched, _ = _attempt(archive, download, partial(_copy, archive, source, download, path, update))
            yield fetched


def _published(folder: Path) -> dict[str, Path]:
    """Return the zips below a folder by their published name, which some file systems decompose."""
    if not folder.is_dir():
        raise AcquisitionError(tell("no-folder", folder=folder))
    return {unicodedata.normalize("NFC", path.name): path for path in sorted(folder.rglob("*.zip"))}


def _attempt(archive: Archive, download: Download, bring: Callable[[], Fetched]) -> tuple[Fetched, bool]:
    """Return what became of a file, and whether to go on with the next."""
    try:
        return bring(), True
    except AcquisitionError as error:
        failed = replace(_told(archive, download, FAILED), trouble=str(error))
        return failed, not isinstance(error, UnreachableError)
    except OSError as error:
        trouble = error.strerror or str(error)
        raise AcquisitionError(tell("archive-unwritable", folder=archive.folder, trouble=trouble)) from error


def _bring(archive: Archive, line: Line, download: Download, update: bool) -> Fetched:
    part, former = Part(archive.part_of(download), download.url), archive.entry_of(download)
    known = Version(former.etag, former.last_modified) if former and archive.holds(download) else Version()
    version = transfer(line, download, part, known)
    if version is None:
        return _told(archive, download, KEPT)
    try:
        return _admit(
            archive, line.source, download, part.path, _entry(line.source, download, part.path, version), update
        )
    finally:
        part.discard()


def _copy(archive: Archive, source: DownloadSource, download: Download, path: Path, update: bool) -> Fetched:
    held = archive.entry_of(download) if archive.holds(download) else None
    if held is not None and sha256_of(path) == held.sha256:
        return _told(archive, download, KEPT)
    part = archive.part_of(download)
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, part)
        return _admit(archive, source, download, part, _entry(source, download, part, None), update)
    finally:
        part.unlink(missing_ok=True)


def _admit(
    archive: Archive, source: DownloadSource, download: Download, part: Path, entry: Entry, update: bool
) -> Fetched:
    check_zip(part, download, source)
    former = archive.entry_of(download)
    if not (update and source.changes_in_place):
        check_known(entry, download, source, former)
    archive.admit(download, part, entry)
    return _told(archive, download, UPDATED if former and former.sha256 != entry.sha256 else FETCHED)


def _entry(source: DownloadSource, download: Download, part: Path, version: Version | None) -> Entry:
    """Return the manifest's row of a whole file; a version None means that a user brought it."""
    return Entry(
        source=download.source,
        file=download.name,
        sha256=sha256_of(part),
        bytes=str(part.stat().st_size),
        retrieved_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        url=download.url,
        etag=version.etag if version else "",
        last_modified=version.last_modified if version else "",
        licence=source.licence_url,
        way="network" if version else "folder",
    )


def _told(archive: Archive, download: Download, status: str) -> Fetched:
    told = Fetched(download.source, download.name, status, "", download.url)
    entry, path = archive.entry_of(download), archive.path_of(download)
    if entry is None or not path.is_file():
        return told
    return replace(told, path=str(path), sha256=entry.sha256, bytes=int(entry.bytes), retrieved_at=entry.retrieved_at)
