"""Link the entries of a document to projects through the review numbers that the document prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hyoka_kg.errors import ModelError
from hyoka_kg.model import Cell, Document, Registry, Row, ValueStatus

_NUMBER_FIELD = "review_number"
_CLAUSE_FIELD = "heading"


@dataclass(frozen=True, slots=True, order=True)
class NumberKey:
    """A review number: it names a project only within one ministry and one publication year."""

    ministry: str
    fiscal_year: int
    number: str


@dataclass(frozen=True, slots=True)
class DocumentLinks:
    """What the records of one document refer to.

    Attributes:
        numbers: Review number by the subject whose cell prints it.
        projects: Project id by subject, from those numbers.
        measurands: Measurand id by indicator subject.
        clauses: Clause id by the subject whose cell prints its heading.
    """

    numbers: Mapping[str, NumberKey]
    projects: Mapping[str, str]
    measurands: Mapping[str, str]
    clauses: Mapping[str, str]

    def project_of(self, subject: str) -> str | None:
        """Return the project of a subject: its own, or that of the entry it belongs to."""
        parts = subject.split("/")
        for end in range(len(parts), 0, -1):
            project = self.projects.get("/".join(parts[:end]))
            if project is not None:
                return project
        return None


def link_document(document: Document, registry: Registry) -> DocumentLinks:
    """Return the links of a document.

    Raises:
        ModelError: A printed number is not registered, or two entries print the same number.
    """
    known = {(row["ministry"], row["fiscal_year"], row["number_printed"]): row for row in registry["review_numbers"]}
    rows = {cell.subject: _registered(cell, document, known) for cell in _number_cells(document)}
    _check_one_entry_a_number(rows, document)
    return DocumentLinks(
        numbers={subject: _key(row) for subject, row in rows.items()},
        projects={subject: row["project_id"] for subject, row in rows.items()},
        measurands={
            row["subject"]: row["measurand_id"]
            for row in registry["measurand_members"]
            if row["document"] == document.head.id
        },
        clauses={cell.subject: cell.value for cell in document.cells if cell.field == _CLAUSE_FIELD and cell.value},
    )


def _number_cells(document: Document) -> Iterator[Cell]:
    for cell in document.cells:
        if cell.field == _NUMBER_FIELD and cell.status is ValueStatus.REPORTED:
            yield cell


def _registered(cell: Cell, document: Document, known: Mapping[tuple[str, str, str], Row]) -> Row:
    year = cell.fiscal_year or document.head.sheet_fiscal_year
    row = known.get((document.head.ministry, str(year), cell.text))
    if row is None:
        raise ModelError(
            f"{cell.locator} ({cell.subject}): the number {cell.text} of FY{year} is not in "
            "data/registry/review_numbers.csv. Add it with the project that it names and the evidence."
        )
    return row


def _key(row: Row) -> NumberKey:
    return NumberKey(row["ministry"], int(row["fiscal_year"]), row["number"])


def _check_one_entry_a_number(rows: Mapping[str, Row], document: Document) -> None:
    owners: dict[tuple[str, str], str] = {}
    for subject, row in rows.items():
        number = (row["fiscal_year"], row["number_printed"])
        if number in owners:
            raise ModelError(
                f"{document.head.id}: the number {number[1]} of FY{number[0]} stands at {owners[number]} and at "
                f"{subject}. A number names one project in one year; correct one of the two cells."
            )
        owners[number] = subject
