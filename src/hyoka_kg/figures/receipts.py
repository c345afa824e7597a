"""The line of receipts under a figure: which documents, which pages, which lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hyoka_kg.figures.labels import Labels


def receipt_line(rows: Iterable[Mapping[str, str]], labels: Labels) -> str:
    """Return the places of rows with `stated_in`, `page` and `line`, lines of a page together.

    A document whose rows bear no page, such as a sheet published as a table, is named alone.
    """
    found: dict[str, dict[int, set[int]]] = {}
    for row in rows:
        if row.get("stated_in"):
            pages = found.setdefault(row["stated_in"], defaultdict(set))
            if row.get("page", "").isdecimal() and row.get("line", "").isdecimal():
                pages[int(row["page"])].add(int(row["line"]))
    places = [_place(document, pages, labels) for document, pages in sorted(found.items())]
    return labels("receipt", places=labels("separator").join(places)) if places else ""


def _place(document: str, pages: Mapping[int, set[int]], labels: Labels) -> str:
    if not pages:
        return document
    told = [labels("page", page=page, lines=_ranges(lines)) for page, lines in sorted(pages.items())]
    return labels("place", document=document, pages=labels("separator").join(told))


def _ranges(lines: set[int]) -> str:
    first, last = min(lines), max(lines)
    return str(first) if first == last else f"{first}\u2013{last}"
