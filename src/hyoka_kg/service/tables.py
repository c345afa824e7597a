"""Write the rows of an answer for programs and people: JSON values, CSV, TSV, Excel's CSV, RDF, Markdown."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from hyoka_kg.store import Rows, Term

_NUMBERS = frozenset({"integer", "decimal", "double"})
_MARKDOWN = str.maketrans(
    {"\\": "\\\\", "|": "\\|", "[": "\\[", "]": "\\]", "`": "\\`", "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"}
)
# A spreadsheet reads a cell that starts so as a formula (CWE-1236); a number is left alone.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"
# The vocabulary in which the test suites of the W3C write results as RDF.
_RESULT = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write rows.

    Attributes:
        media_type: What the answer is labelled with.
        write: Yields the text in pieces.
    """

    media_type: str
    write: Callable[[Rows], Iterator[str]]


def rows_as_json(rows: Rows) -> list[dict[str, Any]]:
    """Return rows as JSON values: numbers as numbers, booleans as booleans, unbound as null."""
    return [{name: _json_value(term) for name, term in zip(rows.variables, row, strict=True)} for row in rows.rows]


def _json(rows: Rows) -> Iterator[str]:
    before = "["
    for record in rows_as_json(rows):
        yield before + json.dumps(record, ensure_ascii=False)
        before = ","
    yield "[]" if before == "[" else "]"


def _csv(rows: Rows, mark: str = "", guard: Callable[[str], str] = str) -> Iterator[str]:
    """Yield rows as CSV with the line ends of RFC 4180."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield mark
    for cells in _lines(rows):
        writer.writerow([guard(cell) for cell in cells])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _excel(rows: Rows) -> Iterator[str]:
    return _csv(rows, _BYTE_ORDER_MARK, _no_formula)


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell)) and cell.isascii()
    except ValueError:
        return False


def _tsv(rows: Rows) -> Iterator[str]:
    # SPARQL 1.1 Query Results CSV and TSV Formats, section 4: terms as in Turtle, variables with their mark.
    yield "\t".join(f"?{name}" for name in rows.variables) + "\n"
    for row in rows.rows:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


def _turtle(rows: Rows) -> Iterator[str]:
    text = ox.serialize(_result_set(rows), format=ox.RdfFormat.TURTLE, prefixes={"rs": _RESULT})
    yield (text or b"").decode()


def _result_set(rows: Rows) -> Iterator[ox.Triple]:
    result = ox.BlankNode("result")
    yield ox.Triple(result, _RDF_TYPE, _rs("ResultSet"))
    for name in rows.variables:
        yield ox.Triple(result, _rs("resultVariable"), ox.Literal(name))
    for number, row in enumerate(rows.rows, 1):
        solution = ox.BlankNode(f"s{number}")
        yield ox.Triple(result, _rs("solution"), solution)
        yield ox.Triple(solution, _rs("index"), ox.Literal(number))
        for column, (name, term) in enumerate(zip(rows.variables, row, strict=True)):
            if term is not None:
                binding = ox.BlankNode(f"s{number}c{column}")
                yield ox.Triple(solution, _rs("binding"), binding)
                yield ox.Triple(binding, _rs("variable"), ox.Literal(name))
                yield ox.Triple(binding, _rs("value"), term)


def _rs(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_RESULT}{name}")


def _markdown(rows: Rows) -> Iterator[str]:
    lines = _lines(rows)
    yield _markdown_line(next(lines))
    yield f"| {' | '.join(['---'] * len(rows.variables))} |\n"
    yield from map(_markdown_line, lines)


def _lines(rows: Rows) -> Iterator[list[str]]:
    yield list(rows.variables)
    for row in rows.as_text():
        yield [row[name] for name in rows.variables]


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


STYLES: dict[str, Style] = {
    "json": Style("application/json", _json),
    "csv": Style("text/csv", _csv),
    "excel.csv": Style("text/csv", _excel),
    "tsv": Style("text/tab-separated-values", _tsv),
    "ttl": Style("text/turtle", _turtle),
    "md": Style("text/markdown", _markdown),
}
