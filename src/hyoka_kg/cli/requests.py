"""Requests to the value grammar: JSON objects line by line, each checked, none longer than a form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

MOST_BYTES = 1_000_000
_BYTE_ORDER_MARK = "\ufeff"
_CONTEXT: Mapping[str, type] = {"fiscal_year": int, "unit": str}


@dataclass(frozen=True, slots=True)
class Request:
    """A literal to read: its kind, the literal, and what the document tells of it."""

    kind: str
    string: str
    context: Mapping[str, object]


class RequestError(Exception):
    """A line is no request.

    Attributes:
        reason: What is wrong with it, and what would be right.
        found: The beginning of the line.
    """

    def __init__(self, reason: str, found: str = "") -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each line; of a line that is too long, one byte more than allowed and no more.

    Memory stays bounded: the rest of a long line is passed over in pieces.
    """
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        yield number, line
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MOST_BYTES + 1)


def parse_request(line: bytes) -> Request | None:
    """Return the request that a line makes, or None where the line is blank.

    Raises:
        RequestError: The line is too long, no UTF-8, no JSON, or no object with the texts `kind` and `string`.
    """
    if len(line) > MOST_BYTES and not line.endswith(b"\n"):
        raise RequestError(f"the line is longer than {MOST_BYTES:,} bytes; a cell is not", _shown(line))
    try:
        text = line.decode().removeprefix(_BYTE_ORDER_MARK).strip()
        return _checked(json.loads(text), text) if text else None
    except UnicodeDecodeError as error:
        raise RequestError(f"byte {error.start + 1} is no UTF-8: {error.reason}", _shown(line)) from error
    except RecursionError as error:
        raise RequestError("the JSON is nested too deeply", _shown(line)) from error
    except ValueError as error:
        raise RequestError(f"no JSON object: {error}", _shown(line)) from error


def _checked(record: Any, text: str) -> Request:
    if not isinstance(record, dict):
        raise RequestError(f"a JSON object is needed, not a {type(record).__name__}", text)
    for name in ("kind", "string"):
        if not isinstance(record.get(name), str):
            raise RequestError(f'"{name}" must be a text', text)
    context = {} if record.get("context") is None else record["context"]
    if not isinstance(context, dict):
        raise RequestError('"context" must be an object such as {"fiscal_year": 2017}', text)
    for name, kind in _CONTEXT.items():
        _check_context(name, context.get(name), kind, text)
    return Request(record["kind"], record["string"], context)


def _check_context(name: str, value: object, kind: type, text: str) -> None:
    is_right = value is None or (isinstance(value, kind) and not isinstance(value, bool))
    if not is_right:
        needed = "a whole number" if kind is int else "a text"
        raise RequestError(f'"context": "{name}" must be {needed}, or be left out', text)


def _shown(line: bytes) -> str:
    return line[:MOST_BYTES].decode(errors="replace").strip()
