"""Take a part of the rows of an ordered query by the engine, so that the first page of a long answer is cheap."""

from __future__ import annotations


def window(text: str, start: int, count: int) -> str:
    """Return a query that gives some rows of another.

    Args:
        text: A SELECT query that ends with its order and has no bound of its own.
        start: How many rows to leave out.
        count: How many rows to give at most.

    >>> window("SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a", 50, 26).splitlines()[-1]
    'LIMIT 26 OFFSET 50'
    """
    return f"{text.rstrip()}\nLIMIT {int(count)} OFFSET {int(start)}\n"
