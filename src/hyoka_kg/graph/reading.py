"""Read a cell's literal by the value grammar, and say where it stands when it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from hyoka_kg.errors import ValueTextError
from hyoka_kg.model import Cell
from hyoka_kg.normalization import parse_value

Parsed = Mapping[str, object]


def read_value(kind: str, cell: Cell, context: Mapping[str, object] | None = None) -> Parsed:
    """Return what the grammar reads in a cell.

    Raises:
        ValueTextError: The grammar declares the literal unparsed.
    """
    parsed = parse_value(kind, cell.text, context)
    if "unparsed" in parsed:
        raise ValueTextError(
            f"{cell.locator} ({cell.subject} {cell.field}): cannot read '{cell.text}' as {kind}: "
            f"{parsed.get('reason', 'unknown form')}. Compare the literal with the paper; if it is right, "
            "the value grammar needs this form."
        )
    return parsed
