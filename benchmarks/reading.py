"""Measure the readers on the synthetic ministry of twenty seeds, by route; prints shares right and wrong."""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

from hyoka_kg.pipeline.measuring import Measurement, measure, share
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

FIRST, LAST = 2017, 2018
DISORDER = 0.2


def measure_seed(seed: int, route: Route, projects: int) -> Measurement:
    """Return the verdicts on one ministry, written into a folder that is deleted again."""
    with tempfile.TemporaryDirectory() as folder:
        ministry = Path(folder) / "ministry"
        synthesize(Request(seed, projects, FIRST, LAST, Kind.BOTH, route, DISORDER), ministry)
        return measure(ministry)


def main() -> None:
    """Print, for every route and group of boxes, how many numbers are right, wrong and open."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--projects", type=int, default=4)
    parser.add_argument("--routes", nargs="+", default=["xlsx", "pdf", "text"], choices=["xlsx", "pdf", "text"])
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    whole = Measurement()
    runs = list(product([Route(route) for route in asked.routes], range(1, asked.seeds + 1)))
    with ProcessPoolExecutor(asked.workers) as workers:
        jobs = [workers.submit(measure_seed, seed, route, asked.projects) for route, seed in runs]
        for job in jobs:
            whole.add(job.result())
    for (route, group), counts in whole.counts().items():
        print(f"{route:9}{group:20}{counts['right']:>7} right{counts['wrong']:>4} wrong{counts['open']:>5} open")
    for route, counts in whole.totals().items():
        shares = f"{100 * share(counts, 'right'):.2f} % right, {100 * share(counts, 'wrong'):.2f} % wrong"
        print(f"{route:9}{sum(counts.values()):>7} numbers in {whole.files[route]} files: {shares}")
    for one in whole.wrong():
        print(f"{one.file}: {one.verdict.key}: read {one.verdict.read!r}, true {one.verdict.transcribed!r}")


if __name__ == "__main__":
    main()
