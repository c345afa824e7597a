"""Load the sample graph and ask every canned query, here and with rdflib, in the same run; prints ratios."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rdflib import Dataset

from hyoka_kg.pipeline import build
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.writing import StoreWriter, sorted_nquads


def median_seconds(task: Callable[[], object], runs: int) -> float:
    """Return the median time of a task over several runs, after one warm-up."""
    task()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def load_embedded(lines: list[str]) -> None:
    """Load the lines into a new embedded store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        StoreWriter(Path(folder) / "store").load(lines)


def load_rdflib(lines: list[str]) -> Dataset:
    """Load the lines into an rdflib data set in memory."""
    dataset = Dataset(default_union=True)
    dataset.parse(data="".join(lines), format="nquads")
    return dataset


def main() -> None:
    """Print the medians and ratios of loading and of each canned query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        build_seconds = median_seconds(lambda: build(Path(folder)), 1)
        store = EmbeddedStore.open(Path(folder))
        lines = sorted_nquads(store)
        ours, theirs = median_seconds(lambda: load_embedded(lines), runs), median_seconds(lambda: load_rdflib(lines), 2)
        print(f"build of {len(lines):,} quads, rules and checks included: {build_seconds:.1f} s")
        print(f"load: {len(lines) / ours:,.0f} quads/s, rdflib / here = {theirs / ours:.1f}")
        dataset = load_rdflib(lines)
        print(f"{'query':8}{'here ms':>10}{'rdflib ms':>12}{'ratio':>8}")
        for query in load_catalogue():
            here = median_seconds(lambda text=query.text: store.select(text), runs)
            there = median_seconds(lambda text=query.text: list(dataset.query(text)), 1)
            print(f"{query.id:8}{here * 1000:10.2f}{there * 1000:12.1f}{there / here:8.1f}")


if __name__ == "__main__":
    main()
