"""Which project a sheet of the national corpora speaks of, by the numbers that were issued for it.

This is the one place where the project of a lean sheet is decided. `IssuedNumbers` joins nothing over the years beyond
what the registry knows; `IdentifiedProjects` reads what the identity step found with evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from hyoka_kg.model import Registry, SheetKey

_Number = tuple[str, int, str]


class ProjectResolver(Protocol):
    """Decides the project of a sheet."""

    def project_of(self, key: SheetKey, rs_id: str) -> str:
        """Return the project id, below `id/project/`, of a sheet."""
        ...

    def is_registered(self, key: SheetKey) -> bool:
        """Return whether the registry states the number of a sheet."""
        ...


@dataclass(frozen=True, slots=True)
class IssuedNumbers:
    """The project of a sheet from its issued numbers alone.

    Attributes:
        by_number: Registered project by ministry, publication year and number.
        by_rs_id: Registered project by 予算事業ID.
    """

    by_number: Mapping[_Number, str]
    by_rs_id: Mapping[str, str]

    @classmethod
    def of(cls, registry: Registry) -> IssuedNumbers:
        """Return the resolver that knows what the registry knows."""
        numbers = {
            (row["ministry"], int(row["fiscal_year"]), row["number"]): row["project_id"]
            for row in registry["review_numbers"]
        }
        return cls(numbers, {row["rs_id"]: row["project_id"] for row in registry["projects"] if row["rs_id"]})

    def project_of(self, key: SheetKey, rs_id: str) -> str:
        """Return the registered project, else one named by 予算事業ID, else by year and number."""
        if rs_id:
            return self.by_rs_id.get(rs_id) or f"{key.ministry}/rs-{rs_id}"
        known = self.by_number.get((key.ministry, key.fiscal_year, key.number))
        return known or f"{key.ministry}/fy{key.fiscal_year}-{key.number}"

    def is_registered(self, key: SheetKey) -> bool:
        """Return whether the registry states the number of a sheet."""
        return (key.ministry, key.fiscal_year, key.number) in self.by_number


@dataclass(frozen=True, slots=True)
class IdentifiedProjects:
    """The project of a sheet as the identity step resolved it; a sheet that it has not seen goes by its numbers.

    Attributes:
        projects: Project by sheet.
        numbers: What is known of issued numbers alone.
    """

    projects: Mapping[SheetKey, str]
    numbers: IssuedNumbers

    def project_of(self, key: SheetKey, rs_id: str) -> str:
        """Return the project of a sheet."""
        return self.projects.get(key) or self.numbers.project_of(key, rs_id)

    def is_registered(self, key: SheetKey) -> bool:
        """Return whether the registry states the number of a sheet."""
        return self.numbers.is_registered(key)
