"""Write every quad, graph by graph: memory is that of the largest graph, whatever the size of the store."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from hyoka_kg.store import EmbeddedStore
from hyoka_kg.vocabulary import PREFIXES

# The level above which gzip takes twice the time for a few per cent of the size.
_LEVEL = 5
_BUFFER = 1 << 20


def write_nquads(store: EmbeddedStore, path: Path) -> None:
    """Write N-Quads, compressed by gzip, sorted by graph and within it by line: equal graphs give equal bytes."""
    with _packed(path) as output:
        for graph in store.graph_names():
            lines = sorted(f"{triple.subject} {triple.predicate} {triple.object}" for triple in store.triples_of(graph))
            end = f" <{graph}> .\n"
            output.write("".join(f"{line}{end}" for line in lines).encode())


def write_trig(store: EmbeddedStore, path: Path) -> None:
    """Write TriG, compressed by gzip, in the same order."""
    with _packed(path) as output:
        ox.serialize(_quads(store), output, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)


def _quads(store: EmbeddedStore) -> Iterator[ox.Quad]:
    for name in store.graph_names():
        graph = ox.NamedNode(name)
        for triple in sorted(store.triples_of(name), key=_sort_key):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _sort_key(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    # Without a name and a time in the header, equal content gives an equal file.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed:
        output = io.BufferedWriter(packed, _BUFFER)
        yield output
        output.flush()
