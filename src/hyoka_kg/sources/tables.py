"""Strict CSV tables: the header is a contract, every row is whole, every byte is UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Locator, Row


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises:
        LayoutError: The file is absent, or is not UTF-8 (the byte is named).
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LayoutError(f"Cannot read {path}: {error.strerror}. Restore the file, or name another.") from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise LayoutError(
            f"{path}, line {line}: byte 0x{raw[error.start]:02x} is not UTF-8. "
            "Save the file as UTF-8 (a spreadsheet's default may be Shift_JIS)."
        ) from error


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file whose header must be exactly `columns`.

    Raises:
        LayoutError: The header differs, or a row has too few or too many cells.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    _check_header(path, next(reader, []), columns)
    start = reader.line_num + 1
    try:
        for values in reader:
            locator = Locator(str(path), start)
            start = reader.line_num + 1
            yield Row(_row(values, columns, locator), locator)
    except csv.Error as error:
        raise LayoutError(f"{path}, row {start}: {error}. Check the quotes of this row.") from error


def _check_header(path: Path, found: list[str], expected: Sequence[str]) -> None:
    if list(expected) == found:
        return
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    detail = "; ".join(
        part
        for part in (
            f"missing: {', '.join(missing)}" if missing else "",
            f"unknown: {', '.join(unknown)}" if unknown else "",
        )
        if part
    )
    raise LayoutError(
        f"{path}, row 1: the columns are not those of this table ({detail or 'the order differs'}). "
        f"Expected: {','.join(expected)}"
    )


def _row(values: list[str], columns: Sequence[str], locator: Locator) -> dict[str, str]:
    if len(values) != len(columns):
        raise LayoutError(
            f"{locator}: {len(values)} cells where the header names {len(columns)}. "
            "A comma inside a cell needs quotes around the cell."
        )
    return dict(zip(columns, values, strict=True))
