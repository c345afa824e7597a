"""What a store of the graph can do; the embedded store and a remote server do the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from hyoka_kg.store.rows import Rows

if TYPE_CHECKING:
    from hyoka_kg.store.judgements import Judgements
    from hyoka_kg.store.texts import TextIndex

QueryForm = Literal["select", "ask", "construct", "describe"]


class Output(Protocol):
    """What an answer is written to, such as an open file."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""
        ...


class GraphStore(Protocol):
    """A read-only view of the graph. The default graph is the union of all named graphs."""

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """Return the rows of a SELECT query.

        Raises:
            QueryError: The query has a syntax error or is of another form.
        """
        ...

    def write(
        self,
        query: str,
        media_type: str,
        output: Output,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> None:
        """Write the answer to any query in a media type; an answer of any size passes in pieces.

        Raises:
            QueryError: The query has a syntax error, or the media type does not fit its form.
        """
        ...

    def query_form(self, query: str) -> QueryForm:
        """Return the form of a query.

        Raises:
            QueryError: The query has a syntax error.
        """
        ...

    @property
    def texts(self) -> TextIndex | None:
        """Return the index of its texts, or None where it has none."""
        ...

    @property
    def judgements(self) -> Judgements | None:
        """Return the findings that are kept beside it, or None where there are none."""
        ...

    def count(self) -> int:
        """Return how many quads the store holds."""
        ...
