"""Spoilt forms are found and clean twins are not: every rule that a form can provoke has a family; a few run here."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from hyoka_kg.pipeline.findings import integrity_rules

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
FAMILIES = 60
# NORM-07 and PROV-03: the unit as printed, and papers that share a place, were once read wrongly.
FAST = ("BEH-04", "IND-13", "NORM-07", "PROV-03", "X-01")


@pytest.fixture
def findings(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    known = set(sys.modules)
    yield import_module("findings")
    for name in set(sys.modules) - known:
        if name.partition(".")[0] in {"findings", "spoiling"}:
            del sys.modules[name]


def test_every_rule_is_provoked_or_said_why_not(findings: ModuleType) -> None:
    provoked = Counter(family.rule for family in findings.FAMILIES)
    reasons = findings.unprovoked()
    rules = {rule.rule for rule, _ in integrity_rules()}
    assert set(provoked) | set(reasons) == rules
    assert set(provoked) & set(reasons) == set()
    assert len(findings.FAMILIES) == FAMILIES
    assert len(reasons) == 9
    assert [rule for rule, count in provoked.items() if count > 1] == ["X-01"]


def test_spoilt_forms_are_found_and_clean_twins_are_not(findings: ModuleType) -> None:
    chosen = [family for family in findings.FAMILIES if family.rule in FAST]
    told = [(one.spoilt, one.found, one.aside) for one in findings.measure(chosen, seed=2, times=4, count=3)]
    assert told == [(4, 4, 0)] * 6
