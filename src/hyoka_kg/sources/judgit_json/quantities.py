"""State the indicators and unit costs of a JUDGIT! object, value by value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hyoka_kg.model import Node
from hyoka_kg.normalization.amounts import MONEY_UNITS
from hyoka_kg.normalization.folding import compact
from hyoka_kg.sources.lookups import PLAUSIBLE_YEARS, IndicatorUnit, plain_number

_ENTRY = "entry/1"
_FIRST_ALTERNATIVE = 900
_ROLES = ("actual", "target", "expected")
_Pointer = Callable[[str], str]
Rows = Sequence[Mapping[str, Any] | None]


def indicator_nodes(kind: str, rows: Rows, at: _Pointer, units: Mapping[str, str]) -> Iterator[Node]:
    """Yield the indicators of one kind with their goals and their values by year; None is a row that was left out."""
    for row, record in enumerate(rows):
        if record is None:
            continue
        path = f"{_ENTRY}/indicator/{_name(kind, row + 1)}"
        printed = record["unit"]
        unit = IndicatorUnit.of(printed, units)
        yield Node("indicator", path, _ENTRY, at(f"{kind}/{row}/name"), _head(kind, record))
        yield from _goal(path, kind, row, record, unit, at)
        for place, values in enumerate(record["values"]):
            yield from _year(path, f"{kind}/{row}/values/{place}", values, unit, at)


def _name(kind: str, number: int) -> str:
    """Return the last part of an indicator's path; alternative goals are outcomes, numbered apart from the others."""
    return f"outcome-{_FIRST_ALTERNATIVE + number}" if kind == "alternative" else f"{kind}-{number}"


def _head(kind: str, record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    values = [("indicator_kind", "output" if kind == "output" else "outcome")]
    if kind == "alternative":
        values.append(("is_proxy", "true"))
    if record["name"]:
        values.append(("label", str(record["name"]).strip()))
    if record.get("goal_statement"):
        values.append(("statement", str(record["goal_statement"])))
    if record["unit"]:
        values.append(("unit_printed", str(record["unit"])))
    if record.get("basis"):
        values.append(("basis", str(record["basis"])))
    return tuple(values)


def _goal(
    path: str, kind: str, row: int, record: Mapping[str, Any], unit: IndicatorUnit, at: _Pointer
) -> Iterator[Node]:
    goal, year = record.get("goal"), record.get("goal_year")
    if goal is None or goal == "":
        return
    number = plain_number(goal) if isinstance(goal, str) else None
    stated = unit.state(goal if number is None else float(number))
    # A last year such as 2 (令和2年?) is no Gregorian year: the goal is stated without one.
    known = year if year in PLAUSIBLE_YEARS else None
    dated = (("fiscal_year", str(known)),) if known else ()
    values = (("role", "goal"), *dated, *stated)
    yield Node("observation", f"{path}/obs/goal/{known or 'undated'}", path, at(f"{kind}/{row}/goal"), values)


def _year(path: str, pointer: str, record: Mapping[str, Any], unit: IndicatorUnit, at: _Pointer) -> Iterator[Node]:
    year = str(record["year"])
    for role in _ROLES:
        value = record.get(role)
        if value is not None and value != "":
            values = (("role", role), ("fiscal_year", year), *unit.state(value))
            yield Node("observation", f"{path}/obs/{role}/{year}", path, at(f"{pointer}/{role}"), values)


def unit_cost_nodes(rows: list[dict[str, Any]], at: _Pointer) -> Iterator[Node]:
    """Yield the unit costs by year, in yen where their printed unit is one of money."""
    for row, record in enumerate(rows):
        factor = MONEY_UNITS.get(compact(str(record["unit"] or "")))
        for place, values in enumerate(record["values"]):
            printed = values["amount"]
            if printed is None or printed == "":
                continue
            number = plain_number(str(printed))
            stated = [("fiscal_year", str(values["year"])), ("as_printed", str(printed))]
            if number is None or factor is None:
                stated.append(("status", "unreadable"))
            else:
                amount = f"{(number * factor).normalize():f}"
                stated += [("amount", amount), ("status", "reported" if number else "zero")]
            if values["formula"]:
                stated.append(("formula", str(values["formula"])))
            path = f"unit-cost/{row + 1}/{values['year']}"
            yield Node("unit-cost", path, "", at(f"unit_cost/{row}/values/{place}/amount"), tuple(stated))
