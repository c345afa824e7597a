"""The JSON objects of a file, a folder or an archive, one after the other, each with its ordinal from 1."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from hyoka_kg.errors import LayoutError
from hyoka_kg.sources.archives import check_members

_BROKEN = (OSError, EOFError, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, zlib.error)
_LINES: dict[str, Callable[[Path], io.BufferedIOBase]] = {
    ".ndjson": lambda path: io.BufferedReader(io.FileIO(path)),
    ".ndjson.gz": gzip.GzipFile,
    ".ndjson.xz": lzma.LZMAFile,
}
_YEAR = re.compile(r"((?:[^/]+/)?data/20[0-9]{2}/).+\.json")
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tar.xz")


def is_record_file(path: Path) -> bool:
    """Return whether a path may hold review sheets as JSON: lines, an archive, or a folder of `.json` files."""
    return path.is_dir() or path.name.endswith((*_LINES, *_ARCHIVES))


def years_within(path: Path) -> tuple[str, ...]:
    """Return the parts of an archive of the public repository: one a year, as `…/data/2015/`; none of other files.

    Raises:
        LayoutError: The archive is damaged.
    """
    if not path.name.endswith(".zip"):
        return ()
    try:
        with zipfile.ZipFile(path) as archive:
            found = {match[1] for name in archive.namelist() if (match := _YEAR.match(name))}
    except _BROKEN as error:
        raise LayoutError(f"{path}: cannot be read to its end ({error}). Fetch the file again.") from error
    return tuple(sorted(found))


def iter_records(path: Path, within: str = "") -> Iterator[tuple[int, bytes]]:
    """Yield the objects as bytes with their ordinal: the line, or the place among the sorted member names.

    Args:
        path: The file, folder or archive.
        within: Only the members of a zip whose names begin so; their ordinals are those among all members.

    Raises:
        LayoutError: The file is damaged or cannot be read.
    """
    try:
        yield from _zipped(path, within) if path.name.endswith(".zip") else enumerate(_records(path), 1)
    except _BROKEN as error:
        raise LayoutError(f"{path}: cannot be read to its end ({error}). Fetch the file again.") from error


def _records(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        yield from (member.read_bytes() for member in sorted(path.rglob("*.json")))
        return
    for suffix, opener in _LINES.items():
        if path.name.endswith(suffix):
            with opener(path) as lines:
                yield from _whole_lines(path, lines)
            return
    yield from _taped(path)


def _whole_lines(path: Path, lines: Iterable[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            raise LayoutError(
                f"{path}, line {number}: the last line is cut off after {len(line):,} bytes. Fetch the file again."
            )
        yield line


def _zipped(path: Path, within: str) -> Iterator[tuple[int, bytes]]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        wanted = [(row, name) for row, name in enumerate(names, 1) if name.startswith(within)]
        check_members(path, (archive.getinfo(name) for _, name in wanted))
        yield from ((row, archive.read(name)) for row, name in wanted)


def _taped(path: Path) -> Iterator[bytes]:
    with tarfile.open(path) as tape:
        members = {member.name: member for member in tape if member.isfile() and member.name.endswith(".json")}
        for name in sorted(members):
            content = tape.extractfile(members[name])
            if content is not None:
                yield content.read()
