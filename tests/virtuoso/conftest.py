"""A Virtuoso server of the test run's own on loopback, from the Debian package; without one its tests skip."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pytest

PROGRAM = "virtuoso-t"


@dataclass(frozen=True)
class Virtuoso:
    """A running server.

    Attributes:
        folder: Its files; it may read everything in there.
        http_port: Port of SPARQL.
        sql_port: Port of its SQL service.
        user: Who writes, with this password on a new database.
    """

    folder: Path
    http_port: int
    sql_port: int
    user: str = "dba"

    @property
    def query_url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/sparql"

    @property
    def graph_store(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/sparql-graph-crud-auth"

    @property
    def open_graph_store(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/sparql-graph-crud"

    @property
    def sql(self) -> str:
        return f"127.0.0.1:{self.sql_port}"


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    if shutil.which(PROGRAM) is None:
        pytest.skip(f"{PROGRAM} is not installed (Debian: virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    http_port, sql_port = _free_ports(2)
    template = Template((Path(__file__).parent / "virtuoso.ini").read_text(encoding="utf-8"))
    configuration = folder / "virtuoso.ini"
    configuration.write_text(template.substitute(folder=folder, http_port=http_port, sql_port=sql_port))
    command = [PROGRAM, "+configfile", str(configuration), "+foreground"]
    with (folder / "console.log").open("wb") as console:
        process = subprocess.Popen(command, cwd=folder, stdout=console, stderr=subprocess.STDOUT)
    server = Virtuoso(folder, http_port, sql_port)
    try:
        _wait_until_up(server, process)
        yield server
    finally:
        # Its data is thrown away: no checkpoint needed.
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_up(server: Virtuoso, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.http_port), 1):
            return
        assert process.poll() is None, (server.folder / "console.log").read_text()
        time.sleep(0.1)
    raise AssertionError((server.folder / "console.log").read_text())
