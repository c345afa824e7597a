"""Re-read every place of a transcription from the source text; fail closed where a quote is not there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Cell, Document, Passage, SourceText


def check_against_source(document: Document, source: SourceText) -> Document:
    """Return the document with the words of its passages, once every quote was found at its place.

    Raises:
        LayoutError: A quote is not at its place; all such places are named, at most twenty in full.
    """
    problems = [problem for cell in document.cells for problem in _check_cell(cell, source)]
    problems += [problem for passage in document.passages for problem in _check_passage(passage, source)]
    if problems:
        shown = "\n  ".join(problems[:20])
        raise LayoutError(
            f"{document.head.id}: {len(problems)} quote(s) are not at their place in the source text:\n"
            f"  {shown}\nCorrect the spans or the literal; the store was not changed."
        )
    return replace(document, passages=tuple(_with_text(p, source) for p in document.passages))


def _check_cell(cell: Cell, source: SourceText) -> Iterator[str]:
    if not cell.pieces:
        return
    found = _quote(cell, source)
    if found != cell.line_texts:
        place = ";".join(map(str, cell.pieces))
        yield f"{cell.locator} ({cell.subject} {cell.field}): at {place} stands {found}, not {cell.line_texts}"


def _check_passage(passage: Passage, source: SourceText) -> Iterator[str]:
    text = "\n".join(_quote(passage, source))
    if len(text) != passage.length or hashlib.sha256(text.encode()).hexdigest() != passage.sha256:
        yield (
            f"{passage.locator} ({passage.subject} {passage.box}): the text there has {len(text)} characters "
            f"and another SHA-256 than the {passage.length} registered"
        )


def _quote(record: Cell | Passage, source: SourceText) -> list[str]:
    try:
        return source.quote(record.pieces)
    except IndexError as error:
        return [f"(outside the text: {error})"]


def _with_text(passage: Passage, source: SourceText) -> Passage:
    return replace(passage, text="\n".join(source.quote(passage.pieces)))
