"""Take a part of the rows of an ordered query by the engine, so that the first page of a long answer is cheap."""

from __future__ import annotations

# A query may say where its order is settled: what stands outside is looked up for the rows of the part alone.
_PLACE = "# window"


def window(text: str, start: int, count: int) -> str:
    """Return a query that gives some rows of another.

    Args:
        text: A SELECT query that ends with its order and has no bound of its own; or one that names the place of the
            bound by a line `# window`, and orders the rows of the part in the same way again.
        start: How many rows to leave out.
        count: How many rows to give at most.

    >>> window("SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?a", 50, 26).splitlines()[-1]
    'LIMIT 26 OFFSET 50'
    """
    bound = f"LIMIT {int(count)} OFFSET {int(start)}\n"
    lines = text.rstrip().splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.strip() == _PLACE:
            return "".join([*lines[:number], bound, *lines[number + 1 :]]) + "\n"
    return f"{text.rstrip()}\n{bound}"
