"""Ask a server for a file: redirects within the registered hosts, and passing troubles apart from final ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from hyoka_kg import __version__
from hyoka_kg.acquisition.downloads import Download, DownloadSource
from hyoka_kg.acquisition.messages import tell
from hyoka_kg.errors import AcquisitionError

_MOST_REDIRECTS = 5
_PASSING = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_WANTED = (
    HTTPStatus.OK,
    HTTPStatus.PARTIAL_CONTENT,
    HTTPStatus.NOT_MODIFIED,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
)


class PassingTrouble(Exception):  # noqa: N818 - it is no error yet: another try may do
    """What a later try may overcome; `wait_seconds` is what the server asks for, or None."""

    def __init__(self, what: str, wait_seconds: float | None = None) -> None:
        super().__init__(what)
        self.wait_seconds = wait_seconds


def open_client(connect_seconds: float, read_seconds: float) -> httpx.Client:
    """Return a client that opens one connection, follows nothing of its own accord, and asks for plain bytes."""
    return httpx.Client(
        headers={"User-Agent": f"hyoka-kg/{__version__}", "Accept-Encoding": "identity"},
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
        limits=httpx.Limits(max_connections=1),
        follow_redirects=False,
    )


@contextmanager
def ask(
    client: httpx.Client, source: DownloadSource, download: Download, headers: Mapping[str, str]
) -> Iterator[httpx.Response]:
    """Give the answer to a request for a file, its body not yet read.

    Raises:
        PassingTrouble: The connection failed, or the server is busy.
        AcquisitionError: The server refuses, redirects in a circle, or elsewhere.
    """
    first = httpx.URL(download.url)
    url, seen = first, [first]
    try:
        while True:
            with client.stream("GET", url, headers=headers) as response:
                if not response.has_redirect_location:
                    _judge(response, source, download)
                    yield response
                    return
                url = _target(response, first, source)
            if url in seen or len(seen) > _MOST_REDIRECTS:
                raise AcquisitionError(tell("redirect-loop", url=first, count=len(seen), target=url, page=source.page))
            seen.append(url)
    except httpx.InvalidURL as error:
        raise _elsewhere(f"an unreadable address ({error})", first, source) from error
    except httpx.TransportError as error:
        raise PassingTrouble(str(error) or type(error).__name__) from error


def _target(response: httpx.Response, first: httpx.URL, source: DownloadSource) -> httpx.URL:
    location = response.headers["location"]
    try:
        target: httpx.URL | None = response.url.join(location)
    except (httpx.InvalidURL, ValueError):
        target = None
    if target is None or target.scheme != first.scheme or target.host not in source.hosts:
        raise _elsewhere(location, first, source)
    return target


def _elsewhere(target: str, first: httpx.URL, source: DownloadSource) -> AcquisitionError:
    hosts = ", ".join(source.hosts)
    return AcquisitionError(tell("redirect-elsewhere", url=first, target=target, scheme=first.scheme, hosts=hosts))


def _judge(response: httpx.Response, source: DownloadSource, download: Download) -> None:
    status = response.status_code
    if status in _PASSING:
        raise PassingTrouble(_named(response), _asked_to_wait(response.headers.get("retry-after", "")))
    if status not in _WANTED:
        raise AcquisitionError(tell("refused", url=download.url, status=_named(response), page=source.page))
    encoding = response.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise AcquisitionError(tell("encoded", url=download.url, encoding=encoding, page=source.page))


def _named(response: httpx.Response) -> str:
    return f"HTTP {response.status_code} {response.reason_phrase}".strip()


def _asked_to_wait(text: str) -> float | None:
    """Return the seconds of a Retry-After header: a number, or a date (RFC 9110, section 10.2.3)."""
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
