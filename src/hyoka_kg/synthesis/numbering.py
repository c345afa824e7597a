"""Print the numbers of review sheets (事業番号) as each year's form does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hyoka_kg.synthesis.ministry import Project
from hyoka_kg.synthesis.printing import year_label
from hyoka_kg.synthesis.words import words

_FULL_FORM_SINCE = 2021


@dataclass(frozen=True, slots=True)
class Standing:
    """What a project was called by in one year: the number that its sheet printed."""

    fiscal_year: int
    project: int
    number: str


History = Mapping[int, tuple[Standing, ...]]


def print_project_number(project: Project, fiscal_year: int) -> str:
    """Return the number: `0036`, `新29-0004`; from FY2021 `2021-架空-20-0036`, `2021-架空-新22-0004`."""
    new = words()["new"]
    if fiscal_year < _FULL_FORM_SINCE:
        short = year_label(fiscal_year, fiscal_year).zfill(2)
        return f"{new}{short}-{project.number:04d}" if project.is_new else f"{project.number:04d}"
    middle = f"{new}{(fiscal_year + 1) % 100:02d}" if project.is_new else f"{(fiscal_year - 1) % 100:02d}"
    return f"{fiscal_year}-{words()['ministry']['abbreviation']}-{middle}-{project.number:04d}"


def document_id(project: Project, fiscal_year: int) -> str:
    """Return the id of a project's sheet, in ASCII."""
    number = f"new{project.number:04d}" if project.is_new else f"{project.number:04d}"
    return f"{words()['ministry']['slug']}-review-sheet-fy{fiscal_year}-{number}"


def carry_history(history: History, projects: tuple[Project, ...], fiscal_year: int) -> dict[int, tuple[Standing, ...]]:
    """Return the standings of this year's projects: those of what they continue, then their own."""
    return {
        one.id: (
            *dict.fromkeys(standing for before in one.predecessors for standing in history.get(before, ())),
            Standing(fiscal_year, one.id, print_project_number(one, fiscal_year)),
        )
        for one in projects
    }
