"""The findings beside a build: what its rules gave when they were asked, rule by rule, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal

from hyoka_kg.errors import StoreError
from hyoka_kg.model import Finding, Placed, Severity
from hyoka_kg.store.rows import Rows
from hyoka_kg.vocabulary import BASE

_STATEMENTS = Path(__file__).parent / "sql"
_KEEP = "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NOTE = "INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?, ?)"
_PROJECT, _DOCUMENT = "project", "doc"


@dataclass(frozen=True, slots=True)
class Asked:
    """How the asking of one rule ended.

    Attributes:
        rule: Rule id.
        findings: How many findings it gave.
        seconds: How long it took, wall clock.
        mebibytes: The most memory that its process held.
        cut: Why it was cut: `time`, `memory` or `failure`; empty where it ended. A rule that was cut keeps no findings.
    """

    rule: str
    findings: int
    seconds: float
    mebibytes: int
    cut: str


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


def keep_findings(path: Path, rule: str, found: Iterable[Placed]) -> int:
    """Put the findings of a rule in the place of its former ones, all or none; return how many there are.

    Equal findings are kept once. The rule is asked before the file is touched: who reads is not kept waiting by it.

    Raises:
        StoreError: The disk refuses.
    """
    rows = [_row(one) for one in found]
    try:
        with closing(sqlite3.connect(path)) as file:
            file.executescript(_sql("findings"))
            with file:
                file.execute(_sql("forget"), {"rule": rule})
                file.executemany(_KEEP, rows)
            count: int = file.execute(_sql("count_found"), {"rule": rule}).fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"Cannot write the findings {path}: {error}.") from error
    return count


def note_asked(path: Path, asked: Asked) -> None:
    """Note how the asking of a rule ended; of a rule that was cut no former findings stay.

    Raises:
        StoreError: The disk refuses.
    """
    try:
        with closing(sqlite3.connect(path)) as file, file:
            file.executescript(_sql("findings"))
            file.execute(_NOTE, astuple(asked))
            if asked.cut:
                file.execute(_sql("forget"), {"rule": asked.rule})
    except sqlite3.Error as error:
        raise StoreError(f"Cannot write the findings {path}: {error}.") from error


class Judgements:
    """The kept findings of one build, for reading."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def asked(self) -> list[Asked]:
        """Return how the asking of each rule ended, in the order of their ids."""
        rows = self._select(_sql("asked"), {})
        return [Asked(*row) for row in rows]

    def find(self, wanted: Wanted, start: int = 0, count: int = -1) -> Iterator[Placed]:
        """Yield the wanted findings in the order of rule, focus and message; a negative count wants all."""
        values = {
            "any_rule": not wanted.rules,
            "rules": json.dumps(sorted(wanted.rules)),
            "any_severity": not wanted.severities,
            "severities": json.dumps(sorted(wanted.severities)),
            "ministry": wanted.ministry,
            "fy": wanted.fy,
            "project": wanted.project,
            "start": start,
            "count": count,
        }
        yield from map(_placed, self._select(_sql("found"), values))

    def by_year(self) -> Rows:
        """Return the rows that `queries/pictures/findings` gives of a graph."""
        names = ("rule", "severity", "fy", "n", "example_ja", "example_en")
        return _rows(names, ((*row[:4], *row[5:]) for row in self._select(_sql("findings_by_year"), {})))

    def listed(self, wanted: Wanted, start: int, count: int) -> Rows:
        """Return the rows that `queries/pages/findings` gives of a graph; a rule leads to what its finding is about."""
        names = ("rule", "rule_iri", "severity", "message_ja", "message_en", "document", "fy")
        found = self.find(wanted, start, count)
        return _rows(names, ((*_told(one.finding), one.document, one.fy) for one in found))

    def about(self, thing: str, start: int = 0, count: int = -1) -> Rows:
        """Return what is kept about a thing and all below it, in the columns of `queries/pages/findings_of`.

        Args:
            thing: IRI of a project, a paper, or anything that a paper states.
            start: How many findings to pass over.
            count: How many to give at most; a negative one wants all.
        """
        kind, _, path = thing.removeprefix(f"{BASE}id/").partition("/")
        values = {
            "thing": thing,
            "project": path if kind == _PROJECT else None,
            "document": path.replace("/", "-") if kind == _DOCUMENT else None,
            "start": start,
            "count": count,
        }
        found = map(_placed, self._select(_sql("found_about"), values))
        names = ("rule", "rule_iri", "severity", "message_ja", "message_en", "document", "page", "line")
        return _rows(names, ((*_told(one.finding), one.document, one.page, one.line) for one in found))

    def _select(self, statement: str, values: Mapping[str, object]) -> Iterator[tuple[Any, ...]]:
        try:
            with closing(sqlite3.connect(f"file:{quote(str(self._path))}?mode=ro", uri=True)) as file:
                yield from file.execute(statement, values)
        except sqlite3.Error as error:
            raise StoreError(f"Cannot read the findings {self._path}: {error}. Ask again: hyoka judge.") from error


def _rows(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Rows:
    return Rows(names, [tuple(Literal(str(value)) for value in row) for row in rows])


def _told(it: Finding) -> tuple[str, ...]:
    return it.rule, it.focus, it.severity.lower(), it.message_ja, it.message_en


def _row(one: Placed) -> tuple[str, ...]:
    finding = one.finding
    told = json.dumps(finding.values, ensure_ascii=False)
    said = (finding.rule, str(finding.severity), finding.focus, told, finding.message_ja, finding.message_en)
    return (*said, one.document, one.ministry, one.fy, one.project, one.page, one.line, one.column)


def _placed(row: tuple[Any, ...]) -> Placed:
    rule, severity, focus, told, message_ja, message_en, *place = map(str, row)
    values = tuple((name, value) for name, value in json.loads(told))
    return Placed(Finding(rule, Severity(severity), focus, values, message_ja, message_en), *place)


@cache
def _sql(name: str) -> str:
    return (_STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
