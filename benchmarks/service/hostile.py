"""Attack a real server and look after it: is it alive, is its memory bounded, are others served? Prints the figures.

Run as `python -m benchmarks.service.hostile`; ends with 1 when one of them is not so.
"""

from __future__ import annotations

import argparse
import itertools
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.service.attacks import Attack, attacks, heavy_queries, light_looking
from benchmarks.service.graph import project, write_store
from benchmarks.service.load import Figures, ask_one, drive, path_request, query_request
from benchmarks.service.servers import Server, memory_by_process, run_hyoka

_MEBIBYTE = 1 << 20
_LIGHT = [f"SELECT ?p ?o WHERE {{ <{project(number)}> ?p ?o }} LIMIT 50" for number in range(500)]


class Watch:
    """Looks at the memory of a server all the time."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(0.3):
            self.peak = max(self.peak, sum(memory_by_process(self.server.process).values()) // _MEBIBYTE)

    def end(self) -> None:
        """Look no longer."""
        self._stop.set()
        self._thread.join()


def light_load(server: Server, seconds: float) -> Figures:
    """Ask look-ups by two clients for some time."""
    return drive(server.url, [query_request(server.url, query) for query in _LIGHT], 2, seconds)


def is_alive(server: Server) -> bool:
    """Return whether the server answers a look-up and its health."""
    look_up, _ = ask_one(server.url, query_request(server.url, _LIGHT[0]))
    health, _ = ask_one(server.base, path_request(f"{server.base}/health"))
    return look_up == health == 200


def connect(server: Server, client: int) -> socket.socket:
    """Return a connection from one of many addresses of this machine: to the server, each is another client."""
    parts = urlsplit(server.url)
    address = (str(parts.hostname), int(parts.port or 80))
    return socket.create_connection(address, timeout=120, source_address=(f"127.0.1.{client}", 0))


def post(server: Server, attack: Attack, client: int = 1) -> tuple[int, float, int]:
    """Send an attack; return status, seconds and bytes of the answer."""
    parts, body, start = urlsplit(server.url), attack.query.encode(), time.perf_counter()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/sparql-query\r\n"
        f"Accept: {attack.accept}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    status, size = 0, 0
    with connect(server, client) as channel:
        # It may be refused before it was all sent; the answer is there then.
        with suppress(OSError):
            channel.sendall(head.encode() + body)
        while data := _receive(channel):
            status = status or int(data[9:12])
            size += len(data)
    return status, time.perf_counter() - start, size


def _receive(channel: socket.socket) -> bytes:
    try:
        return channel.recv(1 << 18)
    except ConnectionResetError:
        return b""


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do some work in another thread while the block runs, and wait for its end."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    thread.join()


def slow_loris(server: Server, connections: int, seconds: float, head: bytes) -> tuple[int, int]:
    """Send requests a byte at a time; return how many connections the server refused or ended, and how many lasted."""
    channels = [connect(server, 1 + number % 3) for number in range(connections)]
    end, ended = time.monotonic() + seconds, set[int]()
    for byte in itertools.cycle(head):
        for number, channel in enumerate(channels):
            if number not in ended and not _drip(channel, bytes([byte])):
                ended.add(number)
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    for channel in channels:
        channel.close()
    return len(ended), connections - len(ended)


def _drip(channel: socket.socket, byte: bytes) -> bool:
    channel.setblocking(False)
    try:
        channel.send(byte)
        return channel.recv(1000) == b"?"
    except BlockingIOError:
        return True
    except OSError:
        return False


def leave(server: Server, number: int) -> None:
    """Ask something long and go away."""
    query = f"{heavy_queries(1)[0]} {number}"
    with connect(server, 1 + number % 50) as channel:
        channel.sendall(query_request(server.url, query))
        time.sleep(0.2)


def borrow(server: Server, client: int) -> int:
    """Ask look-ups until the connection is lent, then something endless that looks like one; return its status."""
    parts, status = urlsplit(server.url), 0
    kept = HTTPConnection(str(parts.hostname), parts.port, timeout=60, source_address=(f"127.0.1.{client}", 0))
    for query in [*["ASK {}"] * 30, light_looking(client)]:
        time.sleep(0.01)
        kept.request("GET", f"{parts.path}?{urlencode({'query': query})}")
        answer = kept.getresponse()
        status = answer.status
        answer.read()
    kept.close()
    return status


def metrics(server: Server) -> dict[str, float]:
    """Return the server's own counts."""
    _, body = ask_one(server.base, path_request(f"{server.base}/metrics"))
    return {line.split()[0]: float(line.split()[1]) for line in body.decode().splitlines() if line}


class Run:
    """One run over all attacks; remembers what went wrong."""

    def __init__(self, server: Server, seconds: float) -> None:
        self.server = server
        self.seconds = seconds
        self.wrong: list[str] = []

    def judge(self, is_right: bool, what: str) -> None:
        """Print whether something is as it must be."""
        print(f"  {'ok   ' if is_right else 'WRONG'} {what}", flush=True)
        if not is_right:
            self.wrong.append(what)

    def single(self) -> None:
        """Send every attack alone."""
        print("one query each: status, seconds, bytes")
        for number, attack in enumerate(attacks()):
            status, seconds, size = post(self.server, attack, 100 + number)
            is_right = status in attack.may and is_alive(self.server)
            self.judge(is_right, f"{attack.name}: {status}, {seconds:.1f} s, {size:,} bytes")

    def crowd(self) -> None:
        """Let heavy queries crowd, and time light ones among them."""
        print("16 heavy queries at once, light ones timed meanwhile")
        calm = light_load(self.server, self.seconds)
        print(f"        light alone: {_told(calm)}")
        statuses = Counter[int]()
        stop = time.monotonic() + self.seconds
        queries = itertools.count()

        def ask(client: int) -> None:
            while time.monotonic() < stop:
                text = heavy_queries(1)[0] + str(next(queries))
                statuses[post(self.server, Attack("heavy", text, frozenset()), client)[0]] += 1

        with ThreadPoolExecutor(16) as threads:
            jobs = [threads.submit(ask, client) for client in range(1, 17)]
            busy = light_load(self.server, self.seconds)
            for job in jobs:
                job.result()
        print(
            f"        light among heavy: {_told(busy)}; p95 {busy.percentile(0.95) / calm.percentile(0.95):.1f} times"
        )
        self.judge(set(busy.statuses) == {200}, f"every light query was answered ({dict(busy.statuses)})")
        self.judge(set(statuses) <= {429, 503}, f"every heavy query was told so ({dict(statuses)})")
        self.judge(busy.percentile(0.95) < 1000, "the p95 of light queries stays below a second")

    def loris(self) -> None:
        """Open many connections that send next to nothing."""
        heads = {
            "heads": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"a" * 100,
            "bodies": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100000\r\n\r\n",
        }
        for name, head in heads.items():
            print(f"300 slow {name}, a byte each 0.2 s")
            result: list[tuple[int, int]] = []
            with beside(lambda: result.append(slow_loris(self.server, 300, 25, head))):  # noqa: B023 - waited for
                time.sleep(1)
                meanwhile = light_load(self.server, 5)
            print(f"        light meanwhile: {_told(meanwhile)}")
            self.judge(set(meanwhile.statuses) == {200}, f"light queries were answered ({dict(meanwhile.statuses)})")
            self.judge(result[0][1] == 0, f"the server ended {result[0][0]} of 300")

    def borrowers(self) -> None:
        """Let clients borrow a worker by look-ups and then hold it."""
        print("20 clients that ask look-ups, then something endless that looks like one")
        before, statuses, start = metrics(self.server), Counter[int](), time.monotonic()
        with ThreadPoolExecutor(4) as threads:
            jobs = [threads.submit(borrow, self.server, client) for client in range(200, 220)]
            meanwhile = light_load(self.server, self.seconds)
            statuses.update(job.result() for job in jobs)
        lost = "hyoka_express_workers_lost_total"
        print(f"        light meanwhile: {_told(meanwhile)}")
        self.judge(set(meanwhile.statuses) == {200}, f"light queries were answered ({dict(meanwhile.statuses)})")
        self.judge(set(statuses) <= {429, 503}, f"every endless query was stopped ({dict(statuses)})")
        killed = metrics(self.server)[lost] - before[lost]
        # Five a minute bring one down, and those who are at it then.
        most = 9 * (1 + (time.monotonic() - start) // 60)
        self.judge(0 < killed <= most, f"few express workers were lost ({killed:.0f} of at most {most:.0f})")

    def leavers(self) -> None:
        """Leave many long queries alone."""
        print("100 clients that ask something long and leave")
        before = metrics(self.server)
        with ThreadPoolExecutor(20) as threads:
            list(threads.map(lambda number: leave(self.server, number), range(100)))
        deadline = time.monotonic() + 10
        while metrics(self.server)["hyoka_workers_busy"] > 0 and time.monotonic() < deadline:
            time.sleep(0.1)
        after = metrics(self.server)
        killed = after["hyoka_workers_killed_total"] - before["hyoka_workers_killed_total"]
        self.judge(after["hyoka_workers_busy"] == 0, f"nothing of it runs any more ({killed:.0f} workers were killed)")
        self.judge(is_alive(self.server), "the server answers")


def _told(figures: Figures) -> str:
    return f"p50 {figures.median:.1f} ms, p95 {figures.percentile(0.95):.1f} ms, {figures.rate:.0f}/s"


def main() -> int:
    """Run the attacks; return how the program ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=5000, help="size of the graph: about 40 quads each")
    parser.add_argument("--seconds", type=float, default=20, help="length of the run of 16 heavy queries")
    parser.add_argument("--timeout", default="5", help="HYOKA_QUERY_TIMEOUT")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = write_store(Path(folder) / "store", options.projects)
        bounds = {
            "HYOKA_QUERY_TIMEOUT": options.timeout,
            "HYOKA_CLIENT_QUERIES": "2",
            "HYOKA_CLIENT_SECONDS": "60",
            "HYOKA_CACHE_MB": "0",
        }
        with run_hyoka(store, **bounds) as server:
            rest = sum(memory_by_process(server.process).values()) // _MEBIBYTE
            watch, run = Watch(server), Run(server, options.seconds)
            run.single()
            run.crowd()
            run.borrowers()
            run.loris()
            run.leavers()
            watch.end()
            memory = {pid: size // _MEBIBYTE for pid, size in memory_by_process(server.process).items()}
            own, workers = memory.pop(server.process), list(memory.values())
            print(f"memory: {rest} MiB at rest before, {own + sum(workers)} MiB after; peak {watch.peak} MiB")
            print(f"        server {own} MiB, workers {workers} MiB after the run")
            print(f"        {metrics(server)}")
    print(f"{len(run.wrong)} wrong{': ' if run.wrong else ''}{'; '.join(run.wrong)}")
    return 1 if run.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
