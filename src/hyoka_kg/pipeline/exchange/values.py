"""The values of indicators as the graph states them, and what another format has no place for."""

from __future__ import annotations

from dataclasses import dataclass, fields

from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.store import GraphStore


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


def read_values(store: GraphStore) -> list[StatedValue]:
    """Return every value of every indicator, by activity, indicator and year."""
    rows = run_canned(store, load_catalogue("exchange")["results"], {}).as_text()
    names = [field.name for field in fields(StatedValue)]
    # A thing with two wordings is told once.
    found = {row["cell"]: StatedValue(*(row[name] for name in names)) for row in reversed(rows)}
    return sorted(found.values(), key=lambda value: (value.activity, value.indicator, value.fy, value.role, value.cell))
