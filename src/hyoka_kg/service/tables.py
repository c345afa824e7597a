"""Write the rows of an answer for programs and people: JSON values, CSV, Markdown."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

from hyoka_kg.store import Rows, Term

_NUMBERS = frozenset({"integer", "decimal", "double"})
_MARKDOWN = str.maketrans(
    {"\\": "\\\\", "|": "\\|", "[": "\\[", "]": "\\]", "`": "\\`", "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"}
)


def rows_as_json(rows: Rows) -> list[dict[str, Any]]:
    """Return rows as JSON values: numbers as numbers, booleans as booleans, unbound as null."""
    return [{name: _json_value(term) for name, term in zip(rows.variables, row, strict=True)} for row in rows.rows]


def rows_as_csv(rows: Rows) -> str:
    """Return rows as CSV with the line ends of RFC 4180."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(rows.variables)
    writer.writerows(_texts(rows))
    return buffer.getvalue()


def rows_as_markdown(rows: Rows) -> str:
    """Return rows as a Markdown table; nothing in a cell is read as markup."""
    lines = [rows.variables, ["---"] * len(rows.variables), *_texts(rows)]
    head, rule, *body = lines
    return _markdown_line(head) + f"| {' | '.join(rule)} |\n" + "".join(_markdown_line(line) for line in body)


def _texts(rows: Rows) -> list[list[str]]:
    return [[row[name] for name in rows.variables] for row in rows.as_text()]


def _markdown_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.translate(_MARKDOWN) for cell in cells)} |\n"


def _json_value(term: Term | None) -> Any:
    if term is None:
        return None
    text = str(getattr(term, "value", term))
    datatype = getattr(getattr(term, "datatype", None), "value", "").rpartition("#")[2]
    if datatype == "boolean":
        return text in ("true", "1")
    return _number(text) if datatype in _NUMBERS else text


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        number = float(text)
    return number if math.isfinite(number) else text
