"""Which table of a transcription holds a cell: `tables.csv` beside this module, first pattern first."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib.resources import files

from hyoka_kg.errors import LayoutError


@cache
def table_of(form: str, subject: str, field: str) -> str:
    """Return the file name of the table that holds a field of a subject.

    Raises:
        LayoutError: The form has no row for it.

    >>> table_of("ex-ante", "entry/9", "executed"), table_of("review-sheet", "payment/A/1", "amount")
    ('money.csv', 'flow.csv')
    """
    for row in _rows():
        if row["form"] == form and _fits(row["subject"], subject) and _fits(row["field"], field):
            return row["table"]
    raise LayoutError(f"No table holds '{field}' of '{subject}' in a {form}. Add a row to transcription/tables.csv.")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files(__package__).joinpath("tables.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


def _fits(pattern: str, text: str) -> bool:
    expression = re.escape(pattern).replace(r"\*\*", ".+").replace(r"\*", "[^/]+")
    return re.fullmatch(expression, text) is not None
