"""Load shards as they are made; a journal beside the engine tells which are in, so that a killed load goes on."""

from __future__ import annotations

import gzip
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hyoka_kg.graph.clauses import state_cited_clauses
from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.lean import (
    SheetClaim,
    state_claims,
    state_ministries,
    state_retrieval,
    state_source,
)
from hyoka_kg.graph.registry import state_fiscal_year
from hyoka_kg.graph.terms import Triple
from hyoka_kg.linking.citations import VersionClause
from hyoka_kg.model import Registry
from hyoka_kg.pipeline.national.formers import former_lines
from hyoka_kg.pipeline.national.planning import CorpusPlan, Former
from hyoka_kg.pipeline.national.progress import Rate
from hyoka_kg.pipeline.national.shards import ShardSummary, shard_path
from hyoka_kg.pipeline.national.workers import make_shards
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.sources.ministries import read_ministries
from hyoka_kg.store import BuildArea
from hyoka_kg.store.writing import StoreWriter

_JOURNAL = "LOADED"
_SHARDS, _FORMER = "shards", "former.nq.gz"


@dataclass(slots=True)
class Loaded:
    """What was loaded of the corpora: the summaries of their shards, in the order of the plan."""

    summaries: list[ShardSummary] = field(default_factory=list)

    @property
    def quads(self) -> int:
        """Return how many lines all shards have."""
        return sum(summary.quads for summary in self.summaries)

    @property
    def claims(self) -> list[SheetClaim]:
        """Return which sheet speaks of which project."""
        return [claim for summary in self.summaries for claim in summary.claims]

    @property
    def clauses(self) -> list[VersionClause]:
        """Return the clauses of strategies that only citations know, as each shard tells them."""
        return [clause for summary in self.summaries for clause in summary.clauses]

    @property
    def citations(self) -> Counter[str]:
        """Return how many citations were read, and what was found of them."""
        return sum((summary.citations for summary in self.summaries), Counter())

    @property
    def years(self) -> set[str]:
        """Return the fiscal years that the sheets speak of."""
        return {year for summary in self.summaries for year in summary.years}


def load_shards(
    writer: StoreWriter,
    plan: CorpusPlan,
    data: Path,
    projects: Path,
    area: BuildArea,
    tell: Callable[[str], None],
    workers: int,
) -> Loaded:
    """State every task of a plan and load its shard.

    Raises:
        LayoutError: A source is damaged or not as its contract says; finished shards are kept.
        StoreError: The disk refuses.
    """
    shards = area.store / _SHARDS
    shards.mkdir(exist_ok=True)
    journal = _Journal(area.folder / _JOURNAL)
    rate = Rate(tell, "stating and loading the corpora", len(plan.all_tasks))
    found: dict[str, ShardSummary] = {}
    replaced = {task.name for former in plan.formers for task in former.tasks}
    for summary in make_shards(plan.all_tasks, data, shards, projects, workers):
        if summary.name not in journal.done and summary.name not in replaced:
            writer.load_file(shard_path(shards, summary.name))
            journal.add(summary.name)
        found[summary.name] = summary
        rate.add(summary.quads)
    for former in plan.formers:
        _load_former(writer, former, shards, area.folder / _FORMER, tell)
    return Loaded([found[task.name] for task in plan.tasks])


def _load_former(writer: StoreWriter, former: Former, shards: Path, aside: Path, tell: Callable[[str], None]) -> None:
    """Load what a replaced file told otherwise; loading it twice changes nothing."""
    tell(f"comparing {former.name} with what it told before ({former.sha256[:16]})")
    with gzip.open(aside, "wt", encoding="utf-8", compresslevel=1) as file:
        file.writelines(former_lines(former, shards))
    writer.load_file(aside)
    aside.unlink()


def remove_other_shards(store: Path, plan: CorpusPlan) -> None:
    """Remove the shards that no task of the plan needs."""
    kept = {task.name for task in plan.all_tasks}
    for path in (store / _SHARDS).iterdir():
        if path.name.partition(".")[0] not in kept:
            path.unlink()


def state_frame(loaded: Loaded, plan: CorpusPlan, registry: Registry, data: Path, known: set[str]) -> list[NamedGraph]:
    """Return the graphs around the sheets: projects, ministries, source files and further fiscal years."""
    ministries = read_ministries(data / "national")
    registered = frozenset(row["project_id"] for row in registry["projects"])
    years = sorted(int(year) for year in loaded.years - known)
    return [
        _graph("registry/projects", state_claims(loaded.claims, registered)),
        _graph("registry/clauses", state_cited_clauses(loaded.clauses)),
        _graph("registry/ministries", state_ministries(ministries.rows, ministries.changes)),
        _graph("source", _state_sources(plan)),
        _graph("calendar", (triple for year in years for triple in state_fiscal_year(year))),
    ]


def _state_sources(plan: CorpusPlan) -> Iterator[Triple]:
    for former in plan.formers:
        yield from state_source(former.name, former.sha256)
    for name, sha256 in sorted(plan.files.items()):
        yield from state_source(name, sha256)
        entry = plan.retrieved.get(name)
        if entry:
            yield from state_retrieval(sha256, entry.url, entry.retrieved_at, entry.licence)


def _graph(layer: str, triples: Iterable[Triple]) -> NamedGraph:
    return NamedGraph.of(graph_named(layer), "national", triples, {})


def peak_mebibytes() -> dict[str, int]:
    """Return the largest memory that this process and its largest worker have held, in MiB."""
    scale = 1024
    return {
        "build": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // scale,
    }


class _Journal:
    """The names of loaded shards, a line each, written as soon as each is in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: Sequence[str] = path.read_text(encoding="utf-8").split() if path.is_file() else ()

    def add(self, name: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
