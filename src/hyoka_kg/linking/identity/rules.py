"""The rules that make a pair of sheets one project: rows of `rules.csv`, the surest first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hyoka_kg.linking.identity.evidence import Evidence

_NAME = "rule"


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination of evidence that is enough.

    Attributes:
        name: What it is called: the method of the links that it makes.
        wanted: For each fact that it asks for, the classes that satisfy it.
    """

    name: str
    wanted: tuple[tuple[str, frozenset[str]], ...]

    def missing(self, evidence: Evidence) -> list[str]:
        """Return the facts that it asks for and the evidence does not give."""
        return [fact for fact, classes in self.wanted if getattr(evidence, fact) not in classes]

    def holds(self, evidence: Evidence) -> bool:
        """Return whether the evidence gives all that it asks for."""
        return all(getattr(evidence, fact) in classes for fact, classes in self.wanted)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, the surest first."""
    content = files(__package__).joinpath("rules.csv").read_text(encoding="utf-8")
    return tuple(_rule(row) for row in csv.DictReader(io.StringIO(content)))


def _rule(row: dict[str, str]) -> Rule:
    facts = {name: classes.split() for name, classes in row.items() if name != _NAME}
    return Rule(row[_NAME], tuple((name, frozenset(classes)) for name, classes in facts.items() if classes))


def first_rule(evidence: Evidence, among: Iterable[Rule]) -> int | None:
    """Return the place of the first rule that holds, or None."""
    return next((place for place, rule in enumerate(among) if rule.holds(evidence)), None)
