"""Load the Turtle files of the ontology as triples, with IRIs in place of blank nodes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from hyoka_kg.errors import LayoutError
from hyoka_kg.graph.terms import Triple, iri
from hyoka_kg.vocabulary import BASE


def load_turtle(path: Path) -> Iterator[Triple]:
    """Yield the triples of a Turtle file; blank nodes become IRIs by order of appearance (RDF 1.1, 3.5).

    Raises:
        LayoutError: The file is not Turtle; line and column are named.
    """
    names: dict[str, str] = {}

    def name(
        node: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple,
    ) -> str:
        if not isinstance(node, pyoxigraph.BlankNode):
            return str(node)
        number = len(names) + 1
        return names.setdefault(node.value, iri(f"{BASE}.well-known/genid/{path.stem}-{number}"))

    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            yield name(quad.subject), str(quad.predicate), name(quad.object)
    except SyntaxError as error:
        raise LayoutError(f"{path}, line {error.lineno}: {error.msg}") from error
