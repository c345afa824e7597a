"""State what a cell should print where the paper is wrong: in the derived graph, beside the literal that stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hyoka_kg.errors import ValueTextError
from hyoka_kg.graph.context import DocumentContext
from hyoka_kg.graph.documents import cell_node
from hyoka_kg.graph.forms import meaning_of_field
from hyoka_kg.graph.reading import read_value
from hyoka_kg.graph.terms import Triple, decimal, term, text
from hyoka_kg.model import Cell, Document

_MONEY = "money"


def state_errata(document: Document, context: DocumentContext) -> Iterator[Triple]:
    """Yield the corrected literal of each cell that a patch calls a mistake of the paper, and its amount in yen.

    Raises:
        ValueTextError: The corrected literal of a cell of money bears no amount in a known unit.
    """
    cells = {cell.key: cell for cell in document.cells}
    for key, literal in document.errata.items():
        meaning = meaning_of_field(key[0], key[1])
        node = cell_node(cells[key], meaning, context)
        yield node, term("hyoka:correctedText"), text(literal)
        if meaning.kind == _MONEY:
            yield node, term("hyoka:correctedAmount"), decimal(_yen(replace(cells[key], printed=literal)))


def _yen(cell: Cell) -> Decimal:
    parsed = read_value("amount", cell, {"unit": cell.unit} if cell.unit else {})
    if "yen" not in parsed:
        raise ValueTextError(
            f"{cell.locator} ({cell.subject} {cell.field}): the corrected literal '{cell.text}' bears no amount in a "
            "known unit. Write it with its unit in patches.yml, as the paper should have printed it."
        )
    return Decimal(str(parsed["yen"]))
