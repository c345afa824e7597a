"""The embedded store: an Oxigraph directory, written once by a build and read by many."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store.builds import FINDINGS, TEXT_INDEX, current_build
from hyoka_kg.store.formats import GRAPH_FORMATS, RESULT_FORMATS
from hyoka_kg.store.forms import query_form
from hyoka_kg.store.interface import Output, QueryForm
from hyoka_kg.store.rows import Rows, Term, term_text

if TYPE_CHECKING:
    from hyoka_kg.store.judgements import Judgements
    from hyoka_kg.store.texts import TextIndex

_Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class EmbeddedStore:
    """A read-only Oxigraph directory; several processes may read the same one."""

    def __init__(self, store: ox.Store, *, union: bool = True, beside: Path | None = None) -> None:
        self._store = store
        self._union = union
        self._texts_path = beside and beside / TEXT_INDEX
        self._findings_path = beside and beside / FINDINGS
        self._texts: TextIndex | None = None

    @classmethod
    def open(cls, path: Path, *, union: bool = True) -> EmbeddedStore:
        """Open the current build of a store folder, or one finished build's own directory.

        Args:
            path: The folder.
            union: Whether the default graph is the union of all named graphs; else it is the unnamed graph alone.

        Raises:
            StoreError: There is no finished build, or its directory cannot be read.
        """
        directory = current_build(path)
        try:
            return cls(ox.Store.read_only(str(directory)), union=union, beside=directory.parent)
        except OSError as error:
            raise StoreError(f"Cannot open the store {directory}: {error}. Build it again: hyoka build.") from error

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """Return the rows of a SELECT query; the engine takes no timeout, so it is ignored here."""
        del timeout
        solutions = self._solutions(query)
        variables = tuple(variable.value for variable in solutions.variables)
        rows: list[tuple[Term | None, ...]] = [tuple(solution) for solution in solutions]
        return Rows(variables, rows)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query as they are found, for answers that do not fit into memory.

        Raises:
            QueryError: The query is of another form or cannot be read.
        """
        yield from map(tuple, self._solutions(query))

    def rows_as_text(self, query: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a SELECT query as text by variable, as they are found.

        Raises:
            QueryError: The query is of another form or cannot be read.
        """
        answer = self._solutions(query)
        names = [variable.value for variable in answer.variables]
        yield from (dict(zip(names, map(term_text, row), strict=True)) for row in answer)

    def write(
        self,
        query: str,
        media_type: str,
        output: Output,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> None:
        """Write the answer to a query in a media type, by the engine's own serializer."""
        answer = self._query(query, default_graphs, named_graphs)
        formats = GRAPH_FORMATS if isinstance(answer, ox.QueryTriples) else RESULT_FORMATS
        if media_type not in formats:
            raise QueryError(f"A query of this form has no answer in {media_type}. Use one of: {', '.join(formats)}.")
        answer.serialize(output, format=formats[media_type])  # type: ignore[arg-type]  # write is enough

    def query_form(self, query: str) -> QueryForm:
        """Return the form of a query after its first keyword; the engine judges the rest."""
        return query_form(query)

    @property
    def texts(self) -> TextIndex | None:
        """Return the text index beside the graph, or None where the build has none.

        Raises:
            StoreError: It cannot be read.
        """
        if self._texts is None and self._texts_path is not None and self._texts_path.is_file():
            # Here and not above: the reading of Japanese takes a worker longer to import than all else.
            from hyoka_kg.store.texts import TextIndex

            self._texts = TextIndex(self._texts_path)
        return self._texts

    @property
    def judgements(self) -> Judgements | None:
        """Return the findings beside the graph, or None where its rules were not asked since it was built."""
        path = self._findings_path
        if path is None or not path.is_file():
            return None
        # Here and not above: few questions are about findings, and each process that asks would import their records.
        from hyoka_kg.store.judgements import Judgements

        return Judgements(path)

    def count(self) -> int:
        """Return how many quads the store holds."""
        return len(self._store)

    @property
    def engine(self) -> ox.Store:
        """Return the engine's own store, for libraries that work on one; it refuses to be changed."""
        return self._store

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, graph by graph of the store's own order."""
        return iter(self._store)

    def graph_names(self) -> list[str]:
        """Return the names of all named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def triples_of(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def lines_of(self, graph: str) -> list[bytes]:
        """Return the triples of one named graph as lines of N-Triples without their full stop, in the engine's order.

        The engine writes them: a triple as an object of Python costs more than the triple.
        """
        output = io.BytesIO()
        self._store.dump(output, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        return output.getvalue().split(b" .\n")[:-1]

    def _solutions(self, query: str) -> ox.QuerySolutions:
        answer = self._query(query)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("This query does not give rows; SELECT is needed here.")
        return answer

    def _query(self, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> _Answer:
        try:
            if default_graphs or named_graphs:
                return self._store.query(
                    query,
                    default_graph=[ox.NamedNode(name) for name in default_graphs],
                    named_graphs=[ox.NamedNode(name) for name in named_graphs],
                )
            return self._store.query(query, use_default_graph_as_union=self._union)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"The query cannot be read: {error}") from error
