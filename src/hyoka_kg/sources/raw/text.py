"""Plain text as an extractor left it: lines, blocks between blank lines, and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Block, Line, TextLayer
from hyoka_kg.sources.messages import told

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
        raise AcquisitionError(told("no_text", path=path))
    return TextLayer(hashlib.sha256(raw).hexdigest(), blocks, len(lines), lines[-1].page)


def decode(raw: bytes, path: Path) -> str:
    """Return bytes as text.

    Raises:
        AcquisitionError: The bytes are no UTF-8 text; another known encoding is named with the way out.
    """
    if b"\0" in raw:
        raise AcquisitionError(told("nul", path=path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = str(raw.count(bytes([10]), 0, error.start) + 1)
        key, byte = _encoding_of(raw), f"{raw[error.start]:02x}"
        raise AcquisitionError(told(key, path=path, line=line, byte=byte, name=path.name)) from error


def _encoding_of(raw: bytes) -> str:
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return "not_utf8"
    return "shift_jis"


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise AcquisitionError(told("too_long", path=path, size=size, most=_MAX_BYTES))
        return path.read_bytes()
    except OSError as error:
        raise AcquisitionError(told("unreadable", path=path, why=error.strerror)) from error


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
