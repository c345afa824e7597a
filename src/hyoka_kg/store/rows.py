"""The answer to a SELECT query: terms in columns, or as a person writes them."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT query: variables in query order, and one tuple of terms a row."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def as_text(self) -> list[dict[str, str]]:
        """Return the rows as text by variable; an unbound variable is an empty string."""
        return [{name: term_text(value) for name, value in zip(self.variables, row, strict=True)} for row in self.rows]


def term_text(term: Term | None) -> str:
    """Return the value of a term as a person writes it."""
    if term is None:
        return ""
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value
