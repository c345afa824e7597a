"""The truth of a synthetic document: one record a cell, and one a planted defect, as JSON lines say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hyoka_kg.synthesis.facts import Fact, Sheet
from hyoka_kg.synthesis.placing import Placed


def cell_records(
    sheet: Sheet, placed: list[Placed], places: Mapping[str, Mapping[int, list[str]]]
) -> Iterator[dict[str, Any]]:
    """Yield one record a fact.

    Args:
        sheet: The document.
        placed: Its boxes.
        places: Route (`text`, `pdf`, `xlsx`) to the box's identity to the places of its facts, in their order.
    """
    for one in placed:
        for i, (_, fact) in enumerate(one.box.facts):
            where = {route: found[id(one.box)][i] for route, found in places.items()}
            yield _record(sheet, fact, where, sorted({rect.page for rect in one.rects}))
    for fact in sheet.structure:
        yield _record(sheet, fact, {}, [])


def _record(sheet: Sheet, fact: Fact, where: dict[str, str], pages: list[int]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "document": sheet.document, "subject": fact.subject, "field": fact.field, "fiscal_year": fact.fiscal_year,
        "kind": fact.kind, "printed": fact.printed, "value": fact.value, "unit": fact.unit,
        "comparator": fact.comparator, "status": str(fact.status), "pages": pages, "where": where,
    }  # fmt: skip
    if fact.stored is not None:
        record |= {"stored": fact.stored, "number_format": fact.number_format}
    return record | ({"defects": list(fact.defects)} if fact.defects else {})
