"""Judge what has arrived before it enters the archive: a whole zip, and the one that is known."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from hyoka_kg.acquisition.archive import Entry
from hyoka_kg.acquisition.downloads import Download, DownloadSource
from hyoka_kg.acquisition.messages import tell
from hyoka_kg.errors import AcquisitionError

_ZIP, _TAG = b"PK\x03\x04", b"<"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)


def check_zip(path: Path, download: Download, source: DownloadSource) -> None:
    """Hold a file to being a whole zip.

    Raises:
        AcquisitionError: It is a web page, no zip, or a broken one.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(512)
    if not start.startswith(_ZIP):
        key = "page-instead" if start.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(_TAG) else "not-a-zip"
        shown = start[:8].hex(" ") or "none"
        raise AcquisitionError(tell(key, url=download.url, size=size, start=shown, page=source.page))
    trouble = _trouble(path)
    if trouble:
        raise AcquisitionError(tell("broken-zip", url=download.url, size=size, trouble=trouble))


def check_known(entry: Entry, download: Download, source: DownloadSource, former: Entry | None) -> None:
    """Hold a file to the SHA-256 of the manifest, or else to the one that is registered; unknown ones pass.

    Raises:
        AcquisitionError: It has another SHA-256.
    """
    expected = former.sha256 if former else download.sha256
    if expected and entry.sha256 != expected:
        since = f"fetched {former.retrieved_at}" if former else "registered in data/sources/downloads.yml"
        key = "replaced-in-place" if source.changes_in_place else "changed-for-good"
        raise AcquisitionError(
            tell(key, url=download.url, expected=expected, found=entry.sha256, since=since, page=source.page)
        )


def _trouble(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except _BROKEN as error:
        return str(error) or type(error).__name__
    return f"the checksum of {broken} is wrong" if broken else ""
