"""What is raised where the data cannot carry a picture."""

from __future__ import annotations

from hyoka_kg.errors import QueryError


class NothingToDraw(QueryError):  # noqa: N818 - it is what the data says, not a fault of the program
    """The data cannot carry the picture; the text says why, in the language that was asked for."""
