"""Make each kind of page of a store for random things, as a worker does; print p50 and p95 of time, and weight.

The time of this process's own work stands beside the time by the wall, which on a busy machine is that of others, too.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hyoka_kg.query import load_catalogue, run_maintenance
from hyoka_kg.service.explorer.describing import answer_thing
from hyoka_kg.service.explorer.editing import answer_editor
from hyoka_kg.service.explorer.exploring import answer_exploration
from hyoka_kg.service.explorer.finding import answer_found
from hyoka_kg.service.explorer.listing import answer_comparison, answer_findings, answer_home
from hyoka_kg.service.explorer.plan import PagePlan, page_plans
from hyoka_kg.service.explorer.questions import answer_question_page, answer_questions
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore, StorePlace
from hyoka_kg.vocabulary import PREFIXES, compact

BASE = "http://127.0.0.1:8890"
SEARCHES = Path(__file__).parents[1] / "tests" / "service" / "search_gold.csv"
Make = Callable[[], Answer]
# So many things of a kind in the text index are all of them, or as good as all.
_ENOUGH = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was made: its time by the wall and of own work in milliseconds, and its weight in bytes."""

    wall: float
    own: float
    weight: int


def main() -> None:
    """Read the arguments, make the pages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--runs", type=int, default=20, help="pages of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="", help="only these kinds, with commas between")
    asked = parser.parse_args()
    store, chance = StorePlace(str(asked.store)).settle().open(), random.Random(asked.seed)  # noqa: S311
    chosen = set(filter(None, asked.kinds.split(",")))
    print(
        "| page | pages | own p50 ms | own p95 ms | wall p50 ms | wall p95 ms | largest kB |\n| --- |" + " ---: |" * 6
    )
    with tempfile.TemporaryDirectory() as folder:
        limits = SpoolLimits(folder, 64_000_000)
        for kind, makes in kinds_of_pages(store, chance, asked.runs, limits, chosen):
            print(line(kind, list(measured(makes))), flush=True)


def kinds_of_pages(
    store: GraphStore, chance: random.Random, runs: int, limits: SpoolLimits, chosen: set[str]
) -> Iterator[tuple[str, list[Make]]]:
    """Give each kind of page with the pages to make."""
    for plan in page_plans():
        if not chosen or plan.kind in chosen:
            yield plan.kind, [thing(store, name, limits) for name in drawn(store, plan, chance, runs)]
    with SEARCHES.open(encoding="utf-8", newline="") as file:
        words = [row["words"] for row in csv.DictReader(file)]
    projects = drawn(store, page_plans()[0], chance, runs) if not chosen or chosen & {"explore"} else []
    lists: dict[str, list[Make]] = {
        "home": [partial(answer_home, store, visit=visit("/"), limits=limits, packed=False)] * runs,
        "search": [
            partial(answer_found, store, visit=visit("/search", q=q), limits=limits, packed=False) for q in words
        ],
        "findings": [partial(answer_findings, store, visit=visit("/findings"), limits=limits, packed=False)] * runs,
        "compare": [partial(answer_comparison, store, visit=visit("/compare"), limits=limits, packed=False)] * runs,
        "questions": [partial(answer_questions, store, visit=visit("/queries"), limits=limits, packed=False)] * runs,
        "question": [
            partial(answer_question_page, store, query=query, values={}, visit=there, limits=limits, packed=False)
            for query in load_catalogue()
            for there in [visit(f"/queries/{query.id}")]
        ],
        "explore": [
            partial(answer_exploration, store, visit=visit("/explore", id=compact(one)), limits=limits, packed=False)
            for one in projects
        ],
        "editor": [partial(answer_editor, store, visit=visit("/sparql-editor"), limits=limits, packed=False)] * runs,
    }
    yield from ((kind, makes) for kind, makes in lists.items() if not chosen or kind in chosen)


def thing(store: GraphStore, name: str, limits: SpoolLimits) -> Make:
    """Return what makes the page of a thing."""
    path = name.removeprefix(PREFIXES["hyk"])
    return partial(answer_thing, store, path=path, visit=visit(f"/doc/{path}"), limits=limits, packed=False)


def visit(path: str, **params: str) -> Visit:
    """Return a visit of a page."""
    return Visit(BASE, path, "ja", tuple(sorted(params.items())), "2026-01-01")


def drawn(store: GraphStore, plan: PagePlan, chance: random.Random, runs: int) -> list[str]:
    """Return random things of a kind: of the text index where it has the kind, else of those found first."""
    texts = store.texts
    if texts is None:
        raise SystemExit("This store has no index of its texts. Build it again: hyoka build.")
    known = sorted(plan.classes & set(texts.kinds()))
    total = texts.under("", known, count=0)[1]
    # Of sheets, only those that print a title of their own have a text.
    if total >= _ENOUGH:
        names = [texts.under("", known, start=chance.randrange(total), count=1)[0] for _ in range(runs)]
        return [name for found in names for name in found]
    rows = [
        row["thing"]
        for one in sorted(plan.classes)
        for row in run_maintenance(store, "some_of_class", **{"class": one}).as_text()
    ]
    return chance.sample(rows, min(runs, len(rows)))


def measured(makes: list[Make]) -> Iterator[Page]:
    """Make pages, the first of them twice: what is read once a worker is read before."""
    for make in makes[:1]:
        make()
    for make in makes:
        wall, own = time.perf_counter(), time.process_time()
        answer = make()
        yield Page(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - own), answer.size)


def line(kind: str, pages: list[Page]) -> str:
    """Return a line of the table."""
    if not pages:
        return f"| {kind} | 0 | – | – | – | – | – |"
    times = [
        f"{percentile([getattr(page, name) for page in pages], p):.0f}" for name in ("own", "wall") for p in (50, 95)
    ]
    return f"| {kind} | {len(pages)} | {' | '.join(times)} | {max(page.weight for page in pages) / 1000:.0f} |"


def percentile(values: list[float], share: int) -> float:
    """Return a percentile of some values."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
