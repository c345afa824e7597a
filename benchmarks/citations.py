"""Read every string of the corpora that cites plans; prints what is resolved and flagged, and the top unresolved."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hyoka_kg.config import data_dir
from hyoka_kg.linking.citations import Resolved, StrategyIndex, resolve_text
from hyoka_kg.model import Reading
from hyoka_kg.pipeline.national.planning import Task, plan_corpus
from hyoka_kg.sources.cas_rs_csv import RsTable, read_rs_table
from hyoka_kg.sources.judgit_json import read_judgit
from hyoka_kg.sources.lookups import Lookups, read_lookups
from hyoka_kg.sources.registry import read_registry

# The table of the official system, and the set of JUDGIT! that supplements another, are the ones with a box of plans.
PLANS_TABLE = "1-3"


def has_plans(task: Task) -> bool:
    """Return whether a task reads a file whose sheets have the box 関係する計画、通知等."""
    source = task.source
    return source.table == PLANS_TABLE if isinstance(source, RsTable) else source.main is not None


def strings_of(task: Task, lookups: Lookups) -> Iterator[str]:
    """Yield the strings of a task that cite plans, as printed."""
    reading, source = Reading(), task.source
    parts = (
        read_rs_table(source, lookups, reading)
        if isinstance(source, RsTable)
        else read_judgit(source, (task.part, task.parts), lookups, reading)
    )
    for part in parts:
        for node in part.nodes:
            values = dict(node.values)
            if node.kind == "citation" and values.get("citation_kind") == "cited-by-project":
                yield values["as_printed"]


def count(strings: Counter[str], index: StrategyIndex) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return how many strings and citations are resolved how far, the flags, and the titles left unresolved."""
    told: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    unresolved: Counter[str] = Counter()
    for string, times in strings.items():
        found = resolve_text(string, index)
        for what in ("strings", *_of_string(found)):
            told[what] += times
        for one in found:
            for what in ("citations", *_of_citation(one)):
                told[what] += times
            flags.update({str(flag): times for flag in one.flags})
            if not one.strategy_id:
                unresolved[one.citation.title.replace("\n", " ")] += times
    return told, flags, unresolved


def _of_string(found: tuple[Resolved, ...]) -> Iterator[str]:
    works = [one for one in found if one.strategy_id]
    stages = {
        "strings read": found,
        "strings with a work": works,
        "strings all of works": works and len(works) == len(found),
        "strings with a version": any(one.versions for one in found),
        "strings with a clause": any(one.versions and one.citation.places for one in found),
        "strings with a flag": any(one.flags for one in found),
    }
    yield from (stage for stage, is_reached in stages.items() if is_reached)


def _of_citation(one: Resolved) -> Iterator[str]:
    stages = {
        "citations to a work": one.strategy_id,
        "citations to a version": one.versions,
        "citations with a place": one.citation.places,
        "citations flagged": one.flags,
        "citations unresolved": not one.strategy_id,
    }
    yield from (stage for stage, is_reached in stages.items() if is_reached)


def main() -> None:
    """Print the counts, the flags and the top unresolved titles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of the corpora, as for `hyoka build --corpus`")
    parser.add_argument("--top", type=int, default=30, help="how many unresolved titles to print (default 30)")
    arguments = parser.parse_args()
    data = data_dir()
    index, lookups = StrategyIndex.of(read_registry(data / "registry")), read_lookups(data)
    tasks = [task for task in plan_corpus(arguments.corpus, data).tasks if has_plans(task)]
    strings = Counter(string for task in tasks for string in strings_of(task, lookups))
    begun = time.process_time()
    told, flags, unresolved = count(strings, index)
    seconds = time.process_time() - begun
    print(f"{len(strings):,} different strings resolved in {seconds:.1f} s of processor")
    for whole in ("strings", "citations"):
        for what in [name for name in told if name.startswith(whole)]:
            print(f"{what:<24} {told[what]:>7,} {told[what] / told[whole]:>7.1%}")
    print("\nflags: " + ", ".join(f"{flag} {times:,}" for flag, times in flags.most_common()))
    print(f"\ntop {arguments.top} of {len(unresolved):,} titles unresolved:")
    for title, times in unresolved.most_common(arguments.top):
        print(f"{times:>5} {title[:80]}")


if __name__ == "__main__":
    main()
