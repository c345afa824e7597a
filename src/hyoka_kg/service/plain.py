"""Answer a plain request from its bytes: a GET of one light query. What is not plain or gives no 200 is left to others.

This runs in a process that can be killed. Nothing here refuses, explains or waits: the service itself does.
"""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from functools import lru_cache
from typing import NamedTuple

from hyoka_kg.errors import HyokaError
from hyoka_kg.service.answering import answer_question
from hyoka_kg.service.headers import OPEN_HEADERS, freshness
from hyoka_kg.service.negotiation import accepts_gzip
from hyoka_kg.service.parameters import FORMAT_NAMES, decode_pairs
from hyoka_kg.service.question import Question
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore

# RFC 9112, sections 3 and 5, without anything that a reader might take in two ways. It must end where the bytes end.
_LINE = re.compile(rb"GET (/sparql/?)\?([!$-~]+) HTTP/1\.1\r\n")
_BLOCK = re.compile(rb"(?:[\w-]+:[\x20-\x7e]*\r\n)+\r\n")
_LONGEST_BLOCK = 2048
# Who sends these wants more than an answer, or sends it for somebody else.
_NOT_PLAIN = frozenset(
    ("content-length", "transfer-encoding", "expect", "upgrade", "if-none-match", "forwarded", "via", "x-real-ip")
)
_NOT_PLAIN_START = "x-forwarded"
# Larger answers are worth their way through the service.
_LARGEST = 64 * 1024
_LIMITS = SpoolLimits("", _LARGEST)
_OPEN = "".join(f"{name.lower()}: {value}\r\n" for name, value in OPEN_HEADERS.items())


class _Headers(NamedTuple):
    """What matters of the headers of a plain request."""

    host: str
    accept: str | None
    packed: bool


class PlainRequest(NamedTuple):
    """A request that can be answered by itself.

    Attributes:
        question: The query.
        path: Path of the URL.
        endpoint: URL that the client used.
        accept: The Accept header, or None.
        packed: Whether the client reads gzip.
    """

    question: Question
    path: str
    endpoint: str
    accept: str | None
    packed: bool


def read_plain(request: bytes, max_query_bytes: int) -> PlainRequest | None:
    """Return a request when its bytes are one plain request, whole, and nothing else."""
    line = _LINE.match(request)
    if line is None or len(request) - line.end() > _LONGEST_BLOCK:
        return None
    headers = _read_headers(request[line.end() :])
    question = _read_question(line[2], max_query_bytes) if headers else None
    if headers is None or question is None:
        return None
    path = line[1].decode()
    return PlainRequest(question, path, f"http://{headers.host}{path}", headers.accept, headers.packed)


def answer_plain(store: GraphStore, request: PlainRequest) -> Answer | None:
    """Return the whole answer of a request, or None where it is not for this place to give."""
    try:
        return answer_question(
            store,
            question=request.question,
            accept=request.accept,
            endpoint=request.endpoint,
            limits=_LIMITS,
            packed=request.packed,
        )
    except (HyokaError, RuntimeError, MemoryError):
        # The service asks again, and has the words for it.
        return None


def response_of(answer: Answer, key: str) -> bytes:
    """Return the HTTP response that carries an answer: the one that the service itself would send.

    Args:
        answer: A whole answer in memory.
        key: Its name for caches.
    """
    start, end = _dated_start(int(time.time())), _end_of_head(answer.media_type, answer.encoding)
    about = _freshness_lines(key if answer.stable else "")
    return b"".join((start, about, b"content-length: %d\r\n" % answer.size, end, answer.body))


def is_teachable(answer: Answer) -> bool:
    """Return whether an answer that somebody else found may be given here."""
    return answer.file is None and answer.stable and answer.size <= _LARGEST


@lru_cache(maxsize=1)
def _dated_start(second: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\ndate: {formatdate(second, usegmt=True)}\r\nserver: uvicorn\r\n".encode()


@lru_cache(maxsize=64)
def _end_of_head(media_type: str, encoding: str) -> bytes:
    packed = f"content-encoding: {encoding}\r\n" if encoding else ""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return f"{packed}content-type: {media_type}{charset}\r\n{_OPEN}\r\n".encode()


def _freshness_lines(key: str) -> bytes:
    return "".join(f"{name.lower()}: {value}\r\n" for name, value in freshness(key).items()).encode()


def _read_question(encoded: bytes, max_query_bytes: int) -> Question | None:
    try:
        pairs = decode_pairs(encoded)
    except HyokaError:
        return None
    query, formats = "", list[str]()
    for name, value in pairs:
        if name in FORMAT_NAMES:
            formats.append(value)
        elif name != "query" or query:
            return None
        else:
            query = value
    if not query.strip() or len(query.encode()) > max_query_bytes:
        return None
    return Question(query, formats=tuple(formats))


# A client sends the same headers with each request.
@lru_cache(maxsize=512)
def _read_headers(block: bytes) -> _Headers | None:
    if not _BLOCK.fullmatch(block):
        return None
    fields: dict[str, list[str]] = {}
    for line in block.decode("ascii").splitlines()[:-1]:
        name, _, value = line.partition(":")
        fields.setdefault(name.lower(), []).append(value.strip())
    if len(fields.get("host", ())) != 1 or fields.get("connection", ["keep-alive"]) != ["keep-alive"]:
        return None
    if any(name in _NOT_PLAIN or name.startswith(_NOT_PLAIN_START) for name in fields):
        return None
    accept = ", ".join(fields["accept"]) if "accept" in fields else None
    return _Headers(fields["host"][0], accept, accepts_gzip(",".join(fields.get("accept-encoding", ()))))
