"""The line of receipts under a figure: which documents, which pages, which lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hyoka_kg.figures.labels import Labels


def receipt_line(rows: Iterable[Mapping[str, str]], labels: Labels) -> str:
    """Return the places of rows with `stated_in`, `page` and `line`, lines of a page together."""
    found: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if row.get("stated_in") and row.get("page", "").isdecimal() and row.get("line", "").isdecimal():
            found[row["stated_in"]][int(row["page"])].add(int(row["line"]))
    comma = labels("separator")
    places = [
        labels(
            "place",
            document=document,
            pages=comma.join(labels("page", page=page, lines=_ranges(lines)) for page, lines in sorted(pages.items())),
        )
        for document, pages in sorted(found.items())
    ]
    return labels("receipt", places=comma.join(places)) if places else ""


def _ranges(lines: set[int]) -> str:
    first, last = min(lines), max(lines)
    return str(first) if first == last else f"{first}\u2013{last}"
