"""What identity found, asked by the names that judged sheets have: `mic/2019/0034`, `rs/698`."""

from __future__ import annotations

from collections import defaultdict

from hyoka_kg.linking.identity.links import Link, LinkStatus
from hyoka_kg.linking.identity.records import read_links, read_projects
from hyoka_kg.model import SheetKey
from hyoka_kg.pipeline.national.identity import Identity

RELATIONS = {"merged-into": "merged", "split-into": "split", "transferred": "transferred"}
Key = SheetKey


class Found:
    """What identity found, by the names that the labels use: `mic/2019/0034`, `rs/698`."""

    def __init__(self, identity: Identity) -> None:
        self.projects = read_projects(identity.projects)
        self.links = {(link.earlier, link.later): link for link in read_links(identity.links)}
        self._keys = {self.name(key): key for key in self.projects}
        self._following: dict[str, set[Link]] = defaultdict(set)
        for link in self.links.values():
            if link.later.fiscal_year == link.earlier.fiscal_year + 1:
                self._following[self.name(link.earlier)].add(link)
        self._members: dict[tuple[str, int], set[str]] = defaultdict(set)
        for key, project in self.projects.items():
            self._members[project, key.fiscal_year].add(self.name(key))

    @staticmethod
    def name(key: Key) -> str:
        """Return a sheet as the labels name it."""
        if key.number.startswith("rs-"):
            return f"rs/{key.number.removeprefix('rs-')}"
        return f"{key.ministry}/{key.fiscal_year}/{key.number}"

    def project(self, sheet: str) -> str:
        """Return the project of a sheet; one that is not there stands for itself."""
        key = self._keys.get(sheet)
        return self.projects[key] if key else sheet

    def link(self, earlier: str, later: str) -> Link | None:
        """Return the link of two sheets, or None."""
        ends = self._keys.get(earlier), self._keys.get(later)
        return self.links.get(ends) if all(ends) else None

    def answer(self, earlier: str, later: str) -> bool | None:
        """Return whether two sheets are linked; None where that is left open."""
        link = self.link(earlier, later)
        if self.project(earlier) == self.project(later) or (link and link.status is LinkStatus.ACCEPTED):
            return True
        return None if link and link.status in (LinkStatus.OPEN, LinkStatus.UNCONFIRMED) else False

    def successors(self, sheet: str) -> frozenset[str]:
        """Return the sheets of the next year that a sheet is linked to, or that are of its project."""
        key = self._keys[sheet]
        linked = {self.name(link.later) for link in self._following[sheet] if link.status is LinkStatus.ACCEPTED}
        return frozenset(linked | self._members[self.projects[key], key.fiscal_year + 1])

    def undecided(self, sheet: str) -> bool:
        """Return whether a link to the next year is left open."""
        return any(link.status in (LinkStatus.OPEN, LinkStatus.UNCONFIRMED) for link in self._following[sheet])

    def relation(self, earlier: str, later: str) -> str:
        """Return the kind of link of two sheets, `none` where there is none."""
        link = self.link(earlier, later)
        if link and link.status is LinkStatus.ACCEPTED:
            return RELATIONS.get(link.relation, "same")
        return "same" if self.project(earlier) == self.project(later) else "none"
