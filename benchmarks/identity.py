"""Measure identity: labelled pairs and clusters, a truth of any size, the publisher's id, chains, time and memory.

    python benchmarks/identity.py --corpus FOLDER [--split SPLIT] [--record]
    python benchmarks/identity.py --synthetic FOLDER      (made by: hyoka synthesize --as judgit)

--record writes the precision by method on the tune pairs into linking/identity/precision.csv: the confidence of links.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from identified import Found, Key

from hyoka_kg.config import data_dir
from hyoka_kg.linking.identity import precision as precision_module
from hyoka_kg.linking.identity.links import LinkStatus
from hyoka_kg.linking.judging import (
    POSITIVE,
    JudgedPair,
    JudgedSheet,
    Score,
    judge_clusters,
    judge_pairs,
    judge_successors,
)
from hyoka_kg.model import Reading
from hyoka_kg.pipeline.national.identity import Identity, identify, issue
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.sources.judgit_json import JudgitFile, read_judgit
from hyoka_kg.sources.judgit_json.records import iter_records
from hyoka_kg.sources.lookups import read_lookups

LABELS = Path(__file__).resolve().parents[1] / "tests" / "linking"
CHAINS = (5, 7, 8)
HIDDEN = "hidden"
PAIR_SPLITS = ("tune", "test", "fresh", "held", "second-held")
SHEET_SPLITS = ("random", "second-random")


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--split", default="tune", choices=PAIR_SPLITS + SHEET_SPLITS)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--work", type=Path, help="folder to keep between runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = options.work or Path(folder)
        if options.synthetic:
            measure_truth(options.synthetic, work)
        if options.corpus:
            measure_corpus(options, work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory: {peak} MiB")


def measure_corpus(options: argparse.Namespace, work: Path) -> None:
    """Print what the labels, the publisher and the chains say of a corpus."""
    found = Found(run(options.corpus, data_dir(), work))
    if options.split in SHEET_SPLITS:
        measure_successors(options.split, found)
    else:
        measure_pairs(options, found)
    show_chains(found)
    show_second_opinion(options.corpus, found)


def measure_successors(split: str, found: Found) -> None:
    """Print what is right of the links that lead from the random sheets of a split to the next year."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for row in table(LABELS / "successors.csv"):
        if row["split"] == split:
            known[row["sheet"]][row["successor"]] = row["label"]
    sheets = [
        JudgedSheet(
            sheet,
            frozenset(one for one, label in labels.items() if label in POSITIVE),
            frozenset(one for one, label in labels.items() if label == "open"),
        )
        for sheet, labels in known.items()
    ]
    show(f"random sheets and the next year, {split}", {"": judge_successors(sheets, found.successors, found.undecided)})
    for judged in sheets:
        given = found.successors(judged.sheet) - judged.undecided
        if given != judged.successors:
            print(f"  {judged.sheet}: judged {sorted(judged.successors)}, found {sorted(given)}")


def measure_pairs(options: argparse.Namespace, found: Found) -> None:
    """Print what the labelled pairs and clusters of a split say."""
    rows = [row for row in table(LABELS / "pairs.csv") if row["split"] == options.split]
    pairs = [JudgedPair((row["sheet_a"], row["sheet_b"]), row["label"], row["stratum"]) for row in rows]
    show(f"labelled pairs, {options.split}", judge_pairs(pairs, found.answer))
    show_relations(pairs, found)
    clusters = defaultdict(set)
    for row in table(LABELS / "clusters.csv"):
        if row["split"] == options.split and row["state"] == "present":
            clusters[row["cluster"]].add(row["sheet"])
    show("whole clusters", {"": judge_clusters(map(frozenset, clusters.values()), found.project)})
    exact = sum(len({found.project(sheet) for sheet in sheets}) == 1 for sheets in clusters.values())
    print(f"clusters whole: {exact} of {len(clusters)}")
    if options.record:
        record(pairs, found)


def measure_truth(folder: Path, work: Path) -> None:
    """Print what the truth of an invented government says."""
    found = Found(run(folder / "judgit", synthetic_data(folder, work), work / "synthetic"))
    projects: dict[str, set[str]] = defaultdict(set)
    pairs = []
    for row in table(folder / "identity.csv"):
        projects[row["project"]].add(row["sheet"])
        for former in filter(None, row["predecessors"].split(";")):
            label = row["relation"] if row["relation"] != "continues" else "same"
            pairs.append(JudgedPair((former, row["sheet"]), label, truth_stratum(row)))
        for listed in filter(None, row["listed"].split(";")):
            kind, _, sheet = listed.partition(":")
            pairs.append(JudgedPair((sheet, row["sheet"]), "different", f"listed {kind}"))
    show("synthetic truth, hops", judge_pairs(pairs, found.answer))
    evident = [pair for pair in pairs if HIDDEN not in pair.stratum]
    show("without mergers and splits that no sheet gives away", {"": judge_pairs(evident, found.answer)[""]})
    show("synthetic truth, clusters", {"": judge_clusters(map(frozenset, projects.values()), found.project)})
    truth = {pair.sheets for pair in pairs if pair.label != "different"}
    joined = [link for link in found.links.values() if link.status is LinkStatus.ACCEPTED]
    wrong = [link for link in joined if (found.name(link.earlier), found.name(link.later)) not in truth]
    print(f"accepted links: {len(joined):,}; not in the truth: {len(wrong):,}")
    print("  by method:", Counter(link.method for link in wrong).most_common(8))
    print(f"links by status: {dict(Counter(link.status.value for link in found.links.values()))}")


def truth_stratum(row: dict[str, str]) -> str:
    """Return what happened to a sheet; of mergers and splits also what gives them away."""
    if row["relation"] in ("merged", "split"):
        return f"{row['relation']} {row['evident'] or HIDDEN}"
    return next((event for event in row["events"].split(";") if event), "plain")


def synthetic_data(folder: Path, work: Path) -> Path:
    """Return a data folder with the invented ministries in the place of the real ones."""
    data = work / "data"
    data.mkdir(parents=True, exist_ok=True)
    for name in ("registry", "documents", "sources"):
        if not (data / name).exists():
            (data / name).symlink_to(data_dir() / name)
    if not (data / "national").exists():
        (data / "national").symlink_to((folder / "national").resolve())
    return data


def run(corpus: Path, data: Path, work: Path) -> Identity:
    """Identify a corpus twice, and print how long it took and that nothing changed."""
    start, plan = time.monotonic(), plan_corpus(corpus, data)
    identity = identify(
        plan, data, work, lambda step: print(f"  {time.monotonic() - start:6.1f} s  {step}", flush=True)
    )
    issue(identity, plan)
    print(f"identified in {time.monotonic() - start:.0f} s: {identity.counts}")
    again = identify(plan, data, work)
    print(f"second run: {len(again.changes)} changes, {time.monotonic() - start:.0f} s in all")
    return identity


def show(title: str, scores: dict[str, Score]) -> None:
    """Print scores by stratum."""
    print(
        f"\n{title}\n{'':16}{'right':>7}{'wrong':>7}{'missed':>7}{'apart':>7}{'open':>6}{'precision':>11}{'recall':>8}"
    )
    for name, score in scores.items():
        counts = f"{score.right:7}{score.wrong:7}{score.missed:7}{score.apart:7}{score.abstained:6}"
        print(f"{name or 'all':16}{counts}{share(score.precision):>11}{share(score.recall):>8}")


def share(value: float | None) -> str:
    """Return a share as text, or a dash."""
    return "-" if value is None else f"{value:.4f}"


def show_relations(pairs: Iterable[JudgedPair], found: Found) -> None:
    """Print which relation was found for which label."""
    counts = Counter((pair.label, found.relation(*pair.sheets)) for pair in pairs if pair.label != "open")
    print("label -> relation:", {f"{label}->{told}": count for (label, told), count in sorted(counts.items())})


def record(pairs: Iterable[JudgedPair], found: Found) -> None:
    """Write how often each method was right, the kind of relation included."""
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for pair in pairs:
        link = found.link(*pair.sheets)
        if pair.label != "open" and link and link.status is LinkStatus.ACCEPTED:
            judged[link.method] += 1
            right[link.method] += pair.label == found.relation(*pair.sheets)
    path = Path(precision_module.__file__).with_name("precision.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("method", "right", "judged"))
        writer.writerows((method, right[method], count) for method, count in sorted(judged.items()))
    print(f"written: {path}")


def show_chains(found: Found) -> None:
    """Print how many projects have a sheet in so many years of the corpus in a row."""
    years: dict[str, set[int]] = defaultdict(set)
    for key, project in found.projects.items():
        years[project].add(key.fiscal_year)
    known = sorted({key.fiscal_year for key in found.projects})
    runs = [longest(known, one) for one in years.values()]
    print("unbroken chains over the years of the corpus:", {f"{n}+": sum(run >= n for run in runs) for n in CHAINS})


def longest(known: list[int], years: set[int]) -> int:
    """Return the longest run of years that are there."""
    best = now = 0
    for year in known:
        now = now + 1 if year in years else 0
        best = max(best, now)
    return best


def show_second_opinion(corpus: Path, found: Found) -> None:
    """Print how far the publisher's id and identity agree."""
    theirs = couples(publisher_ids(corpus))
    keys = {key for couple in theirs for key in couple}
    last = 2019
    ours = couples({key: name for key, name in found.projects.items() if key.fiscal_year <= last})
    both = len(theirs & ours)
    print(
        f"JUDGIT! 事業ID FY2015-2019, links of neighbouring years: theirs {len(theirs):,}, ours {len(ours):,}, "
        f"both {both:,}"
    )
    print(f"  of theirs we have {both / len(theirs):.4f}; sheets with a link of theirs: {len(keys):,}")


def couples(projects: dict[Key, object]) -> set[tuple[Key, Key]]:
    """Return the pairs of neighbouring years within one project."""
    members: dict[object, list[Key]] = defaultdict(list)
    for key, project in projects.items():
        members[project].append(key)
    return {(a, b) for keys in members.values() for a in keys for b in keys if b.fiscal_year == a.fiscal_year + 1}


def publisher_ids(corpus: Path) -> dict[Key, object]:
    """Return the publisher's id by sheet, where there is one."""
    lookups, found = read_lookups(data_dir()), {}
    for path in sorted(corpus.rglob("judgit_201[5-9].ndjson*")):
        keys = {part.nodes[0].place.rpartition("/")[2]: part.key for part in parts(path, lookups)}
        for row, raw in iter_records(path):
            identifier = json.loads(raw).get("事業ID")
            if identifier is not None and str(row) in keys:
                found[keys[str(row)]] = identifier
    return found


def parts(path: Path, lookups: object) -> Iterator[object]:
    """Return the sheets of a file."""
    return read_judgit(JudgitFile(path, "0" * 64), (0, 1), lookups, Reading())


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main()
