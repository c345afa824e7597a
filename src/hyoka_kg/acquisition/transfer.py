"""Bring one file in: tries with growing pauses, resumed by Range, bounded in size and in slowness."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import BinaryIO

import httpx

from hyoka_kg.acquisition.asking import PassingTrouble, ask
from hyoka_kg.acquisition.downloads import Download, DownloadSource
from hyoka_kg.acquisition.messages import tell
from hyoka_kg.acquisition.parts import Part, Version
from hyoka_kg.errors import AcquisitionError, UnreachableError

Watch = Callable[[str, int, int | None], None]
_RANGE = re.compile(r"bytes (?P<first>[0-9]+)-[0-9]+/(?:[0-9]+|\*)")
_BEYOND = re.compile(r"bytes \*/(?P<size>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for.

    Attributes:
        tries: How often a file is asked for in one run.
        first_wait: Seconds before the second try; each further pause is twice as long.
        longest_wait: Longest pause in seconds; where the server asks for more, the run ends.
        connect_seconds: Longest time to a connection.
        read_seconds: Longest silence.
        least_bytes_per_second: Slowest rate, measured over `slow_seconds`.
        slow_seconds: See above.
    """

    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0
    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    least_bytes_per_second: float = 1024.0
    slow_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to the servers of a source, and who watches it.

    Attributes:
        client: The HTTP client; it follows no redirect of its own accord.
        source: The source, with its hosts and limits.
        patience: How long to wait.
        sleep: What waits, in seconds.
        watch: Told the name of a file, the bytes so far and the bytes announced.
        say: Told what a person may want to know.
    """

    client: httpx.Client
    source: DownloadSource
    patience: Patience = Patience()
    sleep: Callable[[float], None] = time.sleep
    watch: Watch = lambda _name, _received, _announced: None
    say: Callable[[str], None] = lambda _message: None


def transfer(line: Line, download: Download, part: Part, known: Version) -> Version | None:
    """Bring a file into its part; return its version, or None where the known version is still the current one.

    Raises:
        UnreachableError: All tries failed, or the server asks to wait for longer than is waited; what can be resumed
            is kept.
        AcquisitionError: What came cannot be taken; nothing of it is kept.
    """
    try:
        return _try(line, download, part, known)
    except AcquisitionError as error:
        if not isinstance(error, UnreachableError):
            part.discard()
        raise
    except BaseException:
        part.settle()
        raise


def _try(line: Line, download: Download, part: Part, known: Version) -> Version | None:
    patience = line.patience
    for number in range(1, patience.tries + 1):
        try:
            return _once(line, download, part, known)
        except PassingTrouble as trouble:
            wait = min(patience.first_wait * 2 ** (number - 1), patience.longest_wait)
            wait = wait if trouble.wait_seconds is None else trouble.wait_seconds
            if wait > patience.longest_wait:
                message = tell("come-back-later", url=download.url, trouble=trouble, seconds=wait)
                raise UnreachableError(message) from trouble
            last: PassingTrouble = trouble
        if number < patience.tries:
            line.say(tell("waiting", name=download.name, trouble=last, seconds=wait))
            line.sleep(wait)
    raise UnreachableError(
        tell("gave-up", url=download.url, attempts=patience.tries, trouble=last, kept=_named(part.settle()))
    )


def _named(kept: int) -> str:
    return f"{kept:,} bytes" if kept else "nothing that can be resumed"


def _once(line: Line, download: Download, part: Part, known: Version) -> Version | None:
    headers = part.wish() or _unless(known)
    with ask(line.client, line.source, download, headers) as response:
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        version = Version(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return _already_whole(response, part)
        announced = _announced(response, part if response.status_code == HTTPStatus.PARTIAL_CONTENT else None)
        _hold_limit(line, download, announced or 0)
        with _open(response, part, version) as file:
            _pour(line, download, response, file, announced)
        return version


def _unless(known: Version) -> dict[str, str]:
    if known.etag:
        return {"If-None-Match": known.etag}
    return {"If-Modified-Since": known.last_modified} if known.last_modified else {}


def _already_whole(response: httpx.Response, part: Part) -> Version:
    beyond = _BEYOND.fullmatch(response.headers.get("content-range", ""))
    if beyond and int(beyond["size"]) == part.size:
        return part.version
    part.discard()
    raise PassingTrouble("the server has no such part of the file, it is asked for from the start")


def _announced(response: httpx.Response, part: Part | None) -> int | None:
    length = response.headers.get("content-length", "")
    return (part.size if part else 0) + int(length) if length.isascii() and length.isdigit() else None


def _open(response: httpx.Response, part: Part, version: Version) -> BinaryIO:
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return part.begin(version)
    at = _RANGE.fullmatch(response.headers.get("content-range", ""))
    if at is None or int(at["first"]) != part.size:
        part.discard()
        raise PassingTrouble("the server sent another part of the file than was asked for")
    return part.go_on()


def _pour(line: Line, download: Download, response: httpx.Response, file: BinaryIO, announced: int | None) -> None:
    pace = _Pace(line.patience)
    for chunk in response.iter_raw():
        file.write(chunk)
        _hold_limit(line, download, file.tell())
        line.watch(download.name, file.tell(), announced)
        pace.add(len(chunk))


def _hold_limit(line: Line, download: Download, size: int) -> None:
    if size > line.source.max_bytes:
        raise AcquisitionError(tell("too-large", url=download.url, size=size, limit=line.source.max_bytes))


class _Pace:
    """Stops what trickles: a connection that is never silent for long, and never done."""

    def __init__(self, patience: Patience) -> None:
        self._patience, self._since, self._bytes = patience, time.monotonic(), 0

    def add(self, count: int) -> None:
        self._bytes += count
        seconds = time.monotonic() - self._since
        if seconds < self._patience.slow_seconds:
            return
        if self._bytes < self._patience.least_bytes_per_second * seconds:
            raise PassingTrouble(f"only {self._bytes:,} bytes came in {seconds:.1f} s")
        self._since, self._bytes = time.monotonic(), 0
