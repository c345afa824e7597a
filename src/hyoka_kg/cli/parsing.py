"""The command that reads values by the grammar of the forms, for machines."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization import parse_value


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("parse")(parse_command)


def parse_command() -> None:
    """Read values: JSON lines in, JSON lines out, one object a line. 値の文字列を読む。

    A line in: {"kind": "amount", "string": "(２百万円)", "context": {"fiscal_year": 2017, "unit": "千円"}}.
    What cannot be read comes out as {"unparsed": …, "reason": …}; the line that is no such object ends the run.
    """
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            record = _read_line(line, number)
            parsed = parse_value(record["kind"], record["string"], record.get("context"))
            typer.echo(json.dumps(parsed, ensure_ascii=False))


def _read_line(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
        if isinstance(record, dict) and isinstance(record["kind"], str) and isinstance(record["string"], str):
            return record
        problem = "kind and string must be texts"
    except (json.JSONDecodeError, KeyError) as error:
        problem = str(error)
    raise ValueTextError(
        f'standard input, line {number}: {problem}. Write one object a line: {{"kind": "amount", "string": "…"}}'
    )
