"""Ask the canned queries of a national store with random parameters, cold and warm; prints p50 and p95 of each."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from hyoka_kg.query import CannedQuery, bind, load_catalogue
from hyoka_kg.store import EmbeddedStore, current_build

# Parameters that a sample query draws together: a number means nothing without its ministry.
TOGETHER = {"cq10": "numbers", "na01": "names"}


def drawn_values(store: EmbeddedStore, query: CannedQuery, runs: int, chance: random.Random) -> list[dict[str, str]]:
    """Return values for the parameters of a query, drawn from the store; optional ones are drawn too."""
    if query.id in TOGETHER:
        rows = sample(store, TOGETHER[query.id])
        return [chance.choice(rows) for _ in range(runs)]
    things = {p.name: sample(store, p.of) for p in query.params if p.type == "iri" and p.name not in query.one_of[1:]}
    return [{name: chance.choice(rows)["value"] for name, rows in things.items()} for _ in range(runs)]


_SAMPLES: dict[str, list[dict[str, str]]] = {}


def sample(store: EmbeddedStore, kind: str) -> list[dict[str, str]]:
    """Return the rows of a sample query, which name things of one kind."""
    if kind not in _SAMPLES:
        _SAMPLES[kind] = store.select(load_catalogue("samples")[kind].text).as_text()
    return _SAMPLES[kind]


def seconds(store: EmbeddedStore, text: str) -> tuple[float, float, int]:
    """Return the time of one answer, by the wall and of this process's own work, and its rows."""
    wall, own = time.perf_counter(), time.process_time()
    rows = store.select(text).rows
    return time.perf_counter() - wall, time.process_time() - own, len(rows)


def forget(folder: Path) -> None:
    """Ask the system to drop the files of a store from its cache."""
    for path in folder.iterdir():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def percentile(values: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    return 1000 * (statistics.quantiles(values, n=100)[round(share * 100) - 1] if len(values) > 1 else values[0])


def measure(folder: Path, query: CannedQuery, texts: list[str], cold_runs: int) -> Iterator[str]:
    """Yield the cells of one line: cold and warm, by the wall and by own work, and rows."""
    engine = current_build(folder)
    cold = []
    for text in texts[:cold_runs]:
        forget(engine)
        cold.append(seconds(EmbeddedStore.open(folder), text)[0])
    store = EmbeddedStore.open(folder)
    for text in texts:
        seconds(store, text)
    warm = [seconds(store, text) for text in texts]
    for values in (cold, [w for w, _, _ in warm], [own for _, own, _ in warm]):
        yield f"{percentile(values, 0.5):.1f}"
        yield f"{percentile(values, 0.95):.1f}"
    yield str(round(statistics.median(rows for _, _, rows in warm)))


def main() -> None:
    """Print a Markdown table: one line a query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--cold", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], help="ids of queries")
    parser.add_argument("--whole", nargs="*", default=[], help="ids of queries to ask as they stand, without drawing")
    options = parser.parse_args()
    store = EmbeddedStore.open(options.store)
    chance = random.Random(1)  # noqa: S311 - a sample that can be drawn again, no secret
    print("| query | cold p50 ms | cold p95 | warm p50 ms | warm p95 | own p50 ms | own p95 | rows |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for query in load_catalogue():
        if options.only and query.id not in options.only:
            continue
        whole = query.id in options.whole or not query.params
        values = [] if whole else drawn_values(store, query, options.runs, chance)
        texts = [bind(query, value) for value in values] or [query.text]
        print(f"| {query.id} | {' | '.join(measure(options.store, query, texts, options.cold))} |", flush=True)


if __name__ == "__main__":
    main()
