"""Build the national store aside, over the same steps as the sample, and let it serve when it is whole."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hyoka_kg import __version__
from hyoka_kg.config import data_dir, ontology_dir, queries_dir
from hyoka_kg.errors import StoreError
from hyoka_kg.model import Finding
from hyoka_kg.pipeline.build import derive_summaries, load_and_judge
from hyoka_kg.pipeline.checking import count_by_rule, refuse_violations
from hyoka_kg.pipeline.inputs import Inputs, load_inputs
from hyoka_kg.pipeline.national.accounts import META, state_accounts
from hyoka_kg.pipeline.national.coverage import find_drops
from hyoka_kg.pipeline.national.identity import Identity, identify, issue, load_links, name_tasks
from hyoka_kg.pipeline.national.loading import Loaded, load_shards, peak_mebibytes, remove_other_shards, state_frame
from hyoka_kg.pipeline.national.planning import CorpusPlan, plan_corpus
from hyoka_kg.pipeline.national.report import (
    NationalReport,
    add_tallies,
    count_issues,
    sorted_counts,
    write_coverage,
    write_issues,
)
from hyoka_kg.pipeline.national.structure import find_structure, things_by_class
from hyoka_kg.pipeline.reports import BuildReport, read_report
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.pipeline.texts import index_texts
from hyoka_kg.store import BuildArea, open_build_area
from hyoka_kg.store.writing import StoreWriter

Progress = Callable[[str], None]
# The folders of queries that decide what is in a store; a canned query only reads it.
_DECIDING = ("integrity", "rules", "structure")
_MEBIBYTE = 1 << 20


@dataclass(slots=True)
class _Clock:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - start, 1)


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """How a build over a corpus runs.

    Attributes:
        corpus: Folder of the corpus.
        resume: Whether to take up the folder that a killed build left.
        workers: How many processes state the shards; 0 means one a core.
    """

    corpus: Path
    resume: bool = False
    workers: int = 0


def build_national(
    store: Path,
    options: CorpusOptions,
    sources: Iterable[Path] = (),
    data: Path | None = None,
    progress: Progress = lambda _step: None,
) -> BuildReport:
    """Build the store from the data folder, the source texts and the national corpora.

    A file whose SHA-256 is unchanged is not read again; nothing changed at all means nothing to do.

    Raises:
        HyokaError: Any input is wrong, or the graph breaks a structural rule; the former store still serves.
    """
    folder = data or data_dir()
    progress("reading the registry and the documents")
    inputs, plan = load_inputs(folder, sources), plan_corpus(options.corpus, folder)
    key = _key(inputs, plan)
    former = _former(store)
    if former is not None and former.national is not None and former.national.key == key:
        progress("nothing has changed since the build that serves")
        return former
    with open_build_area(store, key[:16]) as area:
        if not options.resume:
            area.clear()
        return _Build(area, inputs, plan, key, folder, progress).run(options.workers)


def _former(store: Path) -> BuildReport | None:
    try:
        return read_report(store)
    except StoreError:
        return None


def _key(inputs: Inputs, plan: CorpusPlan) -> str:
    """Return a hash of the inputs, the vocabulary, the queries and the code that states."""
    digest = hashlib.sha256(f"{__version__} {plan.key}".encode())
    for name, sha256 in sorted(inputs.hashes.items()):
        digest.update(f"{name} {sha256}\n".encode())
    digest.update(" ".join(sorted(inputs.sourced)).encode())
    for folder in (ontology_dir(), *(queries_dir() / name for name in _DECIDING)):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@dataclass(slots=True)
class _Build:
    """One build under way."""

    area: BuildArea
    inputs: Inputs
    plan: CorpusPlan
    key: str
    data: Path
    progress: Progress
    clock: _Clock = field(default_factory=_Clock)

    def run(self, workers: int) -> BuildReport:
        with self.clock.step("sample"):
            graphs, findings = load_and_judge(StoreWriter.in_memory(), self.inputs, self.progress, summaries=False)
        writer = StoreWriter(self.area.engine_directory)
        with self.clock.step("identity"):
            identity = identify(self.plan, self.data, self.area.store, self.progress)
            self.plan = name_tasks(self.plan, identity)
        with self.clock.step("corpora"):
            loaded = load_shards(writer, self.plan, self.data, identity.projects, self.area, self.progress, workers)
            links = load_links(writer, identity, self.area.folder)
        with self.clock.step("frame"):
            graphs = [graph for graph in graphs if graph.name != META]
            graphs += state_frame(loaded, self.plan, self.inputs.registry, self.data, _years_of(graphs))
            for graph in graphs:
                writer.load(graph.lines)
        with self.clock.step("settling"):
            self.progress("settling the store for reading")
            writer.finish()
        with self.clock.step("summaries"):
            graphs += derive_summaries(writer, self.progress)
            graphs.append(state_accounts(writer, graphs, self.plan))
            writer.load(graphs[-1].lines)
        with self.clock.step("structure"):
            self.progress("checking the structure by set queries")
            findings += find_structure(writer)
            refuse_violations(findings)
        with self.clock.step("finish"):
            writer.finish()
        with self.clock.step("texts"):
            self.progress("indexing the texts")
            index_texts(writer, self.area.folder)
        return self._publish(writer, graphs, findings, loaded, identity, links)

    def _publish(
        self,
        writer: StoreWriter,
        graphs: list[NamedGraph],
        findings: list[Finding],
        loaded: Loaded,
        identity: Identity,
        links: str,
    ) -> BuildReport:
        self.progress("publishing")
        filled, seen = add_tallies(loaded.summaries)
        write_issues(self.area.folder, loaded.summaries)
        write_coverage(self.area.folder, filled, seen)
        quads, classes = writer.count(), things_by_class(writer)
        del writer
        national = self._report(loaded, classes, identity, len(find_drops(filled, seen)))
        report = BuildReport(
            build=_content(graphs, loaded, links),
            version=__version__,
            quads=quads,
            documents=[document.head.id for document in self.inputs.documents],
            sourced=sorted(self.inputs.sourced),
            graphs={graph.name: len(graph.lines) for graph in graphs},
            findings=count_by_rule(findings),
            national=national,
        )
        issue(identity, self.plan)
        self.area.publish(report.build, report.as_json())
        remove_other_shards(self.area.store, self.plan)
        return report

    def _report(
        self, loaded: Loaded, classes: dict[str, dict[str, int]], identity: Identity, drops: int
    ) -> NationalReport:
        rules, years, ministries = count_issues(loaded.summaries)
        return NationalReport(
            key=self.key,
            files=self.plan.files,
            ignored=list(self.plan.ignored),
            sheets=_sheets(loaded),
            quads=loaded.quads,
            classes=classes,
            issues=dict(sorted(rules.items())),
            issues_by_year=sorted_counts(years),
            issues_by_ministry=sorted_counts(ministries),
            citations=dict(sorted(loaded.citations.items())),
            identity=identity.counts,
            coverage_drops=drops,
            seconds=self.clock.seconds,
            peak_mebibytes=peak_mebibytes(),
            store_mebibytes=_size(self.area.engine_directory) // _MEBIBYTE,
        )


def _sheets(loaded: Loaded) -> dict[str, int]:
    counts: dict[str, int] = {}
    for claim in loaded.claims:
        counts[str(claim.fiscal_year)] = counts.get(str(claim.fiscal_year), 0) + 1
    return dict(sorted(counts.items()))


def _years_of(graphs: Iterable[NamedGraph]) -> set[str]:
    """Return the fiscal years that the calendar of the sample states."""
    mark = "/id/fy/"
    calendar = (line for graph in graphs if graph.step == "calendar" for line in graph.lines)
    return {line.partition(mark)[2][:4] for line in calendar}


def _content(graphs: Iterable[NamedGraph], loaded: Loaded, links: str) -> str:
    """Return a name for what is in the store: equal parts give an equal name."""
    digest = hashlib.sha256(links.encode())
    for line in sorted(f"{summary.name} {summary.sha256}" for summary in loaded.summaries):
        digest.update(line.encode())
    for graph in sorted(graphs, key=lambda graph: graph.name):
        digest.update("".join(graph.lines).encode())
    return digest.hexdigest()[:16]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
