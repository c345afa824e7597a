"""Write every quad, graph by graph, in one walk through the store: memory is that of the largest graph."""

from __future__ import annotations

import gzip
import io
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from hyoka_kg.store import EmbeddedStore
from hyoka_kg.vocabulary import PREFIXES

# The level above which gzip takes twice the time for a few per cent of the size.
_LEVEL = 5
_BUFFER = 1 << 20


def write_quads(store: EmbeddedStore, nquads: Path | None = None, trig: Path | None = None) -> int:
    """Write N-Quads and TriG, each where a path is given, compressed by gzip, and return how many quads there are.

    Both are sorted by graph, and within a graph by the line of N-Quads: equal graphs give equal bytes.
    """
    counted = 0

    def lines() -> Iterator[bytes]:
        nonlocal counted
        for name in store.graph_names():
            triples = store.lines_of(name)
            counted += len(triples)
            yield _sorted_lines(name, triples)

    with ExitStack() as outputs:
        graphs = lines()
        if nquads is not None:
            graphs = _kept(graphs, outputs.enter_context(_packed(nquads)))
        if trig is not None:
            _write_trig(graphs, outputs.enter_context(_packed(trig)))
        deque(graphs, maxlen=0)
    return counted


def _sorted_lines(graph: str, triples: list[bytes]) -> bytes:
    triples.sort()
    end = f" <{graph}> .\n".encode()
    return end.join((*triples, b""))


def _kept(graphs: Iterator[bytes], output: IO[bytes]) -> Iterator[bytes]:
    for lines in graphs:
        output.write(lines)
        yield lines


def _write_trig(graphs: Iterator[bytes], output: IO[bytes]) -> None:
    # Lenient: what a store holds was checked when it was loaded.
    quads = (quad for lines in graphs for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS, lenient=True))
    ox.serialize(quads, output, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    # Without a name and a time in the header, equal content gives an equal file.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed:
        output = io.BufferedWriter(packed, _BUFFER)
        yield output
        output.flush()
