"""State the list of former sheets (関連する過去のレビューシート) as claims: which number continues which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hyoka_kg.errors import ValueTextError
from hyoka_kg.model import Node, SheetKey
from hyoka_kg.normalization.project_numbers import parse_project_number
from hyoka_kg.sources.lookups import Lookups

# The FY2018 objects carry older years with the number of FY2017: the publisher's mistake, known and uniform.
_WRONG_YEARS = {2018: 2017}


class PredecessorReader:
    """The claims of one sheet about the sheets before it."""

    def __init__(
        self,
        key: SheetKey,
        at: Callable[[str], str],
        lookups: Lookups,
        report: Callable[[str, str, str], None],
    ) -> None:
        self._key, self._at, self._lookups, self._report = key, at, lookups, report

    def nodes(self, rows: list[dict[str, Any]]) -> Iterator[Node]:
        """Yield a claim a former sheet; equal ones once."""
        former: dict[tuple[str, int, str], int] = {}
        for row, record in enumerate(rows):
            number = self._former(row, record)
            if number is not None:
                former.setdefault(number, row)
        for (ministry, year, slug), row in former.items():
            yield self._claim(row, ministry, year, slug)

    def _former(self, row: int, record: Mapping[str, Any]) -> tuple[str, int, str] | None:
        ministry = self._lookups.ministries.by_name.get(record["ministry"])
        parts = [record["number_1"], record["number_2"], record["number_3"]]
        if parts[2] == "0":
            parts[2] = None
        printed = "-".join(filter(None, parts))
        try:
            slug = parse_project_number(printed).slug if parts[1] else ""
        except ValueTextError:
            slug = ""
        if ministry is None or not slug:
            self._report("predecessor-unreadable", f"predecessor/{row}", f"{record['ministry']} {printed}")
            return None
        year = int(record["year"])
        return ministry, _WRONG_YEARS.get(self._key.fiscal_year, year), slug

    def _claim(self, row: int, ministry: str, year: int, slug: str) -> Node:
        key = self._key
        moved = "transferred" if ministry != key.ministry else "renumbered"
        relation = "continues" if (ministry, slug) == (key.ministry, key.number) else moved
        values = (
            ("link_from", f"{ministry}/fy{year}/{slug}"),
            ("link_to", f"{key.ministry}/fy{key.fiscal_year}/{key.number}"),
            ("relation", relation),
            ("evidence", "stated-predecessor-number"),
            ("method", "predecessor-list"),
            ("confidence", "B"),
        )
        return Node("link", f"predecessor/{row + 1}/link", "", self._at(f"predecessor/{row}"), values)
