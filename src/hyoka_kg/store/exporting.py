"""Write a whole store to a file, in a fixed order, so that equal graphs give equal bytes."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import IO

import pyoxigraph as ox

from hyoka_kg.store.embedded import EmbeddedStore
from hyoka_kg.store.writing import sorted_nquads
from hyoka_kg.vocabulary import PREFIXES


class ExportFormat(StrEnum):
    """The formats of a whole store; Turtle and JSON-LD hold the union of the graphs or the data set."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"


def export(store: EmbeddedStore, style: ExportFormat, output: IO[bytes]) -> None:
    """Write every quad (or, in Turtle, every distinct triple) of a store."""
    if style is ExportFormat.NQUADS:
        output.writelines(line.encode() for line in sorted_nquads(store))
        return
    key: Callable[[ox.Quad], tuple[str, str, str, str]] = lambda quad: (  # noqa: E731 - one use, one line
        str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)
    )  # fmt: skip
    quads = sorted(store.quads(), key=key)
    if style is ExportFormat.TURTLE:
        triples = {str(quad.triple): quad.triple for quad in quads}
        ordered = [triples[text] for text in sorted(triples)]
        ox.serialize(ordered, output, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    else:
        form = ox.RdfFormat.TRIG if style is ExportFormat.TRIG else ox.RdfFormat.JSON_LD
        ox.serialize(quads, output, format=form, prefixes=PREFIXES)
