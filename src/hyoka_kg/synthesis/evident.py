"""Tell which mergers and splits the sheets themselves give away: stated in a list, or proven by money that adds up.

The truth knows all of them. Where a sheet lists nothing and prints no money of the years before its project was made,
no reader can know where it came from, and to leave it open is right.
"""

from __future__ import annotations

from collections.abc import Iterable

from hyoka_kg.synthesis.ancestry import Ancestry
from hyoka_kg.synthesis.ministry import MinistryYear, Project

STATED, FIGURES = "stated", "figures"
_PRINTED_YEARS = 3
# Two years that both print give two budgets and one execution. Below ten million a part is lost in rounding.
_LEAST_YEARS, _LEAST_MILLIONS = 2, 10


def evident_by(project: Project, year: MinistryYear, ancestry: Ancestry, listed: Iterable[int]) -> str:
    """Return what gives the origin of a merged or split project away: `stated`, `figures`, or nothing.

    Args:
        project: The project as it stands in the year in which it was made.
        year: That year, with all its projects.
        ancestry: What is known of all projects so far.
        listed: The projects that its sheet lists rightly as former ones.
    """
    if set(project.predecessors) <= set(listed):
        return STATED
    heirs = [one for one in year.projects if one.predecessors == project.predecessors]
    parts = [one.id for one in heirs] if len(heirs) > 1 else list(project.predecessors)
    is_told = all(ancestry.prints_history(one.id) for one in heirs)
    return FIGURES if is_told and all(_is_large(ancestry, part, year.fiscal_year) for part in parts) else ""


def _is_large(ancestry: Ancestry, project: int, fiscal_year: int) -> bool:
    years = range(fiscal_year - _PRINTED_YEARS, fiscal_year)
    known = [budget.initial for one in years if (budget := ancestry.budget(project, one)) is not None]
    return len(known) >= _LEAST_YEARS and max(known) >= _LEAST_MILLIONS
