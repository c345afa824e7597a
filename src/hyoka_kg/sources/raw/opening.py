"""Open a file by its first bytes, whatever its name: PDF, workbook, else text; everything else is named and refused."""

from __future__ import annotations

import stat
from pathlib import Path

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Grid, TextLayer
from hyoka_kg.sources.messages import told
from hyoka_kg.sources.raw.pdf import read_pdf
from hyoka_kg.sources.raw.text import read_text_layer
from hyoka_kg.sources.raw.workbook import read_workbook

_PDF = b"%PDF"
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HEADER_REACH = 1024
_NO_FILES = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISSOCK, "socket"),
)


def open_source(path: Path) -> TextLayer | Grid:
    """Return the text layer or the cells of a file; a link is followed to its file.

    Raises:
        AcquisitionError: The file cannot be read, is of another kind, locked, damaged, empty or too large.
    """
    head = _read_head(path)
    if not head:
        raise AcquisitionError(told("empty", path=path))
    if head.startswith(_PICTURES):
        raise AcquisitionError(told("picture", path=path))
    if _PDF in head:
        return read_pdf(path)
    if head.startswith(_ZIP):
        return read_workbook(path)
    if head.startswith(_COMPOUND):
        raise AcquisitionError(told("compound", path=path))
    return read_text_layer(path)


def _read_head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        # A pipe or a device may never end.
        what = next((name for is_such, name in _NO_FILES if is_such(mode)), None)
        if what:
            raise AcquisitionError(told("no_file", path=path, what=what))
        with path.open("rb") as file:
            return file.read(_HEADER_REACH)
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise AcquisitionError(told("unreadable", path=path, why=why)) from error
