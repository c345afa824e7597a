"""State the sheets whose facts are excerpted from public objects, one graph a sheet, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from hyoka_kg.graph.iris import graph_named
from hyoka_kg.graph.lean import (
    LINKS_GRAPH,
    SheetClaim,
    SheetWriter,
    graph_of_sheet,
    state_claims,
    state_links,
    state_ministries,
    state_object,
)
from hyoka_kg.graph.terms import Triple
from hyoka_kg.linking import IssuedNumbers
from hyoka_kg.linking.identity.digests import DigestMaker
from hyoka_kg.linking.identity.linking import link_years
from hyoka_kg.linking.identity.links import Link
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.linking.identity.transcribed import digest_document
from hyoka_kg.model import Document
from hyoka_kg.pipeline.checking import EXCERPT_STEP
from hyoka_kg.pipeline.inputs import Inputs
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.sources.judgit_facts import Excerpt, read_excerpts
from hyoka_kg.sources.lookups import Lookups, read_lookups

LINKING_STEP = "linking"
_REVIEW_SHEET = "review-sheet"
_IN_MEMORY = Path(":memory:")


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
    graphs, claims, read = [], [], {}
    for excerpt in excerpts:
        hashes = {name: one for name, one in inputs.hashes.items() if name.startswith(f"documents/{excerpt.folder}/")}
        read.update(hashes)
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
        NamedGraph.of(LINKS_GRAPH, LINKING_STEP, state_links(link_sheets(excerpts, inputs.documents, lookups)), read),
    ]


def link_sheets(excerpts: Iterable[Excerpt], documents: Iterable[Document], lookups: Lookups) -> list[Link]:
    """Weigh which sheets of excerpts and transcribed review sheets follow each other, as a build over a corpus does.

    Prose and payees are not excerpted, so their evidence is not there; what it would have proven stays unproven.
    """
    maker = DigestMaker(lookups.ministries.by_abbreviation)
    sheets = [document for document in documents if document.head.kind == _REVIEW_SHEET]
    transcribed = {document.head.iri_path for document in sheets}
    parts = (sheet.part for excerpt in excerpts for sheet in excerpt.sheets)
    excerpted = (maker.digest(part) for part in parts if part.key.path not in transcribed)
    shelf = DigestShelf(_IN_MEMORY)
    shelf.add(chain(map(digest_document, sheets), excerpted))
    links = list(link_years(shelf))
    shelf.close()
    return links


def _objects(excerpts: Iterable[Excerpt]) -> Iterator[Triple]:
    for excerpt in excerpts:
        for sheet in excerpt.sheets:
            yield from state_object(sheet.name, sheet.sha256, excerpt.source, excerpt.licence)


def _graph(layer: str, triples: Iterable[Triple]) -> NamedGraph:
    return NamedGraph.of(graph_named(layer), EXCERPT_STEP, triples, {})
