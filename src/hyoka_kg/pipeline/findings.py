"""Findings of a store: those that its build kept, or those that the rules give when asked now; each with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import yaml

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import QueryError
from hyoka_kg.model import Finding, Placed, Severity
from hyoka_kg.pipeline.explaining import explain
from hyoka_kg.query import load_catalogue, run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.store.judgements import Wanted
from hyoka_kg.validation import IntegrityRule, findings_of

Progress = Callable[[str], None]
_AT_ONCE = 200
# What a row of `maintenance/places_of` tells at once, by the name that is always there.
_PLACES = (("document", "ministry", "fy"), ("project",), ("span", "page", "line"))


def stored_findings(store: GraphStore, wanted: Wanted) -> Iterator[Placed]:
    """Yield the findings kept with a store: what its rules gave when last judged, else what its build found."""
    if store.judgements is not None:
        yield from store.judgements.find(wanted)
        return
    rows = run_maintenance(store, "stored_findings").as_text()
    kept = (_finding(row) for row in rows if wanted.admits_rule(row["rule"], row["severity"]))
    yield from filter(wanted.admits, place(store, kept))


def asked_findings(store: GraphStore, wanted: Wanted, progress: Progress = lambda _step: None) -> Iterator[Placed]:
    """Yield what the rules give when asked now, rule by rule: for a store that its build did not judge.

    Raises:
        QueryError: A wanted rule does not exist.
    """
    for rule, text in wanted_rules(wanted):
        progress(f"asking {rule.rule}")
        found = (explain(store, rule, finding) for finding in findings_of(rule, store.select(text).as_text()))
        yield from filter(wanted.admits, place(store, found))


def wanted_rules(wanted: Wanted) -> list[tuple[IntegrityRule, str]]:
    """Return the rules that are wanted with their texts, in the order of their ids.

    Raises:
        QueryError: A wanted rule does not exist.
    """
    rules = integrity_rules()
    unknown = sorted(set(wanted.rules) - {rule.rule for rule, _ in rules})
    if unknown:
        raise QueryError(f"There is no rule {', '.join(unknown)}. The pages of the rules are in docs/reference/rules.")
    return [(rule, text) for rule, text in rules if wanted.admits_rule(rule.rule, rule.severity)]


def place(store: GraphStore, findings: Iterable[Finding]) -> Iterator[Placed]:
    """Yield findings with the places of their foci, in their order; some hundreds are looked up at once."""
    remaining = iter(findings)
    while batch := list(islice(remaining, _AT_ONCE)):
        rows = run_maintenance(store, "places_of", focus=sorted({finding.focus for finding in batch})).as_text()
        places: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            for names in _PLACES:
                if row[names[0]]:
                    places[row["focus"]] = {name: row[name] for name in names} | places[row["focus"]]
        yield from (_placed(finding, places[finding.focus]) for finding in batch)


def _placed(finding: Finding, place: Mapping[str, str]) -> Placed:
    told = {name: place.get(name, "") for name in ("document", "ministry", "fy", "project", "page", "line")}
    return Placed(finding, **told, column=_column(place.get("span", "")))


def integrity_rules() -> list[tuple[IntegrityRule, str]]:
    """Return the rules of `queries/integrity` with their texts, in the order of their ids."""
    queries = load_catalogue("integrity")
    rules = [(IntegrityRule.from_header(query.name, query.header), query.text) for query in queries]
    return sorted(rules, key=lambda pair: pair[0].rule)


@cache
def rule_families() -> Mapping[str, Mapping[str, str]]:
    """Return official basis and what settles a finding, in both languages, by the first part of a rule's id."""
    text = (queries_dir() / "integrity" / "families.yml").read_text(encoding="utf-8")
    families: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return families


def family_of(rule: str) -> Mapping[str, str]:
    """Return what is said of the family of a rule; a rule of the shapes may have none."""
    return rule_families().get(rule.partition("-")[0], {})


def _finding(row: Mapping[str, str]) -> Finding:
    return Finding(row["rule"], Severity(row["severity"]), row["focus"], (), row["message_ja"], row["message_en"])


def _column(span: str) -> str:
    """Return the column that the IRI of a span tells: `#line=56,57;char=4,9` begins at column 5."""
    start = span.partition(";char=")[2].partition(",")[0]
    return str(int(start) + 1) if start.isdecimal() else ""


def count_of(findings: Iterable[Placed]) -> dict[tuple[str, str], int]:
    """Return how many findings each rule has in each fiscal year of the documents."""
    counts: dict[tuple[str, str], int] = {}
    for one in findings:
        key = (one.finding.rule, one.fy)
        counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items()))
