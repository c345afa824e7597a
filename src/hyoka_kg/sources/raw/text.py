"""Plain text as an extractor left it: lines, blocks between blank lines, and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Block, Line, TextLayer

_MAX_BYTES = 16_000_000
_BLANK_LINES_OF_A_PAGE_BREAK = 3
_FORM_FEED = "\f"
# A line that holds an ideographic space is printed, though nothing is to be seen: it breaks no page.
_EMPTY = " \t\r"


def read_text_layer(path: Path) -> TextLayer:
    """Return the blocks of a text; a form feed or three empty lines begin a page.

    Raises:
        AcquisitionError: The file cannot be read, is empty, too long, or not UTF-8 text.
    """
    raw = _read(path)
    lines = tuple(_number_pages(decode(raw, path).split("\n")))
    blocks = tuple(_split_blocks(lines))
    if not blocks:
        raise AcquisitionError(f"{path} holds no text. Bring the text layer of a form, or the form as PDF or workbook.")
    return TextLayer(hashlib.sha256(raw).hexdigest(), blocks, len(lines), lines[-1].page)


def decode(raw: bytes, path: Path) -> str:
    """Return bytes as text.

    Raises:
        AcquisitionError: The bytes are no UTF-8 text; another known encoding is named with the way out.
    """
    if b"\0" in raw:
        raise AcquisitionError(f"{path} is no text: it holds NUL bytes. Bring a text, a PDF or an .xlsx workbook.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"{path}, line {raw.count(bytes([10]), 0, error.start) + 1}: byte 0x{raw[error.start]:02x} is not UTF-8"
        raise AcquisitionError(f"{place}. {_way_out(raw, path)}") from error


def _way_out(raw: bytes, path: Path) -> str:
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return "Save the text as UTF-8."
    return f"It may be Shift_JIS: iconv -f CP932 -t UTF-8 {path.name} > utf8.txt, then read that file."


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise AcquisitionError(
                f"{path} has {size:,} bytes; a form is at most {_MAX_BYTES:,}. Bring one form a file."
            )
        return path.read_bytes()
    except OSError as error:
        raise AcquisitionError(f"Cannot read {path}: {error.strerror}.") from error


def _number_pages(texts: list[str]) -> Iterator[Line]:
    page, empty, has_text = 1, 0, False
    for number, text in enumerate(texts, 1):
        is_break = text.startswith(_FORM_FEED) or empty >= _BLANK_LINES_OF_A_PAGE_BREAK
        is_empty = not text.strip(_EMPTY + _FORM_FEED)
        if has_text and ((is_break and not is_empty) or text.startswith(_FORM_FEED)):
            page, has_text = page + 1, False
        has_text = has_text or bool(text.strip())
        empty = empty + 1 if is_empty else 0
        yield Line(number, page, text.replace(_FORM_FEED, " "))


def _split_blocks(lines: tuple[Line, ...]) -> Iterator[Block]:
    for (has_text, _), group in groupby(lines, key=lambda line: (bool(line.text.strip()), line.page)):
        if has_text:
            yield Block(tuple(group))
