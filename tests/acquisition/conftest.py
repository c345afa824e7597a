"""A loopback server that misbehaves as told, and an archive to fetch into."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType, SimpleNamespace

import httpx
import pytest

from hyoka_kg.acquisition import Archive, Download, DownloadSource, Fetched, Line, Patience, fetch, open_client

Behaviour = Callable[["Handler"], None]


def zipped(text: str = "評価", size: int = 5000) -> bytes:
    """Return a zip of one CSV that does not compress away."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("table.csv"), text * size)
    return buffer.getvalue()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="session")
def tools() -> SimpleNamespace:
    return SimpleNamespace(zipped=zipped, sha256=sha256)


@cache
def _client(read_seconds: float) -> httpx.Client:
    """Return one client a setting: loading the certificates takes longer than a test."""
    return open_client(5.0, read_seconds)


class Handler(BaseHTTPRequestHandler):
    """Answers as the next behaviour of the server says; the last one stays."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        script = self.server.scripts[self.path]
        self.close_connection = True
        try:
            (script.pop(0) if len(script) > 1 else script[0])(self)
        except (BrokenPipeError, ConnectionResetError):
            return

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(body)), "Connection": "close"} | named).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        return


class Server(ThreadingHTTPServer):
    """A server with a script a path, and what it was asked."""

    daemon_threads = True
    scripts: dict[str, list[Behaviour]]
    requests: list[tuple[str, dict[str, str]]]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.scripts, server.requests = {}, []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Bench:
    """An archive, the server in front of it, and how long the client would have waited."""

    server: Server
    archive: Archive
    waits: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    patience: Patience = field(default_factory=lambda: Patience(read_seconds=5.0))
    limit: int = 1_000_000
    changes_in_place: bool = True
    known: str = ""
    names: tuple[str, ...] = ("table.zip",)

    def serve(self, *behaviours: Behaviour, name: str = "table.zip") -> None:
        self.server.scripts[f"/{name}"] = list(behaviours)

    @property
    def source(self) -> DownloadSource:
        downloads = tuple(
            Download("source", name, f"{self.server.base}/{name}", None, self.known) for name in self.names
        )
        words = dict.fromkeys(
            ("title_ja", "title_en", "publisher_ja", "publisher_en", "licence_ja", "licence_en", "attribution"), "-"
        )
        return DownloadSource(
            id="source",
            page="https://example.org/page",
            licence_url="https://example.org/licence",
            changes_in_place=self.changes_in_place,
            hosts=("127.0.0.1",),
            max_bytes=self.limit,
            pause_seconds=0.5,
            downloads=downloads,
            **words,
        )

    def fetch(self, *, update: bool = False) -> list[Fetched]:
        client = _client(self.patience.read_seconds)
        line = Line(client, self.source, self.patience, sleep=self.waits.append, say=self.said.append)
        return list(fetch(self.archive, line, self.source.downloads, update=update))

    def fail(self, *, update: bool = False) -> str:
        """Fetch one file, which must fail; return what is said."""
        [one] = self.fetch(update=update)
        assert one.status == "failed", one
        return one.trouble

    @property
    def files(self) -> dict[str, bytes]:
        """Return everything in the archive by path, its lock apart."""
        folder = self.archive.folder
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }

    def again(self) -> Bench:
        """Return the same archive as a later run sees it."""
        return replace(self, archive=Archive(self.archive.folder), waits=[], said=[])


@pytest.fixture
def bench(server: Server, tmp_path: Path) -> Bench:
    return Bench(server, Archive(tmp_path / "archive"))


@pytest.fixture(scope="session")
def small_corpora(root: Path) -> ModuleType:
    """Load the writers of small corpora, which stand beside the national tests."""
    path = root / "tests" / "national" / "corpora.py"
    spec = importlib.util.spec_from_file_location("small_corpora", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
