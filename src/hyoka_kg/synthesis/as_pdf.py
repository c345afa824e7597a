"""Write a placed sheet as a ruled PDF: a rectangle a box, IPAexGothic embedded, the same bytes each time."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.placing import Paper, Placed
from hyoka_kg.synthesis.words import rates, words

_FONT = "IPAexGothic"
_ASCENT = 0.86


def write_pdf(placed: list[Placed], paper: Paper, title: str, chance: Random) -> tuple[bytes, list[tuple[int, str]]]:
    """Return the file, and the marks in the margin that belong to no box (page, text).

    Raises:
        AcquisitionError: reportlab or the font is not installed.
    """
    canvas, buffer = _open(paper, title)
    orphans = []
    for page in range(1, max(rect.page for one in placed for rect in one.rects) + 1):
        canvas.setFont(_FONT, paper.font_size)
        canvas.setLineWidth(0.5)
        for one in placed:
            _draw(canvas, one, page, paper)
        if happens(chance, rates("layout")["orphan_mark"]):
            orphans.append((page, chance.choice(words()["orphan_marks"])))
            canvas.drawString(paper.margin, paper.margin / 2, orphans[-1][1])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), orphans


def _open(paper: Paper, title: str) -> tuple[Any, BytesIO]:
    _register_font()
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(paper.width, paper.height), invariant=1)
    canvas.setTitle(title)
    return canvas, buffer


def _draw(canvas: Any, placed: Placed, page: int, paper: Paper) -> None:
    for rect in placed.rects:
        if rect.page == page:
            height = rect.bottom - rect.top
            canvas.rect(rect.left, paper.height - rect.bottom, rect.right - rect.left, height)
    for line in placed.lines:
        if line.page == page and line.text:
            canvas.drawString(line.left, paper.height - line.top - paper.font_size * _ASCENT, line.text)


@cache
def _register_font() -> None:
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
    except ImportError as error:
        raise AcquisitionError("PDF files need reportlab. Install it: pip install 'hyoka-kg[synthesis]'.") from error
    pdfmetrics.registerFont(TTFont(_FONT, str(_font_file())))


def _font_file() -> Path:
    """Return IPAexGothic of matplotlib-fontja (IPA Font License); matplotlib itself is not loaded."""
    spec = find_spec("matplotlib_fontja")
    file = Path(spec.origin).parent / "fonts" / "ipaexg.ttf" if spec and spec.origin else None
    if file is None or not file.is_file():
        raise AcquisitionError(
            "PDF files need the font of matplotlib-fontja. Install it: pip install 'hyoka-kg[synthesis]'."
        )
    return file
