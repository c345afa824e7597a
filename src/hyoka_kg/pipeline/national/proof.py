"""Take random facts of the national store and read each again from its source by its receipt."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hyoka_kg.errors import LayoutError, StoreError
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.pipeline.national.readers import Source, reader_of
from hyoka_kg.pipeline.national.rereading import Fact, Outcome, compare_fact
from hyoka_kg.pipeline.reports import read_report
from hyoka_kg.query import run_maintenance
from hyoka_kg.sources.lookups import read_lookups
from hyoka_kg.store import EmbeddedStore, GraphStore
from hyoka_kg.vocabulary import BASE

_SOURCE = f"{BASE}id/source/"
# A row of a table, or a pointer into the nth object of a file (ADR 26).
_PLACE = re.compile(rf"{_SOURCE}(?P<file>[0-9a-f]{{16}})(?:#row=(?P<row>\d+)|/(?P<object>\d+)(?:#/(?P<pointer>.*))?)")
# One statement, once for each receipt of its thing: an indicator is told by two tables, and either may say it.
Receipted = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of reading facts again.

    Attributes:
        outcomes: Every fact with what stands in its source, in order of sampling.
        seed: What the sample was drawn with.
    """

    outcomes: tuple[Outcome, ...]
    seed: int

    @property
    def mismatches(self) -> list[Outcome]:
        """Return the facts that the source does not bear out."""
        return [outcome for outcome in self.outcomes if not outcome.agrees]

    def by_kind(self) -> dict[tuple[str, str], int]:
        """Return how many facts were read again, by source and property."""
        counts = Counter((outcome.fact.source, outcome.fact.predicate) for outcome in self.outcomes)
        return dict(sorted(counts.items()))


def prove_facts(store: Path, corpus: Path, data: Path, count: int, seed: int) -> Proof:
    """Return what the sources say about random facts of the store: sheets are drawn first, then a fact of each.

    Raises:
        StoreError: The store holds no corpora, or there are too few facts in it.
        LayoutError: A file of the corpus is not the one that was read, by its SHA-256.
    """
    sources = _sources(store, corpus, data)
    facts = draw_facts(EmbeddedStore.open(store), sources, count, seed)
    return Proof(tuple(reread_facts(facts, sources, data)), seed)


def draw_facts(store: GraphStore, sources: Mapping[str, Source], count: int, seed: int) -> list[Receipted]:
    """Return facts drawn with a seed: the same store and seed give the same facts.

    Raises:
        StoreError: There are fewer facts than that.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample that can be drawn again, no secret
    sheets = [row["sheet"] for row in run_maintenance(store, "lean_sheets").as_text()]
    chance.shuffle(sheets)
    drawn: list[Receipted] = []
    taken: set[Receipted] = set()
    while sheets and len(drawn) < count:
        now, later = sheets[: count - len(drawn)], sheets[count - len(drawn) :]
        sheets = later + [sheet for sheet in now if _draw(store, sheet, sources, chance, drawn, taken)]
    if len(drawn) < count:
        raise StoreError(f"The store has only {len(drawn)} facts with a receipt; ask for fewer than {count}.")
    return drawn


def _draw(
    store: GraphStore,
    sheet: str,
    sources: Mapping[str, Source],
    chance: random.Random,
    drawn: list[Receipted],
    taken: set[Receipted],
) -> bool:
    """Draw one more fact of a sheet; return whether there was one."""
    left = [fact for fact in facts_of(store, sheet, sources) if fact not in taken]
    if not left:
        return False
    drawn.append(chance.choice(left))
    taken.add(drawn[-1])
    return True


def facts_of(store: GraphStore, sheet: str, sources: Mapping[str, Source]) -> list[Receipted]:
    """Return the facts of a sheet that `receipts.csv` knows how to compare."""
    rows = run_maintenance(store, "facts_of_sheet", sheet=sheet).as_text()
    facts = [_fact(row, sheet, match, sources) for row in rows if (match := _PLACE.fullmatch(row["place"]))]
    statements: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.rule is not None:
            statements.setdefault((fact.thing, fact.predicate, fact.value), []).append(fact)
    return [tuple(receipts) for receipts in statements.values()]


def _fact(row: Mapping[str, str], sheet: str, place: re.Match[str], sources: Mapping[str, Source]) -> Fact:
    source = sources[place["file"]]
    return Fact(
        thing=row["thing"],
        path=row["thing"].removeprefix(sheet).removeprefix("/"),
        predicate=row["property"],
        value=row["value"],
        source=reader_of(source).name_of(source),
        file=place["file"],
        row=int(place["row"] or place["object"]),
        pointer=tuple((place["pointer"] or "").split("/")) if place["pointer"] else (),
    )


def reread_facts(facts: list[Receipted], sources: Mapping[str, Source], data: Path) -> Iterator[Outcome]:
    """Yield each fact with what its source says; every file is read once."""
    units = read_lookups(data).units
    rows: dict[str, set[int]] = {}
    for fact in (fact for receipts in facts for fact in receipts):
        rows.setdefault(fact.file, set()).add(fact.row)
    records = {name: _records(sources[name], wanted) for name, wanted in rows.items()}
    for receipts in facts:
        outcomes = [compare_fact(fact, records[fact.file].get(fact.row), units) for fact in receipts]
        yield next((outcome for outcome in outcomes if outcome.agrees), outcomes[0])


def _records(source: Source, rows: set[int]) -> dict[int, Any]:
    return dict(reader_of(source).records_at(source, rows))


def _sources(store: Path, corpus: Path, data: Path) -> dict[str, Source]:
    """Return the files of a corpus by the start of their SHA-256; all that the store was built from must be there."""
    national = read_report(store).national
    if national is None:
        raise StoreError(f"The store {store} holds no national corpora. Build them: hyoka build --corpus FOLDER")
    sources = {task.source.sha256[:16]: task.source for task in plan_corpus(corpus, data).tasks}
    for name, sha256 in national.files.items():
        if sha256[:16] not in sources:
            raise LayoutError(f"{corpus}: {name} is absent or is not the file that was read (SHA-256 {sha256}).")
    return sources
