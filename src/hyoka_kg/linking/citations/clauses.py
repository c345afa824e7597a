"""From a printed path to the clause of a version; a clause that only citations know becomes one of its own kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hyoka_kg.linking.citations.index import StrategyIndex
from hyoka_kg.normalization.citations import ClausePath

# Below the version, apart from the numbers of clauses that an excerpt prints.
_CITED = "at"


class VersionClause(NamedTuple):
    """A clause of a version, as an excerpt prints it or as citations name it.

    Attributes:
        clause_id: Its id, made of the version and the path in ASCII.
        version_id: Its version.
        parent: Id of the clause around it, or empty.
        path: The path as printed where it was met, or as the registry has it.
        marker: Its own marker.
        heading: The words behind the marker, where printed.
        depth: How deep it is, from 1.
    """

    clause_id: str
    version_id: str
    parent: str
    path: str
    marker: str
    heading: str
    depth: int


def find_clause(version_id: str, path: ClausePath, index: StrategyIndex) -> tuple[str, tuple[VersionClause, ...]]:
    """Return the id of the clause at a path of a version, and the clauses on the way that no excerpt prints."""
    known = index.clauses.get((version_id, path.key))
    if known:
        return known, ()
    cited = tuple(_cited(version_id, path, index))
    return cited[-1].clause_id, cited


def _cited(version_id: str, path: ClausePath, index: StrategyIndex) -> Iterator[VersionClause]:
    parent = ""
    for prefix in path.prefixes:
        marker = prefix.markers[-1]
        clause = index.clauses.get((version_id, prefix.key))
        if clause is None:
            clause = f"{version_id}/{_CITED}/{prefix.slug}"
            depth = len(prefix.markers)
            yield VersionClause(clause, version_id, parent, prefix.printed, marker.printed, marker.heading, depth)
        parent = clause
