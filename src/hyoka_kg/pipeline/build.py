"""Build the graph aside, judge it, and only then let it serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from hyoka_kg import __version__
from hyoka_kg.config import data_dir, ontology_dir
from hyoka_kg.graph.findings import state_findings
from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.meta import state_meta
from hyoka_kg.model import Finding
from hyoka_kg.pipeline.checking import count_by_rule, find_all, refuse_violations
from hyoka_kg.pipeline.excerpts import state_excerpts
from hyoka_kg.pipeline.inputs import Inputs, load_inputs
from hyoka_kg.pipeline.reports import BuildReport
from hyoka_kg.pipeline.statements import NamedGraph, state_corrections, state_inputs, state_vocabulary
from hyoka_kg.pipeline.texts import index_texts
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import open_build_area
from hyoka_kg.store.writing import StoreWriter, content_hash, sorted_nquads

Progress = Callable[[str], None]
_RULES, _INFERRED, _SUMMARIES = "rules", "rules/inferred", "rules/national"


def build(
    store: Path,
    sources: Iterable[Path] = (),
    data: Path | None = None,
    progress: Progress = lambda _step: None,
    *,
    inferred: bool = False,
) -> BuildReport:
    """Build the store from the data folder and the given source texts.

    Args:
        store: Folder of the store.
        sources: Text layers of papers, which bring their prose.
        data: The data folder.
        progress: Is told each step.
        inferred: Whether links that no paper states join it, in a graph of their own.

    Raises:
        HyokaError: Any input is wrong, or the graph breaks a structural rule; the former store still serves.
    """
    progress("reading the registry and the documents")
    folder = data or data_dir()
    inputs = load_inputs(folder, sources)
    excerpts = state_excerpts(folder, inputs)
    with open_build_area(store) as area:
        # Judged in memory: the integrity queries take a fifth of the time that they take on disk.
        judged = StoreWriter.in_memory()
        graphs, findings = load_and_judge(judged, inputs, progress, excerpts=excerpts)
        if inferred:
            graphs.append(_derive(judged, "inferred", "inference", _INFERRED))
        progress("publishing")
        lines = sorted_nquads(judged)
        index_texts(judged, area.folder)
        report = _report(inputs, graphs, findings, lines)
        writer = StoreWriter(area.engine_directory)
        writer.load(lines)
        writer.finish()
        del writer
        area.publish(report.build, report.as_json())
    return report


def load_and_judge(
    writer: StoreWriter,
    inputs: Inputs,
    progress: Progress,
    *,
    summaries: bool = True,
    excerpts: Iterable[NamedGraph] = (),
) -> tuple[list[NamedGraph], list[Finding]]:
    """Load the graphs of the transcribed papers, their registry and the vocabulary, and judge them.

    Args:
        writer: The store under construction.
        inputs: The papers and the registry.
        progress: Told each step.
        summaries: Whether to derive the summaries; a build over a corpus does so when all of it is in.
        excerpts: Graphs of excerpted sheets; a build over a corpus states these sheets from their objects.

    Raises:
        ShapeViolation: The graph breaks a structural rule.
    """
    progress("stating and loading")
    graphs = _load_statements(writer, inputs, excerpts, summaries=summaries)
    progress("checking shapes and integrity")
    findings = find_all(writer)
    refuse_violations(findings)
    graphs.append(_load(writer, "qa", "validation", state_findings(findings)))
    return graphs, findings


def derive_summaries(writer: StoreWriter, progress: Progress) -> list[NamedGraph]:
    """Load a graph of sums and counts for each rule of `queries/rules/national`, in the order of their names."""
    graphs = []
    for rule in load_catalogue(_SUMMARIES):
        progress(f"deriving {rule.id}")
        graph = NamedGraph.of(graph_named("summary", rule.id), "derivation", writer.construct(rule.text), {})
        writer.load(graph.lines)
        graphs.append(graph)
    return [graph for graph in graphs if graph.lines]


def _load_statements(
    writer: StoreWriter, inputs: Inputs, excerpts: Iterable[NamedGraph], *, summaries: bool
) -> list[NamedGraph]:
    graphs = [*state_inputs(inputs, excerpts), *state_vocabulary(ontology_dir())]
    for graph in graphs:
        writer.load(graph.lines)
    graphs.append(_derive(writer, "derived", "derivation", _RULES, state_corrections(inputs)))
    if summaries:
        graphs += derive_summaries(writer, lambda _step: None)
    accounts = state_meta((graph.account for graph in graphs), __version__)
    graphs.append(_load(writer, "meta", "description", accounts))
    return graphs


def _load(writer: StoreWriter, layer: str, step: str, triples: Iterable[tuple[str, str, str]]) -> NamedGraph:
    version = __version__ if layer == "qa" else ""
    graph = NamedGraph.of(graph_named(layer, version), step, triples, {})
    writer.load(graph.lines)
    return graph


def _derive(
    writer: StoreWriter, layer: str, step: str, folder: str, stated: Iterable[tuple[str, str, str]] = ()
) -> NamedGraph:
    """Load what is stated, and what rules derive, in the order of their names: each sees what those before it gave."""
    name = graph_named(layer, __version__)
    graphs = [NamedGraph.of(name, step, stated, {})]
    writer.load(graphs[0].lines)
    for rule in load_catalogue(folder):
        graphs.append(NamedGraph.of(name, step, writer.construct(rule.text), {}))
        writer.load(graphs[-1].lines)
    return NamedGraph(name, step, tuple(sorted({line for graph in graphs for line in graph.lines})), {})


def _report(inputs: Inputs, graphs: Iterable[NamedGraph], findings: Iterable[Finding], lines: list[str]) -> BuildReport:
    return BuildReport(
        build=content_hash(lines)[:16],
        version=__version__,
        quads=len(lines),
        documents=[document.head.id for document in inputs.documents],
        sourced=sorted(inputs.sourced),
        graphs={graph.name: len(graph.lines) for graph in graphs},
        findings=count_by_rule(findings),
    )
