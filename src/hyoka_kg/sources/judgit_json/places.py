"""Read objects again by their ordinal, as the publisher wrote them, under our field names: for checking receipts."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from hyoka_kg.sources.contracts import Group, load_groups
from hyoka_kg.sources.judgit_json.reader import JudgitFile
from hyoka_kg.sources.judgit_json.records import iter_records

_TOP = "sheet"


def objects_at(source: JudgitFile, rows: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the objects of a file at the given ordinals, from 1, every value untouched.

    Raises:
        LayoutError: The file is damaged.
    """
    groups, wanted = load_groups(__package__, source.shape), frozenset(rows)
    found = ((row, raw) for row, raw in iter_records(source.path) if row in wanted)
    return {row: _named(_TOP, json.loads(raw), groups) for row, raw in found}


def _named(group: str, raw: Mapping[str, Any], groups: Mapping[str, Group]) -> dict[str, Any]:
    """Return an object by our field names; a list of objects is named after the field that holds it."""
    record: dict[str, Any] = {}
    for label, value in raw.items():
        field = groups[group].columns[label].field
        inner = field if group == _TOP else f"{group}/{field}"
        record[field] = [_named(inner, item, groups) for item in value] if inner in groups and value else value
    return record
