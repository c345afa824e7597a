"""State the inputs graph by graph, in a fixed order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.graph.context import DocumentContext
from hyoka_kg.graph.documents import state_document
from hyoka_kg.graph.errata import state_errata
from hyoka_kg.graph.iris import graph_named, graph_of_document, graph_of_values
from hyoka_kg.graph.lineage import state_lineage
from hyoka_kg.graph.meta import GraphAccount
from hyoka_kg.graph.registry import state_fiscal_year, state_registry
from hyoka_kg.graph.terms import Triple, nquads
from hyoka_kg.graph.values import compound_indicators, observed_values, rank_indicators, state_values, units_by_symbol
from hyoka_kg.graph.vocabulary_files import load_turtle
from hyoka_kg.linking import link_document
from hyoka_kg.model import Document
from hyoka_kg.pipeline.inputs import Inputs

_FISCAL_YEAR = re.compile(r"/id/fy/(\d{4})>")


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A named graph ready to load: its distinct lines in order, and what it was made of."""

    name: str
    step: str
    lines: tuple[str, ...]
    inputs: Mapping[str, str]

    @classmethod
    def of(cls, name: str, step: str, triples: Iterable[Triple], inputs: Mapping[str, str]) -> NamedGraph:
        """Collect the distinct triples of a graph in sorted order."""
        return cls(name, step, tuple(sorted(set(nquads(triples, name)))), inputs)

    @property
    def account(self) -> GraphAccount:
        """Return what the meta graph tells of it."""
        return GraphAccount(self.name, len(self.lines), self.step, self.inputs)


def state_inputs(inputs: Inputs, excerpts: Iterable[NamedGraph] = ()) -> Iterator[NamedGraph]:
    """Yield the graphs of all documents and excerpts, of the registry and of the fiscal years they speak of."""
    years: set[int] = set()
    graphs = [graph for document in inputs.documents for graph in _document_graphs(document, inputs)]
    registry = NamedGraph.of(
        graph_named("registry"), "registry", state_registry(inputs.registry), _below(inputs, "registry/")
    )
    for graph in (*graphs, *excerpts, registry):
        years.update(int(year) for line in graph.lines for year in _FISCAL_YEAR.findall(line))
        yield graph
    calendar = (triple for year in sorted(years) for triple in state_fiscal_year(year))
    yield NamedGraph.of(graph_named("calendar"), "calendar", calendar, {})


def state_vocabulary(ontology: Path) -> Iterator[NamedGraph]:
    """Yield the graphs of the ontology, its schemes and its shapes."""
    layers = {
        "ontology": [ontology / "hyoka.ttl", ontology / "dsd.ttl"],
        "schemes": sorted((ontology / "schemes").glob("*.ttl")),
        "shapes": sorted((ontology / "shapes").glob("*.ttl")),
    }
    for layer, paths in layers.items():
        triples = (triple for path in paths for triple in load_turtle(path))
        hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        yield NamedGraph.of(graph_named(layer), "vocabulary", triples, hashes)


def state_corrections(inputs: Inputs) -> Iterator[Triple]:
    """Yield what patches say that papers should print; it belongs into the derived graph."""
    for document in inputs.documents:
        if document.errata:
            yield from state_errata(document, _context(document, inputs))


def _context(document: Document, inputs: Inputs) -> DocumentContext:
    return DocumentContext(
        head=document.head,
        links=link_document(document, inputs.registry),
        ranks=rank_indicators(document),
        compound=compound_indicators(document),
        observed=observed_values(document),
    )


def _document_graphs(document: Document, inputs: Inputs) -> Iterator[NamedGraph]:
    context = _context(document, inputs)
    hashes = _below(inputs, f"documents/{document.head.id}/")
    printed = (*state_document(document, context), *state_lineage(document, context))
    yield NamedGraph.of(graph_of_document(document.head), "transcription", printed, hashes)
    values = state_values(document, context, units_by_symbol(inputs.registry))
    yield NamedGraph.of(graph_of_values(document.head), "normalisation", values, hashes)


def _below(inputs: Inputs, folder: str) -> dict[str, str]:
    return {path: sha256 for path, sha256 in inputs.hashes.items() if path.startswith(folder)}
