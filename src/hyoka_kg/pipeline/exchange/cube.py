"""Write the values of indicators as an RDF Data Cube: nothing is left out, since a status may stand for a number."""

from __future__ import annotations

from hyoka_kg.query import load_catalogue
from hyoka_kg.store import GraphStore, Output

_TURTLE = "text/turtle"


def write_cube(store: GraphStore, output: Output) -> None:
    """Write the cube with its structure definition, as Turtle."""
    store.write(load_catalogue("exchange")["datacube"].text, _TURTLE, output)
