"""Records of the national corpora: parts of review sheets, lean enough to stream by the million."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SheetKey:
    """What identifies one review sheet: its ministry, its publication year and its number there.

    Attributes:
        ministry: Organisation slug.
        fiscal_year: Gregorian year in which the publication year begins.
        number: The issued number in ASCII: `0036`, `new29-0004`, or `rs-698` (予算事業ID) from FY2024 on.
    """

    ministry: str
    fiscal_year: int
    number: str

    @property
    def path(self) -> str:
        """Return the path of the sheet's IRI below `id/doc/`."""
        return f"{self.ministry}/review-sheet/fy{self.fiscal_year}/{self.number}"

    @property
    def identifier(self) -> str:
        """Return the identifier that a person types."""
        return f"{self.ministry}-review-sheet-fy{self.fiscal_year}-{self.number}"


class Node(NamedTuple):
    """One thing that a sheet states.

    Attributes:
        kind: What it is: a row of `graph/lean/nodes.csv`.
        path: Its path below the sheet; empty for the sheet itself.
        owner: Path of the part that it belongs to; empty where that is the sheet.
        place: Where it was read: a source and a fragment, below `id/source/`.
        values: Fields and their values, in the order of statement; a field may stand several times.
    """

    kind: str
    path: str
    owner: str
    place: str
    values: tuple[tuple[str, str], ...]


class SheetPart(NamedTuple):
    """What one record of a source says about one sheet.

    Attributes:
        key: The sheet.
        rs_id: The 予算事業ID without leading zeros, or empty where the sheet has none.
        number_printed: The review number as printed, or empty where this part does not print it.
        name: Name of the project as printed, or empty where this part does not say it.
        nodes: What is stated.
    """

    key: SheetKey
    rs_id: str
    number_printed: str
    name: str
    nodes: list[Node]


class Issue(NamedTuple):
    """Something in a source that cannot be stated as it stands, with its place."""

    rule: str
    ministry: str
    fiscal_year: int
    place: str
    text: str


@dataclass(slots=True)
class Reading:
    """What reading a part of a source leaves beside its records.

    Attributes:
        issues: What was reported, in order.
        filled: Filled values by source field, year and ministry.
        seen: All values, filled or not, by the same key.
    """

    issues: list[Issue] = field(default_factory=list)
    filled: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    seen: Counter[tuple[str, int, str]] = field(default_factory=Counter)
