"""Read excerpted facts: `excerpt.yml` and five tables beside it, stated as the objects that they were taken from.

Every row names its sheet and its place in the object's own lists, so that a receipt leads to the object and a pointer
in it. What an excerpt leaves out (prose, payees, indicators named by a sentence) is not there, which is not a dash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hyoka_kg.errors import LayoutError, ModelError
from hyoka_kg.model import Issue, Row, SheetKey, SheetPart
from hyoka_kg.sources.judgit_json.sheet import SheetReader
from hyoka_kg.sources.lookups import Lookups
from hyoka_kg.sources.tables import read_table, read_text

_PHASES = ("initial", "supplementary", "carried-in", "carried-out", "reserve", "current", "executed", "requested")
_SHEETS = ("ministry", "fiscal_year", "number", "number_printed", "name", "start_year", "end_year", "path", "sha256")
_BUDGET = ("sheet", "row", "year", *_PHASES)
_INDICATORS = ("sheet", "kind", "row", "name", "unit", "goal", "goal_year")
_VALUES = ("sheet", "kind", "row", "place", "year", "actual", "target", "expected")
_PREDECESSORS = ("sheet", "row", "year", "ministry", "number_1", "number_2", "number_3")
# What the reader of the objects reports and states as it stands.
_STATED_NEVERTHELESS = frozenset({"carried-out-positive"})
_Nested = dict[str, dict[int, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class FactSheet:
    """One sheet of an excerpt.

    Attributes:
        part: What it states.
        name: Its object's place in the public repository.
        sha256: SHA-256 of the object, written with sorted keys and without spaces.
    """

    part: SheetPart
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The facts of a folder.

    Attributes:
        folder: Its name below the documents.
        source: Address of the public repository.
        licence: Address of the licence.
        sheets: Its sheets, in the order of the table.
    """

    folder: str
    source: str
    licence: str
    sheets: tuple[FactSheet, ...]


def read_excerpts(documents: Path, lookups: Lookups) -> Iterator[Excerpt]:
    """Yield every excerpt below a folder of documents, in the order of their names.

    Raises:
        LayoutError: A table is not as its contract says.
        ModelError: A row names no sheet of its excerpt, or a value cannot be stated.
    """
    for head in sorted(documents.glob("*/excerpt.yml")):
        yield _read(head.parent, lookups)


def _read(folder: Path, lookups: Lookups) -> Excerpt:
    head: dict[str, Any] = yaml.safe_load(read_text(folder / "excerpt.yml")) or {}
    missing = {"source", "licence"} - head.keys()
    if missing:
        raise LayoutError(f"{folder / 'excerpt.yml'}: {', '.join(sorted(missing))} must be given.")
    nested = _Tables(folder)
    issues: list[Issue] = []
    sheets = tuple(_sheet(row, nested, lookups, issues) for row in read_table(folder / "sheets.csv", _SHEETS))
    nested.refuse_rest()
    refused = [one for one in issues if one.rule not in _STATED_NEVERTHELESS]
    if refused:
        told = "; ".join(f"{one.rule} at {one.place}: {one.text}" for one in refused)
        raise ModelError(f"{folder}: what cannot be stated must not be excerpted. {told}")
    return Excerpt(folder.name, head["source"], head["licence"], sheets)


class _Tables:
    """The tables of a folder, by sheet; what no sheet takes is refused."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lists: dict[str, _Nested] = {
            "budget": _by_sheet(read_table(folder / "budget.csv", _BUDGET), _budget),
            "predecessor": _by_sheet(read_table(folder / "predecessors.csv", _PREDECESSORS), _predecessor),
        }
        values = defaultdict(list)
        for row in read_table(folder / "values.csv", _VALUES):
            values[row["sheet"], row["kind"], row["row"]].append(row)
        rows = list(read_table(folder / "indicators.csv", _INDICATORS))
        for kind in ("outcome", "output"):
            own = (row for row in rows if row["kind"] == kind)
            self._lists[kind] = _by_sheet(
                own, lambda row: _indicator(row, values.pop((row["sheet"], row["kind"], row["row"]), []))
            )
        if values:
            raise ModelError(f"{folder / 'values.csv'}: no indicator for {sorted(values)[0]}.")

    def take(self, sheet: str) -> dict[str, list[dict[str, Any] | None]]:
        """Return the lists of a sheet, each row in its place; None stands where a row was left out."""
        return {name: _in_place(lists.pop(sheet, {})) for name, lists in self._lists.items()}

    def refuse_rest(self) -> None:
        """Refuse rows of sheets that are not in the table of sheets."""
        for name, lists in self._lists.items():
            if lists:
                raise ModelError(f"{self._folder}, {name}: {min(lists)} is in no row of sheets.csv. Add it there.")


def _sheet(row: Row, tables: _Tables, lookups: Lookups, issues: list[Issue]) -> FactSheet:
    key = SheetKey(row["ministry"], int(row["fiscal_year"]), row["number"])
    record: dict[str, Any] = {
        "name": row["name"], "number_printed": row["number_printed"],
        "start_year": _integer(row["start_year"]), "end_year": _integer(row["end_year"]),
        "payment": [], "alternative": [], "unit_cost": [],
        **tables.take(f"{row['ministry']}/{row['fiscal_year']}/{row['number']}"),
    }  # fmt: skip
    reader = SheetReader(key, row["sha256"][:16], lookups, issues)
    return FactSheet(reader.part(record, supplement=False), row["path"], row["sha256"])


def _by_sheet(rows: Iterable[Row], make: Any) -> _Nested:
    found: _Nested = defaultdict(dict)
    for row in rows:
        found[row["sheet"]][int(row["row"])] = make(row)
    return dict(found)


def _in_place(rows: dict[int, dict[str, Any]]) -> list[dict[str, Any] | None]:
    return [rows.get(place) for place in range(max(rows, default=-1) + 1)]


def _budget(row: Row) -> dict[str, Any]:
    return {"year": int(row["year"]), **{phase: float(row[phase]) if row[phase] else None for phase in _PHASES}}


def _predecessor(row: Row) -> dict[str, Any]:
    numbers = {name: row[name] or None for name in ("number_1", "number_2", "number_3")}
    return {"year": int(row["year"]), "ministry": row["ministry"], **numbers}


def _indicator(row: Row, values: list[Row]) -> dict[str, Any]:
    return {
        "name": row["name"], "unit": row["unit"] or None, "goal": row["goal"] or None,
        "goal_year": _integer(row["goal_year"]), "values": _in_place({int(v["place"]): _value(v) for v in values}),
    }  # fmt: skip


def _value(row: Row) -> dict[str, Any]:
    roles = ("actual", "target", "expected")
    return {"year": int(row["year"]), **{role: _number(row[role]) for role in roles}}


def _number(text: str) -> float | str | None:
    """Return a value as the object holds it: a number, a text that is none, or nothing."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return text


def _integer(text: str) -> int | None:
    return int(text) if text else None
