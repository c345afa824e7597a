"""Text boxes of a workbook's drawings (資金の流れ), which openpyxl does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hyoka_kg.model import Box

_ANCHORED = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def text_boxes(drawing: Element, title: str) -> Iterator[tuple[Box, str, str]]:
    """Yield bounds, text and place of each text box of a drawing."""
    for place, anchor in enumerate(drawing, 1):
        paragraphs = ["".join(run.text or "" for run in one.iter(f"{_DRAWN}t")) for one in anchor.iter(f"{_DRAWN}p")]
        text = "\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
        if text:
            yield _bounds(anchor), text, f"{title}#{place}"


def _bounds(anchor: Element) -> Box:
    x0, y0 = _corner(anchor, "from")
    x1, y1 = _corner(anchor, "to")
    return Box(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _corner(anchor: Element, name: str) -> tuple[float, float]:
    corner = anchor.find(f"{_ANCHORED}{name}")
    if corner is None:
        return 0.0, 0.0
    column, row = corner.find(f"{_ANCHORED}col"), corner.find(f"{_ANCHORED}row")
    return (
        float(column.text or 0) if column is not None else 0.0,
        float(row.text or 0) if row is not None else 0.0,
    )
