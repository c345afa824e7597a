"""The command that reads values by the grammar of the forms, for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

import typer

from hyoka_kg.cli.requests import Request, RequestError, parse_request, read_lines
from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization import KINDS, parse_value

Answer = dict[str, object]
_SHOWN = 200


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("parse")(parse_command)


def parse_command() -> None:
    """Read values: JSON lines in, JSON lines out, one object a line. 値の文字列を読む。

    A line in: {"kind": "amount", "string": "(２百万円)", "context": {"fiscal_year": 2017, "unit": "千円"}}.
    Each line is answered in its turn. What cannot be read comes out as {"unparsed": …, "reason": …}; a line that is
    no such object comes out so too, with its number as "line". The command then ends with 3.
    """
    wrong = 0
    for answer in answer_lines(sys.stdin.buffer):
        wrong += "line" in answer
        typer.echo(_as_json(answer))
    if wrong:
        raise ValueTextError(
            f'standard input: {wrong:,} line(s) could not be answered; their answers name the "line". '
            f'Write one object a line: {{"kind": "ratio", "string": "1,770/47"}}. The kinds are {_kinds()}.'
        )


def answer_lines(stream: BinaryIO) -> Iterator[Answer]:
    """Yield one answer for each line that is not blank; whatever a line holds, the next one is answered."""
    for number, line in read_lines(stream):
        try:
            request = parse_request(line)
        except RequestError as error:
            yield {"unparsed": error.found[:_SHOWN], "reason": error.reason, "line": number}
        else:
            if request is not None:
                yield _answer(request, number)


def _answer(request: Request, number: int) -> Answer:
    if request.kind not in KINDS:
        reason = f"'{request.kind[:_SHOWN]}' is no kind of value; the kinds are {_kinds()}"
        return {"unparsed": request.string, "reason": reason, "line": number}
    return parse_value(request.kind, request.string, request.context)


def _kinds() -> str:
    return ", ".join(sorted(KINDS))


def _as_json(answer: Answer) -> str:
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair is no character: only an escape can hand it back.
        return json.dumps(answer)
    return text
