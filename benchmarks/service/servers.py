"""Start servers as processes of their own, on free ports of this machine, and end them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.service.workers.worktime import work_seconds_of

_PATIENCE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        url: Its SPARQL endpoint.
        base: Its root.
        process: Its process number.
        cold_seconds: Time from its start to its first answer.
    """

    url: str
    base: str
    process: int
    cold_seconds: float


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def run_server(command: Sequence[str], port: int, path: str, **environment: str) -> Iterator[Server]:
    """Run a server until the block ends.

    Raises:
        TimeoutError: It does not answer.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(process, port)
        yield Server(f"{base}{path}", base, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def run_hyoka(store: Path, **environment: str) -> Iterator[Server]:
    """Run `hyoka serve` over a store, without bounds for single clients."""
    port = free_port()
    bounds = {"HYOKA_CLIENT_SECONDS": "0", "HYOKA_CLIENT_QUERIES": "64", **environment}
    command = [sys.executable, "-m", "hyoka_kg.cli", "serve", "--store", str(store), "--port", str(port)]
    with run_server(command, port, "/sparql", **bounds) as server:
        yield server


def memory_by_process(process: int) -> dict[int, int]:
    """Return the memory of a process and its descendants: bytes of their own, shared pages counted once (PSS)."""
    return {one: _proportional(one) for one in (process, *_descendants(process))}


def work_seconds(process: int) -> float:
    """Return the seconds that the processor has spent on a process and its descendants."""
    return sum(filter(None, map(work_seconds_of, (process, *_descendants(process)))))


def _descendants(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(text) for children in tasks for text in _read(children).split()]
    return [*found, *(one for child in found for one in _descendants(child))]


def _read(path: Path) -> str:
    # Threads and processes come and go while they are looked at.
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def _proportional(process: int) -> int:
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(f"{process.args!r} does not listen at port {port}")
