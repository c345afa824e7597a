"""Print answers: tables for people, CSV, JSON and Markdown for what comes next."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from hyoka_kg.store import Rows
from hyoka_kg.store.formats import table_as_csv

_NUMBERS = {"integer", "decimal", "double"}


class TableFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


def say(message: str) -> None:
    """Print a line for a person, beside the answer (standard error)."""
    typer.echo(message, err=True)


def print_json(value: Any) -> None:
    """Print a value as JSON, Japanese as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_rows(rows: Rows, style: TableFormat) -> None:
    """Print the rows of an answer in a format."""
    if style is TableFormat.JSON:
        print_json(rows_as_json(rows))
        return
    texts = [[row[name] for name in rows.variables] for row in rows.as_text()]
    print_table(rows.variables, texts, style)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], style: TableFormat) -> None:
    """Print a table of texts in a format."""
    if style is TableFormat.CSV:
        typer.echo(table_as_csv(columns, rows), nl=False)
    elif style is TableFormat.MD:
        typer.echo(_markdown(columns, rows), nl=False)
    elif style is TableFormat.JSON:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        _print_for_people(columns, rows)


def rows_as_json(rows: Rows) -> list[dict[str, Any]]:
    """Return rows as JSON values: integers and decimals as numbers, unbound as null."""
    return [{name: _json_value(term) for name, term in zip(rows.variables, row, strict=True)} for row in rows.rows]


def _json_value(term: Any) -> Any:
    if term is None:
        return None
    datatype = getattr(getattr(term, "datatype", None), "value", "").rpartition("#")[2]
    if datatype in _NUMBERS:
        number = float(term.value)
        return int(number) if number.is_integer() and "." not in term.value else number
    return term.value == "true" if datatype == "boolean" else term.value


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), '<br>') for cell in cells)} |\n"

    return line(columns) + line(["---"] * len(columns)) + "".join(line(row) for row in rows)


def _print_for_people(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(header_style="bold", row_styles=["", "dim"] if len(rows) > 12 else None)
    for column in columns:
        # Japanese has no spaces to break at: without this, what is wider than its column is cut.
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*[cell.replace("[", r"\[") for cell in row])
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    console.print(f"{len(rows)} row(s)", style="dim")
