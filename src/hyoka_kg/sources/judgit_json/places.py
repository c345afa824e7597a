"""Read objects again by their ordinal, as the publisher wrote them, under our field names: for checking receipts."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from hyoka_kg.sources.contracts import Group, load_groups
from hyoka_kg.sources.judgit_json.reader import JudgitFile
from hyoka_kg.sources.judgit_json.records import iter_records, years_within

_TOP = "sheet"


def objects_at(source: JudgitFile, rows: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the objects of a file at the given ordinals, from 1, every value untouched.

    In an archive of several years each object is named by the contract of its own year.

    Raises:
        LayoutError: The file is damaged.
    """
    wanted = frozenset(rows)
    found: dict[int, dict[str, Any]] = {}
    for part in [replace(source, within=year) for year in years_within(source.path)] or [source]:
        groups = load_groups(__package__, part.shape)
        records = iter_records(part.path, part.within)
        found |= {row: _named(_TOP, json.loads(raw), groups) for row, raw in records if row in wanted}
    return found


def _named(group: str, raw: Mapping[str, Any], groups: Mapping[str, Group]) -> dict[str, Any]:
    """Return an object by our field names; a list of objects is named after the field that holds it."""
    record: dict[str, Any] = {}
    for label, value in raw.items():
        field = groups[group].columns[label].field
        inner = field if group == _TOP else f"{group}/{field}"
        record[field] = [_named(inner, item, groups) for item in value] if inner in groups and value else value
    return record
