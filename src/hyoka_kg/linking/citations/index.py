"""What the registry knows of strategies, arranged for citations: names, dated versions, clauses by path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hyoka_kg.model import Registry, Row
from hyoka_kg.normalization.citations import TitleIndex, path_key, title_key

MISPRINT = "misprint"
_ONE = "one"
_OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Version:
    """One dated version of a work.

    Attributes:
        version_id: Its id.
        strategy_id: Id of its work.
        date: ISO date of its decision or revision.
        editions: What numbers it: `year:2016`, `ordinal:6`, several where several do.
    """

    version_id: str
    strategy_id: str
    date: str
    editions: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameUse:
    """That a name stands for a work, and whether it is a misprint of its title."""

    strategy_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class StrategyIndex:
    """The registry's strategies for reading and resolving citations.

    Attributes:
        titles: All names, for the reader.
        names: Works by the key of a name.
        versions: Versions by work, in order of date.
        only: Works that have one version and no other.
        related: Works that a chain of succession joins, by work; itself included.
        clauses: Clause ids by version and key of the path.
    """

    titles: TitleIndex
    names: Mapping[str, tuple[NameUse, ...]]
    versions: Mapping[str, tuple[Version, ...]]
    only: frozenset[str]
    related: Mapping[str, frozenset[str]]
    clauses: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, registry: Registry) -> StrategyIndex:
        """Return the index of a registry."""
        names = _names(registry)
        return cls(
            titles=TitleIndex(names),
            names=names,
            versions=_versions(registry["strategy_versions"]),
            only=frozenset(row["strategy_id"] for row in registry["strategies"] if row["editions"] == _ONE),
            related=_related(registry),
            clauses={(row["version_id"], path_key(row["path"])): row["clause_id"] for row in registry["clauses"]},
        )


def _names(registry: Registry) -> dict[str, tuple[NameUse, ...]]:
    uses: dict[str, dict[str, NameUse]] = defaultdict(dict)
    for row in registry["strategies"]:
        uses[title_key(row["name_ja"])][row["strategy_id"]] = NameUse(row["strategy_id"], _OFFICIAL)
    for row in registry["strategy_names"]:
        uses[title_key(row["name"])].setdefault(row["strategy_id"], NameUse(row["strategy_id"], row["kind"]))
    return {key: tuple(works.values()) for key, works in uses.items()}


def _versions(rows: Iterable[Row]) -> dict[str, tuple[Version, ...]]:
    versions: dict[str, list[Version]] = defaultdict(list)
    for row in rows:
        editions = frozenset(row["edition"].split())
        version = Version(row["version_id"], row["strategy_id"], row["version_date"], editions)
        versions[row["strategy_id"]].append(version)
    return {work: tuple(sorted(known, key=lambda version: version.date)) for work, known in versions.items()}


def _related(registry: Registry) -> dict[str, frozenset[str]]:
    groups = {row["strategy_id"]: {row["strategy_id"]} for row in registry["strategies"]}
    for row in registry["strategy_succession"]:
        joined = groups[row["predecessor"]] | groups[row["successor"]]
        for work in joined:
            groups[work] = joined
    return {work: frozenset(group) for work, group in groups.items()}
