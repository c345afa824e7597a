"""Tell what changed about a project: between two documents of one store, or between two builds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from hyoka_kg.errors import QueryError
from hyoka_kg.normalization.units import parse_header_unit
from hyoka_kg.query import Parameter, resolve, run_maintenance
from hyoka_kg.store import GraphStore

# Papers print million yen: two amounts that round to neighbours may be one amount.
_ROUNDING = Decimal(1)
_MONEY = "amount"
_PROJECT = "project"
_BETWEEN = "; "


@dataclass(frozen=True, slots=True, order=True)
class FactKey:
    """What a value is about.

    Attributes:
        project: Identifier of the project.
        document: Identifier of the document that tells it, where two builds are compared; else empty.
        kind: `project`, `name`, `start`, `amount` or `indicator`.
        part_ja: What to call it in Japanese.
        part_en: What to call it in English.
        year: Fiscal year of the value, or empty.
    """

    project: str
    document: str
    kind: str
    part_ja: str
    part_en: str
    year: str


class Fact(NamedTuple):
    """What is told under one key; several values stand side by side, divided by `; `, as do their units.

    Attributes:
        value: The value, or several.
        unit_ja: Its unit in Japanese, or empty where it has none or none is known for sure.
        unit_en: Its unit in English; as printed where no other name of it is known.
    """

    value: str
    unit_ja: str = ""
    unit_en: str = ""

    def beside(self, other: Fact) -> Fact:
        """Return this fact with another one beside it."""
        return Fact(*(_BETWEEN.join(pair) for pair in zip(self, other, strict=True)))

    def parts(self, language: str) -> list[tuple[str, str]]:
        """Return each value with its unit in `ja` or `en`."""
        units = self.unit_ja if language == "ja" else self.unit_en
        return list(zip(self.value.split(_BETWEEN), units.split(_BETWEEN), strict=True))


_NOTHING = Fact("")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two documents or builds tell differently; an empty value where one is silent."""

    key: FactKey
    before: Fact
    after: Fact

    @property
    def manner(self) -> str:
        """Return `added`, `removed` or `changed`."""
        return "added" if not self.before.value else "removed" if not self.after.value else "changed"


Facts = Mapping[FactKey, Fact]


def diff_documents(store: GraphStore, one: str, two: str, project: str = "") -> list[Change]:
    """Return what a later document tells differently from an earlier one about the projects that both tell of.

    Args:
        store: The store that holds both.
        one: Identifier or IRI of the earlier document.
        two: Identifier or IRI of the later document.
        project: Identifier of the only project wanted, or empty.

    Raises:
        QueryError: A document is unknown, or the two tell of no project in common.
    """
    tellings = [_tellings(store, document=_resolve(store, "document", name)) for name in (one, two)]
    shared = {row["project_id"] for row in tellings[0]} & {row["project_id"] for row in tellings[1]}
    if project:
        shared &= {_resolve(store, "project", project).partition("/id/project/")[2]}
    if not shared:
        raise QueryError(f"{one} and {two} tell of no project in common. See which they name: hyoka query cq11")
    facts = [_facts(store, [row for row in rows if row["project_id"] in shared]) for rows in tellings]
    return list(changes(facts[0], facts[1], _ROUNDING))


def diff_builds(before: GraphStore, after: GraphStore, project: str) -> list[Change]:
    """Return what a build tells differently from an earlier one about a project, document by document.

    Where one of them puts an entry under another project, that is a change, and what the entry tells is still compared.

    Raises:
        QueryError: The project is in neither build.
    """
    stores = (before, after)
    tellings = [_known(store, "project", project) for store in stores]
    if not any(tellings):
        _resolve(after, "project", project)
        return []
    entries = {row["entry"]: row["document_id"] for row in (*tellings[0], *tellings[1])}
    name = next(row["project_id"] for rows in tellings for row in rows)
    facts = [_facts_of_entries(store, entries, name) for store in stores]
    return list(changes(facts[0], facts[1], Decimal(0)))


def _facts_of_entries(store: GraphStore, entries: Mapping[str, str], name: str) -> Facts:
    """Return the facts of entries wherever a build puts them, with the project it puts them under."""
    documents = sorted(set(entries.values()))
    told = [_known(store, "document", one) for one in documents]
    rows = [row for rows in told for row in rows if row["entry"] in entries]
    places = {FactKey(name, row["document_id"], _PROJECT, "", "", ""): Fact(row["project_id"]) for row in rows}
    return _facts(store, [dict(row) | {"project_id": name} for row in rows], by_document=True) | places


def _known(store: GraphStore, kind: str, name: str) -> list[Mapping[str, str]]:
    """Return what is told of a thing, or nothing where the store does not know it."""
    try:
        return _tellings(store, **{kind: _resolve(store, kind, name)})
    except QueryError:
        return []


def changes(before: Facts, after: Facts, tolerance: Decimal) -> Iterator[Change]:
    """Yield the differences in the order of their keys; amounts within the tolerance are no difference."""
    for key in sorted({*before, *after}):
        old, new = before.get(key, _NOTHING), after.get(key, _NOTHING)
        if _differ(old, new) and not (key.kind == _MONEY and _is_near(old.value, new.value, tolerance)):
            yield Change(key, old, new)


def _differ(old: Fact, new: Fact) -> bool:
    # A unit that one of them does not tell contradicts nothing.
    return old.value != new.value or bool(old.unit_ja and new.unit_ja and old.unit_ja != new.unit_ja)


def _is_near(old: str, new: str, tolerance: Decimal) -> bool:
    try:
        return abs(Decimal(old) - Decimal(new)) <= tolerance
    except InvalidOperation:
        return False


def _resolve(store: GraphStore, kind: str, name: str) -> str:
    return resolve(store, Parameter(kind, "iri", kind, None, False, "", ""), name)


def _tellings(store: GraphStore, **named: str) -> list[Mapping[str, str]]:
    return list(run_maintenance(store, "projects_told", **named).as_text())


def _facts(store: GraphStore, rows: Iterable[Mapping[str, str]], *, by_document: bool = False) -> dict[FactKey, Fact]:
    """Return the facts of entries."""
    found: dict[FactKey, Fact] = {}
    for row in rows:
        document = row["document_id"] if by_document else ""
        for told in run_maintenance(store, "facts_of_entry", entry=row["entry"]).as_text():
            key = FactKey(row["project_id"], document, *(told[name] for name in ("kind", "part_ja", "part_en", "year")))
            fact = Fact(told["value"], *_units(told))
            found[key] = found[key].beside(fact) if key in found else fact
    return found


def _units(told: Mapping[str, str]) -> tuple[str, str]:
    """Return the unit of a value in both languages: by its name, else as printed, unless that holds a scale (千頭)."""
    if told["unit_ja"]:
        return told["unit_ja"], told["unit_en"]
    printed = parse_header_unit(told["unit_printed"])
    is_plain = printed is not None and printed.unit and printed.scale == 1
    return (told["unit_printed"], told["unit_printed"]) if is_plain else ("", "")
