"""Findings of a store: those that its build kept, or those that the rules give when asked now; each with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import QueryError
from hyoka_kg.model import Finding, Severity
from hyoka_kg.pipeline.explaining import explain
from hyoka_kg.query import load_catalogue, run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.validation import IntegrityRule, findings_of

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and where it stands; what is not known is empty.

    Attributes:
        finding: The finding.
        document: Identifier of the document of its focus.
        ministry: Identifier of the ministry of that document.
        fy: Fiscal year of that document.
        project: Identifier of the project concerned.
        page: Page in the source.
        line: First line in the source, from 1.
        column: First character in that line, from 1.
    """

    finding: Finding
    document: str
    ministry: str
    fy: str
    project: str
    page: str
    line: str
    column: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are wanted; an empty field wants all."""

    rules: Collection[str] = ()
    severities: Collection[str] = ()
    ministry: str = ""
    project: str = ""
    fy: str = ""

    def admits(self, placed: Placed) -> bool:
        """Return whether a placed finding is wanted; a project is named by its identifier or the end of it."""
        return (
            self.ministry in {"", placed.ministry}
            and self.fy in {"", placed.fy}
            and (not self.project or f"/{placed.project}".endswith(f"/{self.project}"))
        )

    def admits_rule(self, rule: str, severity: str) -> bool:
        """Return whether findings of a rule and severity are wanted at all."""
        return (not self.rules or rule in self.rules) and (not self.severities or severity in self.severities)


def stored_findings(store: GraphStore, wanted: Wanted) -> Iterator[Placed]:
    """Yield the findings that the build of a store kept."""
    rows = run_maintenance(store, "stored_findings").as_text()
    kept = (_finding(row) for row in rows if wanted.admits_rule(row["rule"], row["severity"]))
    yield from filter(wanted.admits, (place(store, finding) for finding in kept))


def asked_findings(store: GraphStore, wanted: Wanted, progress: Progress = lambda _step: None) -> Iterator[Placed]:
    """Yield what the rules give when asked now, rule by rule: for a store that its build did not judge.

    Raises:
        QueryError: A wanted rule does not exist.
    """
    rules = integrity_rules()
    unknown = sorted(set(wanted.rules) - {rule.rule for rule, _ in rules})
    if unknown:
        raise QueryError(f"There is no rule {', '.join(unknown)}. The pages of the rules are in docs/reference/rules.")
    for rule, text in rules:
        if wanted.admits_rule(rule.rule, rule.severity):
            progress(f"asking {rule.rule}")
            found = findings_of(rule, store.select(text).as_text())
            placed = (place(store, explain(store, rule, finding)) for finding in found)
            yield from filter(wanted.admits, placed)


def place(store: GraphStore, finding: Finding) -> Placed:
    """Return a finding with the place of its focus."""
    rows = list(run_maintenance(store, "place_of", focus=finding.focus).as_text())
    row = rows[0] if rows else {}
    told = {name: row.get(name, "") for name in ("document", "ministry", "fy", "project", "page", "line")}
    return Placed(finding, **told, column=_column(row.get("span", "")))


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
