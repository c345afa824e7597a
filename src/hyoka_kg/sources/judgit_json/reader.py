"""Read JUDGIT! objects strictly: every key by contract, every value of its type, nothing left over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from hyoka_kg.errors import LayoutError, ValueTextError
from hyoka_kg.model import Issue, Reading, SheetKey, SheetPart
from hyoka_kg.normalization.folding import key_form
from hyoka_kg.normalization.project_numbers import parse_project_number
from hyoka_kg.sources.contracts import Group, load_groups
from hyoka_kg.sources.judgit_json.records import iter_records
from hyoka_kg.sources.judgit_json.sheet import SheetReader
from hyoka_kg.sources.lookups import Lookups

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str, type(None)),
    "integer": (int, type(None)),
    "number": (int, float, type(None)),
    "value": (int, float, str, type(None)),
    "texts": (list, type(None)),
    "list": (list,),
}
_EMPTY = (None, "", 0.0)
_FIRST_WITHOUT_REASON = 2021


@dataclass(frozen=True)
class JudgitFile:
    """A file, folder or archive of review sheets as JSON.

    Attributes:
        path: Where it is.
        sha256: SHA-256 of its bytes, in hexadecimal.
        within: The part of a zip that is meant, by the beginning of its members' names; "" means all.
        main: For a set of an older commit that only adds fields: the newer set of the same year.
    """

    path: Path
    sha256: str
    main: JudgitFile | None = None
    within: str = ""

    @cached_property
    def shape(self) -> str:
        """Return which contract its first object has."""
        if _label("rich", "related_plans") in self._first:
            return "rich"
        return "fy2021" if self.year >= _FIRST_WITHOUT_REASON else "base"

    @cached_property
    def year(self) -> int:
        """Return the publication year of its first object.

        Raises:
            LayoutError: There is no object, or it names no year.
        """
        year = self._first.get(_label("base", "year"))
        if not isinstance(year, int):
            raise LayoutError(f"{self.path}: the first object names no publication year ({year!r}).")
        return year

    @cached_property
    def _first(self) -> dict[str, Any]:
        for row, raw in iter_records(self.path, self.within):
            return _parse(raw, self.path, row)
        raise LayoutError(f"{self.path}: there is no object in it. Fetch the file again.")


def read_judgit(source: JudgitFile, part: tuple[int, int], lookups: Lookups, reading: Reading) -> Iterator[SheetPart]:
    """Yield the sheets of every n-th object, `part` being (remainder, n).

    Raises:
        LayoutError: An object is cut, or its keys are not those of the contract.
    """
    groups = load_groups(__package__, source.shape)
    names = _main_names(source.main, lookups) if source.main else None
    context = _Context(source, groups, lookups, reading, names)
    remainder, parts = part
    for row, raw in iter_records(source.path, source.within):
        if row % parts == remainder:
            sheet = context.read(row, _parse(raw, source.path, row))
            if sheet is not None:
                yield sheet


def _label(shape: str, field_name: str) -> str:
    columns = load_groups(__package__, shape)["sheet"].columns
    return next(label for label, column in columns.items() if column.field == field_name)


def _main_names(main: JudgitFile, lookups: Lookups) -> dict[str, str]:
    """Return the project names of the newer set by the path of their sheet."""
    groups = load_groups(__package__, main.shape)
    context = _Context(main, groups, lookups, Reading(), None)
    names = {}
    for row, raw in iter_records(main.path, main.within):
        record = context.take("sheet", _parse(raw, main.path, row), row)
        key = context.key_of(record, row)
        if key:
            names[key.path] = key_form(str(record["name"]))
    return names


def _parse(raw: bytes, path: Path, row: int) -> dict[str, Any]:
    try:
        record = json.loads(raw)
    except (ValueError, UnicodeDecodeError) as error:
        raise LayoutError(
            f"{path}, line {row}: this is not one whole JSON object ({error}). Fetch the file again."
        ) from error
    if not isinstance(record, dict):
        raise LayoutError(f"{path}, line {row}: an object is expected, {type(record).__name__} found.")
    return record


@dataclass
class _Context:
    """What reading the objects of one file shares."""

    source: JudgitFile
    groups: Mapping[str, Group]
    lookups: Lookups
    reading: Reading
    names: Mapping[str, str] | None
    _where: tuple[int, str] = field(default=(0, ""))

    def read(self, row: int, raw: dict[str, Any]) -> SheetPart | None:
        record = self.take("sheet", raw, row)
        key = self.key_of(record, row)
        if key is None:
            return None
        self._count("sheet", raw, key)
        for name in ("budget", "payment", "outcome", "output", "alternative", "unit_cost", "predecessor"):
            record[name] = [self._nested(name, item, row, key) for item in record.get(name) or ()]
        place = f"{self.source.sha256[:16]}/{row}"
        supplements = self._supplements(key, record, place)
        if supplements is None:
            return None
        reader = SheetReader(key, place, self.lookups, self.reading.issues)
        return reader.part(record, supplement=supplements)

    def take(self, name: str, raw: dict[str, Any], row: int) -> dict[str, Any]:
        """Return a record by our field names; keys and types must be those of the contract."""
        group = self.groups[name]
        if raw.keys() != group.columns.keys():
            group.check(raw, f"{self.source.path}, line {row}", ordered=False)
        record: dict[str, Any] = {}
        for label, value in raw.items():
            column = group.columns[label]
            if not isinstance(value, _TYPES[column.type]):
                raise LayoutError(
                    f"{self.source.path}, line {row}, {label}: {column.type} is expected, '{value}' found. "
                    "If the publisher changed the type, correct columns.csv of this source."
                )
            record[column.field] = value
        return record

    def key_of(self, record: dict[str, Any], row: int) -> SheetKey | None:
        """Return the key of a sheet, or None (and a report) where its ministry or number cannot be read."""
        printed = record.get("number") or "-".join(filter(None, (record[f"number_{n}"] for n in (1, 2, 3))))
        ministry = self.lookups.ministries.by_name.get(record["ministry"] or "")
        try:
            number = parse_project_number(printed)
        except ValueTextError:
            number = None
        if ministry is None or number is None:
            self._report("sheet-without-number", ministry or "", record["year"], row, f"{record['ministry']} {printed}")
            return None
        issuer = self.lookups.ministries.by_abbreviation.get(number.ministry_abbreviation or "", ministry)
        slug = number.slug if issuer == ministry else f"{issuer}-{number.slug}"
        record["number_printed"] = printed
        return SheetKey(ministry, int(record["year"]), slug)

    def _nested(self, name: str, raw: Any, row: int, key: SheetKey) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise LayoutError(f"{self.source.path}, line {row}, {name}: an object is expected, '{raw}' found.")
        record = self.take(name, raw, row)
        self._count(name, raw, key)
        if "values" in record:
            record["values"] = [self._nested(f"{name}/values", item, row, key) for item in record["values"]]
        return record

    def _count(self, name: str, raw: Mapping[str, Any], key: SheetKey) -> None:
        seen, filled = self.reading.seen, self.reading.filled
        columns = self.groups[name].columns
        for label, value in raw.items():
            field_key = (f"{name}.{columns[label].field}", key.fiscal_year, key.ministry)
            seen[field_key] += 1
            if value not in _EMPTY and value != []:
                filled[field_key] += 1

    def _supplements(self, key: SheetKey, record: Mapping[str, Any], place: str) -> bool | None:
        """Return whether a sheet only adds to the newer set; None where the number names another project there."""
        if self.names is None or key.path not in self.names:
            return False
        if self.names[key.path] == key_form(str(record["name"])):
            return True
        self.reading.issues.append(
            Issue("number-of-another-project", key.ministry, key.fiscal_year, place, f"{key.number} {record['name']}")
        )
        return None

    def _report(self, rule: str, ministry: str, year: int, row: int, text: str) -> None:
        self.reading.issues.append(Issue(rule, ministry, year, f"{self.source.sha256[:16]}/{row}", text))
