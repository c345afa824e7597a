"""Join sheets that are one project, and give each project its name, which never changes once it is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hyoka_kg.linking.identity.links import Link
from hyoka_kg.model import SheetKey

Issued = Mapping[SheetKey, str]


class Change(NamedTuple):
    """What happened to an issued project.

    Attributes:
        kind: `replaced`, where its sheets are another project now; `divided`, where some of them are a new one.
        project: The project that was issued.
        successor: The project that has its sheets, or some of them, now.
        sheet: The first of those sheets.
        reason: The evidence of the link that joins it to the rest; empty where it is that no link does any more.
    """

    kind: str
    project: str
    successor: str
    sheet: SheetKey
    reason: str


class Resolution(NamedTuple):
    """The projects of all sheets.

    Attributes:
        projects: Project by sheet.
        changes: What differs from the projects that were issued before.
        refused: Links that would join what the registry tells apart, or two sheets of one year.
    """

    projects: dict[SheetKey, str]
    changes: list[Change]
    refused: list[Link]


def resolve(sheets: Sequence[SheetKey], links: Iterable[Link], registered: Issued, issued: Issued) -> Resolution:
    """Return the projects of the sheets.

    Args:
        sheets: All sheets, in order of year, ministry and number.
        links: The links between them; only those that join count.
        registered: Project by sheet as people registered it; it is never overruled.
        issued: Project by sheet as former runs issued it.
    """
    joining = [link for link in links if link.joins]
    clusters = _Clusters(sheets, registered)
    refused = [link for link in joining if not clusters.join(link.earlier, link.later)]
    members = clusters.members()
    names = _names(members, registered, issued)
    projects = {sheet: name for name, cluster in zip(names, members, strict=True) for sheet in cluster}
    return Resolution(projects, list(_changes(projects, issued, joining)), refused)


class _Clusters:
    """Sets of sheets that are one project: at most one registered project, at most one sheet a year."""

    def __init__(self, sheets: Sequence[SheetKey], registered: Issued) -> None:
        self._sheets = sheets
        self._place = {sheet: place for place, sheet in enumerate(sheets)}
        self._parent = list(range(len(sheets)))
        self._years = [1 << (sheet.fiscal_year % 100) for sheet in sheets]
        self._registered = [registered.get(sheet, "") for sheet in sheets]

    def join(self, one: SheetKey, other: SheetKey) -> bool:
        """Make two sheets one project; return whether that is allowed."""
        first, second = sorted((self._root(self._place[one]), self._root(self._place[other])))
        if first == second:
            return True
        if self._years[first] & self._years[second]:
            return False
        if self._registered[first] and self._registered[second] not in ("", self._registered[first]):
            return False
        self._parent[second] = first
        self._years[first] |= self._years[second]
        self._registered[first] = self._registered[first] or self._registered[second]
        return True

    def _root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def members(self) -> list[list[SheetKey]]:
        """Return the sets in the order of their first sheets."""
        found: dict[int, list[SheetKey]] = defaultdict(list)
        for place, sheet in enumerate(self._sheets):
            found[self._root(place)].append(sheet)
        return list(found.values())


def _names(clusters: list[list[SheetKey]], registered: Issued, issued: Issued) -> Iterator[str]:
    """Yield the name of each cluster: registered, else issued before, else of its first appearance."""
    owners: dict[str, int] = {}
    # The set with the first sheet of an issued project keeps its name, whatever older sheets another set begins with.
    placed = ((sheet, place) for place, cluster in enumerate(clusters) for sheet in cluster if sheet in issued)
    for sheet, place in sorted(placed, key=lambda member: _order(member[0])):
        owners.setdefault(issued[sheet], place)
    taken = set(owners)
    for place, cluster in enumerate(clusters):
        curated = next((registered[sheet] for sheet in cluster if sheet in registered), "")
        known = [issued[sheet] for sheet in cluster if sheet in issued]
        kept = next((name for name in known if owners[name] == place), "")
        yield curated or kept or _first_appearance(cluster[0], taken)


def _order(sheet: SheetKey) -> tuple[int, str, str]:
    return sheet.fiscal_year, sheet.ministry, sheet.number


def _first_appearance(sheet: SheetKey, taken: set[str]) -> str:
    """Return the name after the first sheet; an issued one is passed over, since it means other sheets."""
    by_id = sheet.number.startswith(_BY_ID)
    name = f"{sheet.ministry}/{sheet.number}" if by_id else f"{sheet.ministry}/fy{sheet.fiscal_year}-{sheet.number}"
    return f"{name}-2" if name in taken else name


_BY_ID = "rs-"


def _changes(projects: Issued, issued: Issued, links: Iterable[Link]) -> Iterator[Change]:
    """Yield what became of issued projects whose sheets have another name now, in order."""
    living = set(projects.values())
    reasons = {link.later: " ".join((link.method, *link.evidence)) for link in links}
    reasons |= {link.earlier: " ".join((link.method, *link.evidence)) for link in links if link.earlier not in reasons}
    told: set[tuple[str, str]] = set()
    for sheet, former in issued.items():
        now = projects.get(sheet)
        if now is None or now == former or (former, now) in told:
            continue
        told.add((former, now))
        kind = "divided" if former in living else "replaced"
        yield Change(kind, former, now, sheet, reasons.get(sheet, ""))
