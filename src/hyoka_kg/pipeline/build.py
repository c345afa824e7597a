"""Build the graph aside, judge it, and only then let it serve."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from hyoka_kg import __version__
from hyoka_kg.config import data_dir, ontology_dir
from hyoka_kg.graph.findings import state_findings
from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.meta import GraphAccount, state_meta
from hyoka_kg.model import Finding
from hyoka_kg.pipeline.checking import count_by_rule, find_all, refuse_violations
from hyoka_kg.pipeline.inputs import Inputs, load_inputs
from hyoka_kg.pipeline.statements import NamedGraph, state_inputs, state_vocabulary
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import open_build_area
from hyoka_kg.store.builds import read_manifest
from hyoka_kg.store.writing import StoreWriter, content_hash, sorted_nquads

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    Attributes:
        build: Name of the build: the start of the SHA-256 of its sorted N-Quads.
        version: Version of the code.
        quads: How many quads it holds.
        documents: Ids of its documents.
        sourced: Ids of the documents that were checked against their source text.
        graphs: Triples by named graph.
        findings: Findings by severity and rule.
        national: What the national corpora gave, where they were brought.
    """

    build: str
    version: str
    quads: int
    documents: list[str]
    sourced: list[str]
    graphs: dict[str, int]
    findings: dict[str, dict[str, int]]
    national: NationalReport | None = None


def build(
    store: Path,
    sources: Iterable[Path] = (),
    data: Path | None = None,
    progress: Progress = lambda _step: None,
) -> BuildReport:
    """Build the store from the data folder and the given source texts.

    Raises:
        HyokaError: Any input is wrong, or the graph breaks a structural rule; the former store still serves.
    """
    progress("reading the registry and the documents")
    inputs = load_inputs(data or data_dir(), sources)
    with open_build_area(store) as area:
        writer = StoreWriter(area.engine_directory)
        progress("stating and loading")
        graphs = _load_statements(writer, inputs)
        progress("checking shapes and integrity")
        findings = find_all(writer)
        refuse_violations(findings)
        graphs.append(_load(writer, "qa", "validation", state_findings(findings)))
        progress("publishing")
        writer.finish()
        lines = sorted_nquads(writer)
        report = _report(inputs, graphs, findings, lines)
        del writer
        area.publish(report.build, json.dumps(asdict(report), ensure_ascii=False, indent=2))
    return report


def read_report(store: Path) -> BuildReport:
    """Return what the current build of a store folder holds.

    Raises:
        StoreError: Nothing was built there.
    """
    return BuildReport(**json.loads(read_manifest(store)))


def _load_statements(writer: StoreWriter, inputs: Inputs) -> list[NamedGraph]:
    graphs = [*state_inputs(inputs), *state_vocabulary(ontology_dir())]
    for graph in graphs:
        writer.load(graph.lines)
    graphs.append(_load(writer, "derived", "derivation", _derive(writer)))
    accounts = [GraphAccount(g.name, len(g.lines), g.step, g.inputs) for g in graphs]
    graphs.append(_load(writer, "meta", "description", state_meta(accounts, __version__)))
    return graphs


def _load(writer: StoreWriter, layer: str, step: str, triples: Iterable[tuple[str, str, str]]) -> NamedGraph:
    version = __version__ if layer in {"derived", "qa"} else ""
    graph = NamedGraph.of(graph_named(layer, version), step, triples, {})
    writer.load(graph.lines)
    return graph


def _derive(writer: StoreWriter) -> Iterator[tuple[str, str, str]]:
    for rule in load_catalogue("rules"):
        yield from writer.construct(rule.text)


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
