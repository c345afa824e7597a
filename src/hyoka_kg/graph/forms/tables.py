"""Look up subjects, fields and statements in the tables beside this module; `*` is one path segment."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hyoka_kg.errors import LayoutError


@dataclass(frozen=True, slots=True)
class SubjectMeaning:
    """What a subject of a form is: its classes, and the property and parent that it hangs on.

    `number` is the property of the sequence number in its path; `link` is stated by `owner` of it.
    """

    subject: str
    classes: tuple[str, ...]
    number: str
    owner: str
    link: str


@dataclass(frozen=True, slots=True)
class FieldMeaning:
    """How a cell is stated: its node (text, budget, observation, unit-cost), its value kind, and its code.

    The code is the budget phase or the role of the value; for a text cell the form box, where that is not the field.
    """

    subject: str
    field: str
    node: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a cell says beside itself: a property `on` the entity, cell, parent or document."""

    subject: str
    field: str
    on: str
    property: str
    object: str


def meaning_of_subject(subject: str) -> SubjectMeaning:
    """Return the meaning of a subject such as `entry/9`.

    Raises:
        LayoutError: No pattern of `subjects.csv` fits.
    """
    for row in _subjects():
        if _fits(row.subject, subject):
            return row
    raise LayoutError(f"The subject '{subject}' is unknown. Add its pattern to graph/forms/subjects.csv.")


@cache
def meaning_of_field(subject: str, field: str) -> FieldMeaning:
    """Return how a field of a subject is stated.

    Raises:
        LayoutError: No row of `fields.csv` fits.
    """
    for row in _fields():
        if _fits(row.field, field) and _fits(row.subject, subject):
            return row
    raise LayoutError(
        f"The field '{field}' of '{subject}' is unknown. Add a row to graph/forms/fields.csv that says how it is read."
    )


@cache
def statements_of(subject: str, field: str) -> tuple[Statement, ...]:
    """Return what a field of a subject states beside the cell itself; often nothing."""
    return tuple(row for row in _statements() if row.field == field and _fits(row.subject, subject))


def _fits(pattern: str, subject: str) -> bool:
    return _pattern(pattern).fullmatch(subject) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*\*", ".+").replace(r"\*", "[^/]+"))


@cache
def _subjects() -> tuple[SubjectMeaning, ...]:
    return tuple(
        SubjectMeaning(row["subject"], tuple(row["classes"].split()), row["number"], row["owner"], row["link"])
        for row in _rows("subjects.csv")
    )


@cache
def _fields() -> tuple[FieldMeaning, ...]:
    return tuple(FieldMeaning(**row) for row in _rows("fields.csv"))


@cache
def _statements() -> tuple[Statement, ...]:
    return tuple(Statement(**row) for row in _rows("statements.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
