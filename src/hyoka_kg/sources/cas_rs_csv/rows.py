"""The rows of one sheet in one table, and how amounts, texts and categories in them are stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hyoka_kg.model import Issue, Node, SheetKey
from hyoka_kg.normalization.corporate_numbers import PLACEHOLDER, is_corporate_number
from hyoka_kg.sources.lookups import Lookups, Values, plain_number

ENTRY = "entry/1"


@dataclass(frozen=True, slots=True)
class RsRow:
    """One row by our field names, with its place."""

    values: Mapping[str, str]
    place: str

    def __getitem__(self, name: str) -> str:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class SheetRows:
    """All rows of one sheet in one table."""

    key: SheetKey
    rows: list[RsRow]
    lookups: Lookups
    issues: list[Issue]

    def __iter__(self) -> Iterator[RsRow]:
        return iter(self.rows)

    def report(self, rule: str, row: RsRow, text: str) -> None:
        """Report what cannot be stated as it stands."""
        self.issues.append(Issue(rule, self.key.ministry, self.key.fiscal_year, row.place, text))

    def amount(self, row: RsRow, field: str) -> Values:
        """Return an amount in yen; an empty cell gives nothing, a text that is no number is reported."""
        printed = row[field]
        if not printed:
            return ()
        number = plain_number(printed)
        if number is None:
            self.report("amount-unreadable", row, f"{field} {printed}")
            return (("as_printed", printed), ("status", "unreadable"))
        stated = (("amount", f"{number.normalize():f}"),)
        return stated if number else (*stated, ("status", "zero"))

    def texts(self, row: RsRow, boxes: Mapping[str, str], suffix: str = "") -> Iterator[Node]:
        """Yield a text cell for each filled field."""
        for field, box in boxes.items():
            if row[field]:
                values = (("box", box), ("as_printed", row[field]))
                yield Node("text", f"{ENTRY}/cell/{box}{suffix}", ENTRY, row.place, values)

    def code(self, row: RsRow, field: str) -> Values:
        """Return the code of a printed category; one that is not listed is reported."""
        printed = row[field]
        code = self.lookups.categories[field].get(printed)
        if printed and code is None:
            self.report(f"unknown-{field.replace('_', '-')}", row, printed)
        return ((field, code),) if code else ()

    def opinion(self, row: RsRow, field: str) -> Values:
        """Return the category of an opinion; a kind of review (書面点検) stays as it is printed."""
        printed = row[field]
        code = self.lookups.categories["opinion_category"].get(printed)
        if code:
            return (("opinion_category", code),)
        if printed and printed not in self.lookups.categories["review_kind"]:
            self.report("unknown-opinion-category", row, printed)
        return (("label", printed),) if printed else ()

    def payee(self, row: RsRow) -> Values:
        """Return a payee as printed, and its corporate number where that passes its check digit."""
        stated: Values = (("payee", row["payee"]),) if row["payee"] else ()
        number = row["corporate_number"]
        if number and is_corporate_number(number):
            return (*stated, ("corporate_number", number))
        if number and number != PLACEHOLDER:
            self.report("corporate-number-invalid", row, f"{number} {row['payee']}")
        return stated

    def block(self, row: RsRow) -> str:
        """Return the path of the block of a row; empty where it has none, or one that is no letter (reported)."""
        label = row["block"]
        name = self.lookups.categories["block"].get(label, label)
        if name.isascii() and name.isalnum():
            return f"block/{name}"
        if label:
            self.report("block-unreadable", row, label)
        return ""
