"""The ministries of the national corpora: printed names and abbreviations to slugs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.errors import ModelError
from hyoka_kg.model import Row
from hyoka_kg.normalization.corporate_numbers import is_corporate_number
from hyoka_kg.sources.tables import read_table

_COLUMNS = (
    "org_id",
    "name_ja",
    "name_en",
    "aliases",
    "abbreviations",
    "established",
    "corporate_number_nta",
)
_CHANGES = ("from", "to", "date", "kind", "note_ja", "note_en")


@dataclass(frozen=True, slots=True)
class Ministries:
    """The ministries that issue review sheets.

    Attributes:
        rows: Their table.
        changes: What went from one to another, and when.
        by_name: Slug by printed name or former name.
        by_abbreviation: Slug by the short name inside review numbers.
    """

    rows: tuple[Row, ...]
    changes: tuple[Row, ...]
    by_name: Mapping[str, str]
    by_abbreviation: Mapping[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Return the Japanese name by slug."""
        return {row["org_id"]: row["name_ja"] for row in self.rows}


def read_ministries(folder: Path) -> Ministries:
    """Return the ministries of a folder `data/national`.

    Raises:
        LayoutError: A table is absent or its columns differ.
        ModelError: A corporate number fails its check digit, or a change names no ministry.
    """
    rows = tuple(read_table(folder / "ministries.csv", _COLUMNS))
    changes = tuple(read_table(folder / "ministry_changes.csv", _CHANGES))
    known = {row["org_id"] for row in rows}
    for row in rows:
        if row["corporate_number_nta"] and not is_corporate_number(row["corporate_number_nta"]):
            raise ModelError(f"{row.locator}: {row['corporate_number_nta']} fails its check digit. Correct it.")
    for row in changes:
        if not {row["from"], row["to"]} <= known:
            raise ModelError(f"{row.locator}: a change names a ministry that is not in ministries.csv.")
    return Ministries(
        rows=rows,
        changes=changes,
        by_name={name: row["org_id"] for row in rows for name in (row["name_ja"], *row["aliases"].split())},
        by_abbreviation={name: row["org_id"] for row in rows for name in row["abbreviations"].split()},
    )
