"""The registry: curated tables of projects, numbers, organisations, strategies and readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hyoka_kg.model.cells import Locator


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a registry table, with its place."""

    values: Mapping[str, str]
    locator: Locator

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True, slots=True)
class Registry:
    """All registry tables by name, each a tuple of rows in file order."""

    tables: Mapping[str, tuple[Row, ...]]

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        return self.tables[table]

    def index(self, table: str, column: str) -> dict[str, Row]:
        """Return the rows of a table by a column that identifies them."""
        return {row[column]: row for row in self.tables[table]}
