"""Measure the service against pyoxigraph in process, the bare framework, and other servers, all in the same run.

Run as `python -m benchmarks.service.compare --peers FOLDER`, where FOLDER holds the commands `oxigraph` and
`rdflib-endpoint`. Each round asks all servers one after the other; what is printed are medians over the rounds.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from benchmarks.service.graph import HYOKA, project, quads, write_store
from benchmarks.service.load import ask_one, drive, percentile, query_request
from benchmarks.service.servers import Server, free_port, memory_by_process, run_hyoka, run_server, work_seconds

_ROWS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 50000"
_HEAVY = (
    f"SELECT ?m ?y (SUM(?a) AS ?sum) WHERE {{ ?c <{HYOKA}budgetSubject> ?t ; <{HYOKA}fiscalYear> ?y ;"
    f" <{HYOKA}amount> ?a . ?t <{HYOKA}ministry> ?m }} GROUP BY ?m ?y ORDER BY ?m ?y"
)
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of every server.

    Attributes:
        name: What it is.
        queries: The queries, in turn.
        aim: The least ratio to `oxigraph` that is aimed at.
        clients: How many ask at the same time.
    """

    name: str
    queries: list[str]
    aim: float
    clients: tuple[int, ...] = (1, 4, 16)


def look_ups(projects: int) -> list[str]:
    """Return a look-up for each project."""
    return [f"SELECT ?p ?o WHERE {{ <{project(number)}> ?p ?o }}" for number in range(projects)]


def canned() -> list[str]:
    """Return a few traces that are asked again and again."""
    return [
        f"SELECT ?c ?y ?a ?t WHERE {{ <{project(number)}> <{HYOKA}hasObservation> ?c . ?c <{HYOKA}fiscalYear> ?y ;"
        f" <{HYOKA}amount> ?a ; <{HYOKA}asPrinted> ?t }} ORDER BY ?y"
        for number in range(5)
    ]


@contextmanager
def servers(store: Path, dump: Path, peers: Path, with_rdflib: bool) -> Iterator[dict[str, Server]]:
    """Run all servers over the same data."""
    with ExitStack() as stack:
        enter = stack.enter_context
        running = {
            "hyoka": enter(run_hyoka(store, HYOKA_CACHE_MB="0")),
            "hyoka, cached": enter(run_hyoka(store)),
            "oxigraph": enter(_oxigraph(store, peers)),
            "bare framework": enter(_bare()),
        }
        if with_rdflib:
            running["rdflib-endpoint"] = enter(_rdflib(dump, peers))
        yield running


@contextmanager
def _oxigraph(store: Path, peers: Path) -> Iterator[Server]:
    port = free_port()
    place = ["--location", str(store / "oxigraph"), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with run_server([str(peers / "oxigraph"), "serve-read-only", *place], port, "/query") as server:
        yield server


@contextmanager
def _bare() -> Iterator[Server]:
    port = free_port()
    command = ["uvicorn", "benchmarks.service.bare:app", "--port", str(port), "--log-level", "critical"]
    with run_server([sys.executable, "-m", *command], port, "/sparql") as server:
        yield server


@contextmanager
def _rdflib(dump: Path, peers: Path) -> Iterator[Server]:
    port = free_port()
    command = [str(peers / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(dump)]
    with run_server(command, port, "/") as server:
        yield server


def compare(load: Load, running: dict[str, Server], names: tuple[str, ...], rounds: int, seconds: float) -> None:
    """Print what each server makes of a load, and its ratio to the first other one."""
    for clients in load.clients:
        rates: dict[str, list[float]] = {name: [] for name in names}
        works: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(rounds):
            for name in names:
                rate, work = _measure(running[name], load.queries, clients, seconds)
                rates[name].append(rate)
                works[name].append(work)
        ours, theirs = names
        ratio = statistics.median(a / b for a, b in zip(rates[ours], rates[theirs], strict=True))
        work = statistics.median(b / a for a, b in zip(works[ours], works[theirs], strict=True))
        print(
            f"{load.name:28}{clients:3} clients  {ours} {_median(rates[ours]):8.1f}/s  {theirs} "
            f"{_median(rates[theirs]):8.1f}/s  ratio {ratio:5.2f} (best {_best(rates, names):5.2f}, aim {load.aim}), "
            f"by processor time {work:5.2f}",
            flush=True,
        )


def _measure(server: Server, queries: list[str], clients: int, seconds: float) -> tuple[float, float]:
    requests = [query_request(server.url, query) for query in queries]
    before = work_seconds(server.process)
    figures = drive(server.url, requests, clients, seconds)
    answered = figures.statuses[200]
    if answered < len(figures.seconds):
        print(f"  {server.url} answered with {dict(figures.statuses)}; only 200 counts")
    return answered / figures.whole, (work_seconds(server.process) - before) / max(answered, 1)


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _best(rates: dict[str, list[float]], names: tuple[str, ...]) -> float:
    ours, theirs = names
    return max(rates[ours]) / max(rates[theirs])


def milliseconds(task: Callable[[int], object], seconds: float) -> list[float]:
    """Return how long a task takes, each time in milliseconds, for some seconds."""
    times, end, number = list[float](), time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        start = time.perf_counter()
        task(number)
        times.append(1000 * (time.perf_counter() - start))
        number += 1
    return times


def overhead(store: Path, running: dict[str, Server], projects: int, rounds: int, seconds: float) -> None:
    """Print what the service costs beyond the engine in this process and the bare framework."""
    engine, texts = ox.Store.read_only(str(store / "oxigraph")), look_ups(projects)

    def direct(query: str) -> bytes:
        output = io.BytesIO()
        solutions = engine.query(query, use_default_graph_as_union=True)
        solutions.serialize(output, format=ox.QueryResultsFormat.JSON)
        return output.getvalue()

    rows: dict[str, list[float]] = {"look-up": [], "50,000 rows": []}
    for _ in range(rounds):
        here = milliseconds(lambda number: direct(texts[number % projects]), seconds)
        bare = drive(running["bare framework"].url, _requests(running["bare framework"], texts[:100]), 1, seconds)
        ours = drive(running["hyoka"].url, _requests(running["hyoka"], texts), 1, seconds)
        rows["look-up"].append(ours.median / (statistics.median(here) + bare.median))
        print(
            f"look-up, p50: in process {statistics.median(here):.2f} ms, bare framework {bare.median:.2f} ms, "
            f"service {ours.median:.2f} ms; p5 {percentile(here, 0.05):.2f}, {bare.percentile(0.05):.2f}, "
            f"{ours.percentile(0.05):.2f} ms"
        )
        here = milliseconds(lambda _number: direct(_ROWS), 2 * seconds)
        ours = drive(running["hyoka"].url, _requests(running["hyoka"], [_ROWS]), 1, 2 * seconds)
        rows["50,000 rows"].append(ours.median / statistics.median(here))
        print(f"50,000 rows, p50: in process {statistics.median(here):.0f} ms, service {ours.median:.0f} ms")
    for name, aim in (("look-up", 1.3), ("50,000 rows", 1.2)):
        print(f"overhead, {name}: {_median(rows[name]):.2f} times (best {min(rows[name]):.2f}; aim below {aim})")


def _requests(server: Server, queries: list[str]) -> list[bytes]:
    return [query_request(server.url, query) for query in queries]


def show_start_and_memory(running: dict[str, Server]) -> None:
    """Print how long each server took to listen, and the memory of its processes."""
    for name, server in running.items():
        memory = [size // _MEBIBYTE for size in memory_by_process(server.process).values()]
        print(
            f"{name}: listens after {server.cold_seconds:.1f} s; memory {memory} MiB (first the server, then workers)"
        )


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, required=True, help="folder of the commands oxigraph and rdflib-endpoint")
    parser.add_argument("--projects", type=int, default=2000, help="size of the graph: about 40 quads each")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="length of each measurement")
    parser.add_argument("--without-rdflib", action="store_true", help="leave out the slow one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store, dump = write_store(Path(folder) / "store", options.projects), Path(folder) / "graph.nq"
        ox.serialize(quads(options.projects), str(dump), format=ox.RdfFormat.N_QUADS)
        with servers(store, dump, options.peers, not options.without_rdflib) as running:
            for server in running.values():
                ask_one(server.url, query_request(server.url, "ASK {}"))
            _run(store, running, options)


def _run(store: Path, running: dict[str, Server], options: argparse.Namespace) -> None:
    rounds, seconds, texts = options.rounds, options.seconds, look_ups(options.projects)
    show_start_and_memory(running)
    overhead(store, running, options.projects, rounds, seconds)
    compare(Load("look-ups, not cached", texts, 0.7), running, ("hyoka", "oxigraph"), rounds, seconds)
    compare(Load("canned, repeated", canned(), 1.0), running, ("hyoka, cached", "oxigraph"), rounds, seconds)
    compare(Load("heavy", [_HEAVY], 0.95, (1, 4)), running, ("hyoka", "oxigraph"), rounds, 2 * seconds)
    if "rdflib-endpoint" in running:
        compare(Load("look-ups", texts, 5.0, (1, 4)), running, ("hyoka", "rdflib-endpoint"), rounds, seconds)
        compare(Load("heavy", [_HEAVY], 5.0, (1,)), running, ("hyoka", "rdflib-endpoint"), 1, 2 * seconds)
    show_start_and_memory(running)


if __name__ == "__main__":
    main()
