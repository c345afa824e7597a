"""State the sheets whose facts are excerpted from public objects, one graph a sheet, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.lean import (
    SheetClaim,
    SheetWriter,
    graph_of_sheet,
    state_claims,
    state_ministries,
    state_object,
)
from hyoka_kg.graph.terms import Triple
from hyoka_kg.linking import IssuedNumbers
from hyoka_kg.pipeline.checking import EXCERPT_STEP
from hyoka_kg.pipeline.inputs import Inputs
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.sources.judgit_facts import Excerpt, read_excerpts
from hyoka_kg.sources.lookups import read_lookups


def state_excerpts(data: Path, inputs: Inputs) -> list[NamedGraph]:
    """Return the graphs of all excerpts of a data folder; none where there is no excerpt.

    A sheet that is transcribed cell by cell is stated there, in more detail, and once.

    Raises:
        HyokaError: A table is not as its contract says.
    """
    lookups = read_lookups(data)
    excerpts = list(read_excerpts(data / "documents", lookups))
    if not excerpts:
        return []
    projects = IssuedNumbers.of(inputs.registry)
    transcribed = frozenset(document.head.iri_path for document in inputs.documents)
    graphs, claims = [], []
    for excerpt in excerpts:
        hashes = {name: one for name, one in inputs.hashes.items() if name.startswith(f"documents/{excerpt.folder}/")}
        for sheet in excerpt.sheets:
            part = sheet.part
            if part.key.path in transcribed:
                continue
            lines = tuple(sorted(set(SheetWriter(projects).lines(part))))
            graphs.append(NamedGraph(graph_of_sheet(part.key), EXCERPT_STEP, lines, hashes))
            claims.append(SheetClaim(projects.project_of(part.key, ""), part.key.fiscal_year, part.name, ""))
    registered = frozenset(row["project_id"] for row in inputs.registry["projects"])
    return [
        *graphs,
        _graph("registry/projects", state_claims(claims, registered)),
        _graph("registry/ministries", state_ministries(lookups.ministries.rows, lookups.ministries.changes)),
        _graph("source", _objects(excerpts)),
    ]


def _objects(excerpts: Iterable[Excerpt]) -> Iterator[Triple]:
    for excerpt in excerpts:
        for sheet in excerpt.sheets:
            yield from state_object(sheet.name, sheet.sha256, excerpt.source, excerpt.licence)


def _graph(layer: str, triples: Iterable[Triple]) -> NamedGraph:
    return NamedGraph.of(graph_named(layer), EXCERPT_STEP, triples, {})
