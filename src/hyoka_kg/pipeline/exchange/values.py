"""The values of indicators as the graph states them, and what another format has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from hyoka_kg.query import bind_each, load_catalogue, resolve, run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import expand

_OBSERVATION = expand("hyoka:IndicatorObservation")
_CELLS = "cells_of_indicators"
_PART = 500


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One value of an indicator; texts as the graph has them, empty where it says nothing.

    Attributes:
        activity: IRI of the project or policy whose indicator it is, or of the paper.
        activity_title: Its name.
        ministry: Code of the ministry.
        ministry_name: Name of the ministry.
        indicator: IRI of the indicator, which belongs to one paper.
        title: Its wording.
        kind: `output`, `outcome` or empty.
        direction: `increase`, `decrease` or empty.
        unit: Name of the unit.
        document: Identifier of the paper.
        issued: Day on which it was issued.
        fy: Fiscal year that it is about.
        role: target, actual, baseline, goal and others.
        comparator: `le`, `ge` and others.
        value: The number, exact.
        status: Whether it was reported, a dash, not printed and so on.
        cell: IRI of the statement.
    """

    activity: str
    activity_title: str
    ministry: str
    ministry_name: str
    indicator: str
    title: str
    kind: str
    direction: str
    unit: str
    document: str
    issued: str
    fy: str
    role: str
    comparator: str
    value: str
    status: str
    cell: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that a format cannot say, and why."""

    cell: str
    reason: str


def cells_of(store: GraphStore, ministry: str = "") -> list[str]:
    """Return the IRIs of the statements of values, sorted.

    Args:
        store: The graph.
        ministry: Name or code of the ministry whose papers are meant; "" means all papers.

    Raises:
        QueryError: There is no such ministry.
    """
    if not ministry:
        rows = run_maintenance(store, "things_of_class", **{"class": _OBSERVATION}).as_text()
        return sorted(row["thing"] for row in rows)
    parameter = load_catalogue("maintenance")[_CELLS].params[0]
    rows = run_maintenance(store, _CELLS, ministry=resolve(store, parameter, ministry)).as_text()
    return sorted(row["cell"] for row in rows)


def in_parts(cells: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield a few statements at a time: few enough that the engine looks up row by row."""
    return (cells[start : start + _PART] for start in range(0, len(cells), _PART))


def read_values(store: GraphStore, cells: Sequence[str]) -> list[StatedValue]:
    """Return the value of each statement, by activity, indicator and year."""
    query, names = load_catalogue("exchange")["results"], [field.name for field in fields(StatedValue)]
    found: dict[str, StatedValue] = {}
    for part in in_parts(cells):
        rows = store.select(bind_each(query, "cell", part)).as_text()
        # A thing with two wordings is told once.
        found |= {row["cell"]: StatedValue(*(row[name] for name in names)) for row in reversed(rows)}
    return sorted(found.values(), key=lambda value: (value.activity, value.indicator, value.fy, value.role, value.cell))
