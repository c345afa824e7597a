"""Receipts: the places in the source text that a statement was read from, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hyoka_kg.errors import QueryError
from hyoka_kg.model import SourceText
from hyoka_kg.query import run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import PREFIXES, expand

_AROUND = 2
_CHARACTERS = re.compile(r";char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One place that a statement was read from.

    Attributes:
        cell: IRI of the statement.
        as_printed: Its literal.
        document: Identifier of the document that states it.
        page: 1-based page.
        line_from: First line, 1-based.
        line_to: Last line, inclusive.
        quote: The exact words at the place, or empty when the words are kept with the document only.
        confidence: A, B or C.
        lines: Lines around the place as (number, text, start, end) of the marked characters; start is -1
            where nothing is marked. Empty when the source text was not brought.
    """

    cell: str
    as_printed: str
    document: str
    page: int
    line_from: int
    line_to: int
    quote: str
    confidence: str
    lines: tuple[tuple[int, str, int, int], ...]


def find_receipts(store: GraphStore, what: str, texts: Iterable[tuple[str, SourceText]] = ()) -> list[Receipt]:
    """Return the receipts of a statement given by IRI, or of every cell that prints a text.

    Args:
        store: The graph.
        what: An IRI (full, prefixed) of a cell, or a text as printed.
        texts: Source texts by document identifier, to show the lines around.

    Raises:
        QueryError: Nothing has that IRI or text.
    """
    by_document = dict(texts)
    cells = [_as_iri(what)] if _as_iri(what) else _cells_printing(store, what)
    receipts = [receipt for cell in cells for receipt in _receipts(store, cell, by_document)]
    if not receipts:
        raise QueryError(
            f"No statement is '{what}'. Give the IRI of a cell or observation, or a text as it is printed "
            "(full or half width as on the paper)."
        )
    return receipts


def _as_iri(what: str) -> str:
    text = what.strip().removeprefix("<").removesuffix(">")
    if text.startswith(("http://", "https://")):
        return text
    return expand(text) if text.partition(":")[0] in PREFIXES else ""


def _cells_printing(store: GraphStore, text: str) -> list[str]:
    rows = run_maintenance(store, "cells_printing", text=text).as_text()
    return list(dict.fromkeys(row["cell"] for row in rows))


def _receipts(store: GraphStore, cell: str, texts: dict[str, SourceText]) -> Iterator[Receipt]:
    for row in run_maintenance(store, "receipt", cell=cell).as_text():
        first, last = int(row["line_from"]), int(row["line_to"])
        source = texts.get(row["document"])
        yield Receipt(
            cell=row["cell"],
            as_printed=row["as_printed"],
            document=row["document"],
            page=int(row["page"]),
            line_from=first,
            line_to=last,
            quote=row["quote"],
            confidence=row["confidence"],
            lines=tuple(_marked(source, first, last, row["span"])) if source else (),
        )


def _marked(source: SourceText, first: int, last: int, span: str) -> Iterator[tuple[int, str, int, int]]:
    characters = _CHARACTERS.search(span)
    for number in range(max(1, first - _AROUND), min(len(source.lines), last + _AROUND) + 1):
        line = source.lines[number - 1]
        if not first <= number <= last:
            yield number, line, -1, -1
        elif characters:
            yield number, line, int(characters[1]), int(characters[2])
        else:
            yield number, line, len(line) - len(line.lstrip()), len(line.rstrip())
