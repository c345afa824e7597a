"""Open a file by its first bytes: PDF, workbook, else text; everything else is named and refused."""

from __future__ import annotations

from pathlib import Path

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Grid, TextLayer
from hyoka_kg.sources.raw.pdf import read_pdf
from hyoka_kg.sources.raw.text import read_text_layer
from hyoka_kg.sources.raw.workbook import read_workbook

_PDF = b"%PDF"
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_HEADER_REACH = 1024


def open_source(path: Path) -> TextLayer | Grid:
    """Return the text layer or the cells of a file.

    Raises:
        AcquisitionError: The file cannot be read, is of another kind, locked, damaged, empty or too large.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_REACH)
    except OSError as error:
        raise AcquisitionError(f"Cannot read {path}: {error.strerror}.") from error
    if not head:
        raise AcquisitionError(f"{path} is empty. Bring the text layer of a form, or the form as PDF or workbook.")
    if _PDF in head:
        return read_pdf(path)
    if head.startswith(_ZIP):
        return read_workbook(path)
    if head.startswith(_COMPOUND):
        raise AcquisitionError(
            f"{path} is a compound file: an old .xls, or a workbook locked with a password. "
            "Open it, remove the password, and save it as .xlsx."
        )
    return read_text_layer(path)
