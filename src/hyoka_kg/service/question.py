"""One SPARQL query as a client sent it, apart from the way it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


# A tuple: it travels to another process with each query, and is the quickest to make and to pack.
class Question(NamedTuple):
    """A query and what it is asked of.

    Attributes:
        query: The SPARQL text.
        default_graphs: Graphs that make up the default graph; none means the store's own.
        named_graphs: Graphs that GRAPH may name.
        formats: What the client asks for by parameter.
        seconds: How long the client wants to wait at most, or None.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the rows.

    Attributes:
        number: Which page, from 1.
        size: How many rows it has.
    """

    number: int
    size: int

    @property
    def start(self) -> int:
        """Return how many rows stand before it."""
        return (self.number - 1) * self.size
