"""Write the values of indicators as an RDF Data Cube: nothing is left out, since a status may stand for a number."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.pipeline.exchange.values import in_parts
from hyoka_kg.query import bind_each, load_catalogue
from hyoka_kg.store import GraphStore, Output

_TURTLE = "text/turtle"


def write_cube(store: GraphStore, cells: Sequence[str], output: Output) -> None:
    """Write the cube of some statements with its structure definition, as Turtle, a part after the other."""
    catalogue = load_catalogue("exchange")
    store.write(catalogue["cube_structure"].text, _TURTLE, output)
    for part in in_parts(cells):
        store.write(bind_each(catalogue["cube_observations"], "cell", part), _TURTLE, output)
