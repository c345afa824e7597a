"""Bring a document to the review page: a text as its lines, a PDF as pictures of its pages (pypdfium2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from hyoka_kg.acquisition import read_source_text
from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Rect
from hyoka_kg.review.records import PageImage

_SCALE = 1.6  # pixels a point: 7-point letters stay legible
_MOST_PAGES = 60
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"


def read_review_source(path: Path) -> tuple[str, tuple[str, ...], tuple[PageImage, ...]]:
    """Return a document's SHA-256 with its lines, or with its pages if it is a PDF.

    Raises:
        AcquisitionError: The file cannot be read, or has too many pages for one HTML file.
    """
    if _begins(path, _ZIP):
        raise AcquisitionError(
            f"{path} is a workbook: it has no pages or lines to show. Print it as PDF, or ask: hyoka read {path}"
        )
    if path.suffix.lower() != ".pdf" and not _begins(path, _PDF):
        text = read_source_text(path)
        return text.sha256, text.lines, ()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AcquisitionError(f"Cannot read {path}: {error.strerror}.") from error
    return hashlib.sha256(raw).hexdigest(), (), tuple(_pages(path, raw))


def _begins(path: Path, mark: bytes) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _pages(path: Path, raw: bytes) -> Iterator[PageImage]:
    try:
        import pypdfium2
    except ImportError as error:
        raise AcquisitionError(
            "Pages of a PDF need pypdfium2. Install it: pip install 'hyoka-kg[review]', or give the text layer."
        ) from error
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise AcquisitionError(
            f"{path} cannot be opened as a PDF ({error}). Is it whole, and without password?"
        ) from error
    if len(document) > _MOST_PAGES:
        raise AcquisitionError(
            f"{path} has {len(document)} pages; a review page holds {_MOST_PAGES} at most. Split the file."
        )
    for i in range(len(document)):
        yield _picture(document[i], i + 1)


def _picture(page: Any, number: int) -> PageImage:
    buffer = BytesIO()
    width, height = page.get_size()
    page.render(scale=_SCALE).to_pil().convert("L").save(buffer, "PNG", optimize=False)
    return PageImage(number, width, height, buffer.getvalue(), tuple(_texts(page, number, height)))


def _texts(page: Any, number: int, height: float) -> Iterator[tuple[Rect, str]]:
    layer = page.get_textpage()
    for i in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(i)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        if text:
            yield Rect(number, left, height - top, right, height - bottom), text
