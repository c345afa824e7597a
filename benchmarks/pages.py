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
from itertools import cycle, islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
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
from hyoka_kg.vocabulary import PREFIXES, compact, expand

BASE = "http://127.0.0.1:8890"
SEARCHES = Path(__file__).parents[1] / "tests" / "service" / "search_gold.csv"
Make = Callable[[], Answer]
# So many things of a kind in the text index are all of them, or as good as all.
_ENOUGH = 100
_QUESTION, _QUESTIONS = "question ", 5
# A sheet is a document, too, and has a page of its own.
_OWN_CLASSES = {"document": "hyoka:ExAnteAnalysisSheet"}


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
    parser.add_argument("--kinds", default="", help="only these kinds, or those that begin so, with commas between")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which a kind is given up")
    asked = parser.parse_args()
    chosen = tuple(filter(None, asked.kinds.split(",")))
    print(
        "| page | pages | own p50 ms | own p95 ms | wall p50 ms | wall p95 ms | largest kB |\n| --- |" + " ---: |" * 6
    )
    for kind in names_of_kinds():
        if not chosen or kind.startswith(chosen):
            print(line_within(asked.limit, asked.store, kind, asked.runs, asked.seed), flush=True)


def names_of_kinds() -> list[str]:
    """Return the names of the kinds of pages; each question is a kind of its own, with its form and answer."""
    return [*(plan.kind for plan in page_plans()), *LISTS, *(f"{_QUESTION}{query.id}" for query in load_catalogue())]


def line_within(limit: float, store: Path, kind: str, runs: int, seed: int) -> str:
    """Return the line of a kind, measured in a process that ends with the limit: a query of the engine has no end."""
    here, there = Pipe(duplex=False)
    process = Process(target=send_line, args=(there, store, kind, runs, seed), daemon=True)
    process.start()
    if here.poll(limit):
        return str(here.recv())
    process.kill()
    return f"| {kind} | – | over {limit:.0f} s | – | – | – | – |"


def send_line(there: Connection, place: Path, kind: str, runs: int, seed: int) -> None:
    """Measure the pages of a kind and send their line of the table."""
    store, chance = StorePlace(str(place)).settle().open(), random.Random(seed)  # noqa: S311 - a sample
    with tempfile.TemporaryDirectory() as folder:
        makes = pages_of(store, kind, chance, runs, SpoolLimits(folder, 64_000_000))
        there.send(line(kind, list(measured(makes))))


def pages_of(store: GraphStore, kind: str, chance: random.Random, runs: int, limits: SpoolLimits) -> list[Make]:
    """Return what makes the pages of a kind; where there are fewer things, they take turns."""
    plan = next((plan for plan in page_plans() if plan.kind == kind), None)
    if plan is not None:
        things = drawn(store, plan, chance, runs)
        return [thing(store, name, limits) for name in islice(cycle(things), runs)]
    if kind.startswith(_QUESTION):
        query = load_catalogue()[kind.removeprefix(_QUESTION)]
        there = visit(f"/queries/{query.id}")
        make = partial(answer_question_page, store, query=query, values={}, visit=there, limits=limits, packed=False)
        return [make] * min(runs, _QUESTIONS)
    visits = LISTS[kind][1](store, chance, runs)
    return [partial(LISTS[kind][0], store, visit=one, limits=limits, packed=False) for one in visits]


def searches(_store: GraphStore, _chance: random.Random, _runs: int) -> list[Visit]:
    """Return a visit for each search whose right answer is known."""
    with SEARCHES.open(encoding="utf-8", newline="") as file:
        return [visit("/search", q=row["words"]) for row in csv.DictReader(file)]


def explorations(store: GraphStore, chance: random.Random, runs: int) -> list[Visit]:
    """Return visits to what stands around random projects."""
    return [visit("/explore", id=compact(one)) for one in drawn(store, page_plans()[0], chance, runs)]


def always(path: str) -> Visits:
    """Return what gives as many visits to one address as are wanted."""
    return lambda _store, _chance, runs: [visit(path)] * runs


Visits = Callable[[GraphStore, random.Random, int], list[Visit]]
LISTS: dict[str, tuple[Callable[..., Answer], Visits]] = {
    "home": (answer_home, always("/")),
    "search": (answer_found, searches),
    "findings": (answer_findings, always("/findings")),
    "compare": (answer_comparison, always("/compare")),
    "questions": (answer_questions, always("/queries")),
    "explore": (answer_exploration, explorations),
    "editor": (answer_editor, always("/sparql-editor")),
}


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
    classes = {expand(_OWN_CLASSES[plan.kind])} if plan.kind in _OWN_CLASSES else plan.classes
    known = sorted(classes & set(texts.kinds()))
    total = texts.under("", known, count=0)[1]
    # Of sheets, only those that print a title of their own have a text.
    if total >= _ENOUGH:
        names = [texts.under("", known, start=chance.randrange(total), count=1)[0] for _ in range(runs)]
        return [name for found in names for name in found]
    rows = [
        row["thing"]
        for one in sorted(classes)
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
