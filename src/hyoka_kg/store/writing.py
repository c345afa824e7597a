"""Write a new embedded store: load N-Quads in bulk, derive by CONSTRUCT, and hand out what it holds."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store.embedded import EmbeddedStore


class StoreWriter(EmbeddedStore):
    """An Oxigraph directory under construction; only the build that made it may see it."""

    def __init__(self, directory: Path) -> None:
        """Create the store in an empty directory.

        Raises:
            StoreError: The directory cannot be written.
        """
        try:
            super().__init__(ox.Store(str(directory)))
        except OSError as error:
            raise StoreError(f"Cannot create a store in {directory}: {error}.") from error

    @classmethod
    def in_memory(cls) -> StoreWriter:
        """Return a store in memory, for a graph that is judged and then thrown away."""
        writer = cls.__new__(cls)
        EmbeddedStore.__init__(writer, ox.Store())
        return writer

    def load(self, lines: Iterable[str]) -> None:
        """Load N-Quads lines in bulk.

        Raises:
            StoreError: A line is not N-Quads, or the disk refuses.
        """
        try:
            self._store.bulk_load(io.BytesIO("".join(lines).encode()), format=ox.RdfFormat.N_QUADS)
        except (SyntaxError, OSError) as error:
            raise _refused("statements", error) from error

    def load_file(self, path: Path) -> None:
        """Load a file of our own N-Quads, compressed by gzip, in bulk and as a stream.

        IRIs are not checked again: they are minted, and the tests read shards strictly.

        Raises:
            StoreError: A line is not N-Quads, or the disk refuses.
        """
        try:
            with gzip.open(path, "rb") as unpacked, io.BufferedReader(unpacked) as lines:
                self._store.bulk_load(lines, format=ox.RdfFormat.N_QUADS, lenient=True)
        except (SyntaxError, OSError, EOFError, zlib.error) as error:
            raise _refused(str(path), error) from error

    def construct(self, query: str) -> Iterator[tuple[str, str, str]]:
        """Yield the triples of a CONSTRUCT query, in N-Triples terms.

        Raises:
            QueryError: The query is of another form or cannot be read.
        """
        answer = self._query(query)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("A rule must be a CONSTRUCT query.")
        for triple in answer:
            yield str(triple.subject), str(triple.predicate), str(triple.object)

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs, in the order of the engine."""
        for name in self._store.named_graphs():
            if isinstance(name, ox.NamedNode):
                yield name.value

    def finish(self) -> None:
        """Write everything to disk and settle the engine's files for reading."""
        self._store.flush()
        self._store.optimize()


def _refused(what: str, error: Exception) -> StoreError:
    return StoreError(
        f"Cannot load {what}: {error}. What served before still serves, and finished parts are kept. "
        "Where the disk is full, make room and build again."
    )


def sorted_nquads(store: EmbeddedStore) -> list[str]:
    """Return all quads as sorted N-Quads lines: the same graph gives the same bytes."""
    return sorted(f"{_quad_text(quad)} .\n" for quad in store.quads())


def content_hash(lines: Iterable[str]) -> str:
    """Return the SHA-256 of lines, in hexadecimal."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()


def _quad_text(quad: ox.Quad) -> str:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f" {quad.graph_name}"
    return f"{quad.subject} {quad.predicate} {quad.object}{graph}"
