"""The pen of a reader of cells: claims by cell, values by label, refusals where one box holds two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hyoka_kg.model import Claim, ClaimState, Stretch, ValueStatus
from hyoka_kg.sources.grid.sheet import Placed, Sheet
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger


@dataclass
class Writer:
    """Where claims of one sheet go, and what they all need."""

    sheet: Sheet
    profile: Profile
    year: int
    ledger: Ledger

    def claim(self, subject: str, name: str, stretch: Stretch, **more: Any) -> None:
        """Claim a stretch explicitly: it stands in the cell under its heading."""
        if stretch:
            self.ledger.claim(subject, name, stretch, **more)

    def value(self, subject: str, name: str, cell: Placed | None, **more: Any) -> None:
        """Claim a cell, or say that nothing is printed in it."""
        if cell is not None and cell.block is not None and cell.key is None:
            self.claim(subject, name, cell.stretch, **more)
        else:
            self.ledger.absent(subject, name, cell.cell.page if cell else 1, more.get("fiscal_year"))

    def passage(self, subject: str, name: str, cells: Sequence[Placed]) -> None:
        """Claim cells as one long text."""
        parts = tuple(part for cell in cells for part in cell.stretch.parts)
        if parts:
            self.claim(subject, name, Stretch(parts), is_passage=True)

    def label(self, cell: Placed) -> None:
        """Say that a cell is read as a heading."""
        if cell.block:
            self.ledger.use(cell.block.stretch)

    def structure(self, subject: str, name: str, value: str) -> None:
        """Claim a link that the rules of the table show."""
        self.ledger.claims.append(Claim(subject, name, "", None, value=value, state=ClaimState.EXPLICIT))

    def refuse(self, subject: str, name: str, cells: Sequence[Placed], year: int | None = None) -> None:
        """Refuse to choose among cells that stand in one box."""
        texts = " | ".join(cell.text for cell in cells)
        self.ledger.issue("two_values", f"{subject} {name} {year or ''} ({cells[0].cell.place})", texts)
        self.ledger.claims.append(
            Claim(
                subject,
                name,
                "",
                cells[0].cell.page,
                year,
                status=ValueStatus.UNREADABLE,
                state=ClaimState.OPEN,
                rule="two_values",
            )
        )

    def beside(self, key: str) -> Placed | None:
        """Return the cell on the right of a label, if there is exactly one such label before any table repeats it."""
        label = self.sheet.first(key)
        cell = self.sheet.right_of(label) if label else None
        return cell if cell is not None and cell.key is None else None
