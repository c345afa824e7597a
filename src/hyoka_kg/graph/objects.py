"""Read a cell as the objects of a statement: literals, concepts, years, registry things, siblings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hyoka_kg.errors import ValueTextError
from hyoka_kg.graph.context import DocumentContext
from hyoka_kg.graph.iris import mint, mint_concept, mint_fiscal_year, mint_review_number
from hyoka_kg.graph.reading import read_value
from hyoka_kg.graph.terms import boolean, day, integer, string, text, typed
from hyoka_kg.model import Cell, ValueStatus
from hyoka_kg.normalization.corporate_numbers import is_corporate_number

_Reader = Callable[[Cell, DocumentContext, str], list[str]]


def read_objects(kind: str, cell: Cell, context: DocumentContext) -> list[str]:
    """Return the objects that a cell gives for an object kind such as `text` or `concept:direction`.

    A cell without a value (dash, not printed) gives objects only as text.

    Raises:
        ValueTextError: The literal cannot be read as that kind.
    """
    name, _, argument = kind.partition(":")
    if name != "text" and cell.status is not ValueStatus.REPORTED:
        return []
    return _READERS[name](cell, context, argument)


def _read_text(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    return [text(cell.text)] if cell.printed else []


def _read_string(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    return [string(cell.value or cell.text)]


def _read_printed(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    """Return the literal, also where a person told the code that it stands for: 点数 is no `point`."""
    return [string(cell.text)]


def _read_mark(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    return [integer(int(str(read_value("mark", cell)["n"])))]


def _read_boolean(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    return [boolean(cell.value == "true")]


def _read_concept(cell: Cell, _context: DocumentContext, scheme: str) -> list[str]:
    if not cell.value:
        raise ValueTextError(f"{cell.locator}: the cell needs a code of the scheme '{scheme}' in column value.")
    return [mint_concept(scheme, cell.value)]


def _read_fiscal_year(cell: Cell, context: DocumentContext, _argument: str) -> list[str]:
    parsed = read_value("fiscal_year", cell, {"fiscal_year": context.head.sheet_fiscal_year})
    return [mint_fiscal_year(int(str(parsed["fiscal_year"])))]


def _read_month(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    return [typed(str(read_value("date", cell)["date"]), "xsd:gYearMonth")]


def _read_as_of(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    return [day(date.fromisoformat(cell.value))] if cell.value else []


def _read_sibling(cell: Cell, context: DocumentContext, kind: str) -> list[str]:
    return [context.node(f"{kind}/{cell.value}")]


def _read_references(cell: Cell, context: DocumentContext, kind: str) -> list[str]:
    references = read_value("indicator_refs", cell).get("refs")
    return [context.node(f"{kind}/{number}") for number in references] if isinstance(references, list) else []


def _read_number(cell: Cell, context: DocumentContext, _argument: str) -> list[str]:
    key = context.links.numbers[cell.subject]
    return [mint_review_number(key.ministry, key.fiscal_year, key.number)]


def _read_registered(cell: Cell, _context: DocumentContext, kind: str) -> list[str]:
    return [mint(kind, cell.value)] if cell.value else []


def _read_corporation(cell: Cell, _context: DocumentContext, _argument: str) -> list[str]:
    """Return the corporation of a number; one that its check digit refutes names none."""
    return [mint("corporation", cell.text)] if is_corporate_number(cell.text) else []


_READERS: dict[str, _Reader] = {
    "text": _read_text,
    "printed": _read_printed,
    "string": _read_string,
    "mark": _read_mark,
    "boolean": _read_boolean,
    "concept": _read_concept,
    "fiscal-year": _read_fiscal_year,
    "month": _read_month,
    "as-of-date": _read_as_of,
    "sibling": _read_sibling,
    "references": _read_references,
    "review-number": _read_number,
    "registry": _read_registered,
    "corporation": _read_corporation,
}
