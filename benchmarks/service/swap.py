"""Swap builds under load, with the project's own publishing: count what was dropped, and which builds answered.

Run as `python -m benchmarks.service.swap`; ends with 1 when a request was dropped or the last build does not answer.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from benchmarks.service.graph import project, quads
from benchmarks.service.load import Figures, drive, query_request
from benchmarks.service.servers import Server, run_hyoka

from hyoka_kg.store import open_build_area
from hyoka_kg.store.writing import StoreWriter

_MARK = "urn:build"
_WHICH = f"SELECT ?n WHERE {{ <{_MARK}> <{_MARK}> ?n }}"
_NUMBER = re.compile(rb'"value":"build-(\d+)"')


def publish(store: Path, number: int, lines: list[str]) -> None:
    """Build the graph once more, with its number in it, and let it serve."""
    with open_build_area(store) as area:
        writer = StoreWriter(area.engine_directory)
        writer.load([*lines, f'<{_MARK}> <{_MARK}> "build-{number}" <{_MARK}> .\n'])
        writer.finish()
        del writer
        area.publish(f"b{number}", "{}")


class Swapper:
    """Publishes a new build every few seconds."""

    def __init__(self, store: Path, lines: list[str], pause: float) -> None:
        self.number = 0
        self._store, self._lines, self._pause = store, lines, pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._swap)

    def start(self) -> None:
        """Begin to publish."""
        self._thread.start()

    def stop(self) -> None:
        """Publish no more."""
        self._stop.set()
        self._thread.join()

    def _swap(self) -> None:
        while not self._stop.wait(self._pause):
            publish(self._store, self.number + 1, self._lines)
            self.number += 1


def load(server: Server, clients: int, seconds: float, projects: int) -> tuple[Figures, Counter[int]]:
    """Ask which build answers, and look-ups, in turn; return the figures and the answers by build."""
    seen = Counter[int]()

    def judge(_status: int, body: bytes) -> None:
        found = _NUMBER.search(body)
        if found:
            seen[int(found[1])] += 1

    texts = [f"SELECT ?p ?o WHERE {{ <{project(number)}> ?p ?o }}" for number in range(0, projects, 7)]
    # One in three asks which build it is.
    pairs = zip(texts[::2], texts[1::2], strict=False)
    requests = [query_request(server.url, text) for pair in pairs for text in (_WHICH, *pair)]
    return drive(server.url, requests, clients, seconds, judge), seen


def main() -> int:
    """Run the swaps; return how the program ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=3, help="seconds between two builds")
    parser.add_argument("--projects", type=int, default=500)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--servers", type=int, default=2, help="replicas over the one folder")
    options = parser.parse_args()
    lines = [f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n" for quad in quads(options.projects)]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        store = Path(folder)
        publish(store, 0, lines)
        running = [stack.enter_context(run_hyoka(store, HYOKA_CLIENT_CONNECTIONS="0")) for _ in range(options.servers)]
        swapper = Swapper(store, lines, options.pause)
        swapper.start()
        with ThreadPoolExecutor(options.servers) as threads:
            share = options.clients // options.servers
            jobs = [threads.submit(load, one, share, options.seconds, options.projects) for one in running]
            results = [job.result() for job in jobs]
        swapper.stop()
        time.sleep(1.5)
        last = [load(one, 1, 1, options.projects)[1] for one in running]
    return _tell(results, last, swapper.number)


def _tell(results: list[tuple[Figures, Counter[int]]], last: list[Counter[int]], builds: int) -> int:
    dropped = 0
    for number, (figures, seen) in enumerate(results, 1):
        dropped += sum(count for status, count in figures.statuses.items() if status != 200)
        print(
            f"server {number}: {len(figures.seconds):,} answers, by status {dict(figures.statuses)}; "
            f"p50 {figures.median:.1f} ms, p99 {figures.percentile(0.99):.1f} ms, "
            f"most {1000 * max(figures.seconds):.0f} ms; "
            f"builds that answered: {len(seen)} of {builds + 1}"
        )
    current = all(set(seen) == {builds} for seen in last)
    print(f"{builds} swaps, {dropped} requests dropped; the last build answers everywhere: {current}")
    return 1 if dropped or not current else 0


if __name__ == "__main__":
    sys.exit(main())
