"""The tables beside this module as ready-made pieces of N-Quads lines, built once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hyoka_kg.graph.terms import iri, string, term, text, typed
from hyoka_kg.vocabulary import BASE

_ID = f"{BASE}id/"
_INVERSE = "^"
ObjectMaker = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class NodeMeaning:
    """How a kind of node is stated; every piece is a term, or empty.

    Attributes:
        types: The tail of its type statements, one a class.
        stated_in: Whether it links to its document.
        owner: Property to its owner.
        is_inverse: Whether the owner is the subject of that property.
        project: Property to the project of the sheet.
    """

    types: tuple[str, ...]
    stated_in: bool
    owner: str
    is_inverse: bool
    project: str


@dataclass(frozen=True, slots=True)
class FieldMeaning:
    """The property that a field states, and how its text becomes the object."""

    property: str
    make: ObjectMaker


@cache
def node_meanings() -> dict[str, NodeMeaning]:
    """Return the rows of `nodes.csv` by kind."""
    return {row["kind"]: _node(row) for row in _rows("nodes.csv")}


@cache
def field_meanings() -> dict[str, FieldMeaning]:
    """Return the rows of `fields.csv` by field."""
    return {row["field"]: FieldMeaning(term(row["property"]), _maker(row["object"])) for row in _rows("fields.csv")}


def _node(row: dict[str, str]) -> NodeMeaning:
    rdf_type = term("rdf:type")
    owner = row["owner"].removeprefix(_INVERSE)
    return NodeMeaning(
        types=tuple(f"{rdf_type} {term(name)}" for name in row["classes"].split()),
        stated_in=bool(row["stated_in"]),
        owner=term(owner) if owner else "",
        is_inverse=row["owner"].startswith(_INVERSE),
        project=term(row["project"]) if row["project"] else "",
    )


def _maker(kind: str) -> ObjectMaker:
    name, _, argument = kind.partition(":")
    if name == "concept":
        return cache(lambda code: term(f"hys:{argument}/{code}"))
    if name == "instance":
        return lambda path: iri(f"{_ID}{argument}/{path}")
    return _MAKERS[name]


_MAKERS: dict[str, ObjectMaker] = {
    "text": text,
    "string": string,
    "decimal": lambda digits: typed(digits, "xsd:decimal"),
    "integer": cache(lambda digits: typed(digits, "xsd:integer")),
    "boolean": cache(lambda word: typed(word, "xsd:boolean")),
    "year": cache(lambda year: iri(f"{_ID}fy/{year}")),
}


def _rows(name: str) -> list[dict[str, str]]:
    content = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(content)))
