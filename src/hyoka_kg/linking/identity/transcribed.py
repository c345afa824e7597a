"""Make the digest of a review sheet that is transcribed cell by cell, so that identity weighs it beside the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from hyoka_kg.errors import ValueTextError
from hyoka_kg.linking.identity.digests import Figure, SheetDigest
from hyoka_kg.model import Cell, Document, SheetKey, ValueStatus
from hyoka_kg.normalization.amounts import Amount, parse_amount
from hyoka_kg.normalization.fiscal_years import parse_single_fiscal_year
from hyoka_kg.normalization.folding import bare_form

_PROJECT = "entry/1"
_FORMER = "predecessor/"
_PHASES = frozenset(
    {"initial", "supplementary", "carried-in", "carried-out", "reserve", "current", "executed", "requested"}
)


def digest_document(document: Document) -> SheetDigest:
    """Return the name, start year, amounts and stated former numbers of a transcribed review sheet.

    A literal that cannot be read is no evidence here; the statement of the paper refuses it with its place.
    """
    head = document.head
    cells = [cell for cell in document.cells if cell.status is ValueStatus.REPORTED]
    name = _text(cells, "name")
    return SheetDigest(
        key=SheetKey(head.ministry, head.sheet_fiscal_year, head.number),
        name=name,
        form=bare_form(name),
        start=_year(_text(cells, "start_fiscal_year"), head.sheet_fiscal_year),
        figures=tuple(_figures(cells)),
        stated=tuple(_stated(cells, head.ministry)),
    )


def _text(cells: list[Cell], field: str) -> str:
    return next((cell.text for cell in cells if (cell.subject, cell.field) == (_PROJECT, field)), "")


def _year(text: str, near: int) -> int:
    """Return the Gregorian year in which a printed fiscal year begins, or 0."""
    with suppress(ValueTextError):
        return next(iter(parse_single_fiscal_year(text, near).years), 0)
    return 0


def _figures(cells: list[Cell]) -> Iterator[Figure]:
    """Yield the amounts in yen; a zero tells nothing of who a project is."""
    for cell in cells:
        if cell.subject == _PROJECT and cell.field in _PHASES and cell.fiscal_year:
            yen = _yen(cell)
            if yen:
                yield cell.field, cell.fiscal_year, yen


def _yen(cell: Cell) -> int:
    with suppress(ValueTextError):
        amount = parse_amount(cell.text, cell.unit or None)
        return int(amount.yen or 0) if isinstance(amount, Amount) else 0
    return 0


def _stated(cells: list[Cell], ministry: str) -> Iterator[SheetKey]:
    for cell in cells:
        if cell.subject.startswith(_FORMER) and cell.field == "review_number" and cell.fiscal_year:
            yield SheetKey(ministry, cell.fiscal_year, cell.text)
