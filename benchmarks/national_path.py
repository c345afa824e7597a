"""Take the same review sheets to triples here and by a graph a sheet in rdflib, in one run; then grow the corpus.

The peer is what an exporter of such sheets does without a plan: parse an object, add its fields to a graph of its own,
write the graph as Turtle. It loads nothing and checks nothing; here the whole path counts: reading by contract,
stating with receipts, compressing, loading into a store on disk and settling it.
"""

from __future__ import annotations

import argparse
import json
import lzma
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from hyoka_kg.config import data_dir
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.pipeline.national.shards import ShardMaker, shard_path
from hyoka_kg.query import bind, load_catalogue
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.writing import StoreWriter

PEER = Namespace("https://example.org/peer/")
LOOK_UP, LOOK_UPS = "cq19", 200


def cut(corpus: Path, folder: Path, sheets: int) -> list[Path]:
    """Write the first sheets of every year as a file each; return the files by year."""
    files = []
    for path in sorted(corpus.rglob("*.ndjson.xz")):
        target = folder / path.name.removesuffix(".xz")
        with lzma.open(path) as lines:
            target.write_bytes(b"".join(islice(lines, sheets)))
        files.append(target)
    return files


def here(files: list[Path], folder: Path) -> tuple[int, float]:
    """Return the statements and seconds of the whole path, from files to a settled store, in one process."""
    shutil.rmtree(folder, ignore_errors=True)
    corpus, shards = folder / "corpus", folder / "shards"
    for new in (corpus, shards):
        new.mkdir(parents=True)
    for file in files:
        (corpus / file.name).symlink_to(file)
    begun, quads = time.perf_counter(), 0
    maker, writer = ShardMaker(data_dir(), shards), StoreWriter(folder / "store")
    for task in plan_corpus(corpus, data_dir()).tasks:
        quads += maker.make(task).quads
        writer.load_file(shard_path(shards, task.name))
    writer.finish()
    return quads, time.perf_counter() - begun


def peer(files: list[Path]) -> tuple[int, float]:
    """Return the triples and seconds of a graph a sheet, written as Turtle."""
    begun, triples = time.perf_counter(), 0
    for file in files:
        for line in file.read_bytes().splitlines():
            graph = Graph()
            record = json.loads(line)
            _add(graph, URIRef(PEER + quote(str(record["_path"]))), record)
            graph.serialize(format="turtle")
            triples += len(graph)
    return triples, time.perf_counter() - begun


def _add(graph: Graph, node: URIRef, record: dict[str, Any]) -> None:
    graph.add((node, RDF.type, PEER.Thing))
    for key, value in record.items():
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, dict):
                part = URIRef(f"{node}/{quote(key)}/{number}")
                graph.add((node, PEER[quote(key)], part))
                _add(graph, part, item)
            elif item is not None:
                graph.add((node, PEER[quote(key)], Literal(item)))


def rates(task: Callable[[], tuple[int, float]], runs: int) -> tuple[float, float]:
    """Return the median triples a second and seconds of some runs."""
    done = [task() for _ in range(runs)]
    return statistics.median(count / taken for count, taken in done), statistics.median(taken for _, taken in done)


def look_up_milliseconds(engine: Path) -> float:
    """Return the median time of one look-up, over sheets drawn from a store."""
    store = EmbeddedStore(ox.Store.read_only(str(engine)))
    sheets = [row["value"] for row in store.select(load_catalogue("samples")["sheet"].text).as_text()]
    query, times = load_catalogue()[LOOK_UP], []
    for sheet in (sheets * LOOK_UPS)[:LOOK_UPS]:
        begun = time.perf_counter()
        store.select(bind(query, {"document": sheet}))
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def growth(files: list[Path], folder: Path) -> Iterator[str]:
    """Yield a line a size: years, statements, seconds, statements a second, a look-up."""
    years = 1
    while years <= len(files):
        quads, taken = here(files[:years], folder)
        look_up = look_up_milliseconds(folder / "store")
        yield f"| {years} | {quads:,} | {taken:.1f} | {quads / taken:,.0f} | {look_up:.2f} |"
        years *= 2


def main() -> None:
    """Print medians, their ratio, and the growth by years."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sheets", type=int, default=300, help="of each year")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = cut(options.corpus, folder, options.sheets)
        ours = rates(lambda: here(files, folder / "ours"), options.runs)
        theirs = rates(lambda: peer(files), options.runs)
        print(f"{len(files)} files, {options.sheets} sheets of each; medians of {options.runs} runs")
        print(f"here, whole path:      {ours[0]:>9,.0f} statements/s, {ours[1]:.1f} s")
        print(f"peer, graph and Turtle: {theirs[0]:>8,.0f} triples/s, {theirs[1]:.1f} s")
        print(f"ratio of rates: {ours[0] / theirs[0]:.1f}; of seconds for the same sheets: {theirs[1] / ours[1]:.1f}")
        print("| years | statements | seconds | a second | look-up ms |\n| ---: | ---: | ---: | ---: | ---: |")
        for line in growth(files, folder / "ours"):
            print(line, flush=True)


if __name__ == "__main__":
    main()
