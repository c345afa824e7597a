"""Verdicts move as their targets are moved: comparator swapped, target dropped, unit scaled; findings rest on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph
from hypothesis import given, settings
from hypothesis import strategies as st

QUERIES = Path(__file__).resolve().parents[2] / "queries"
RULE = (QUERIES / "rules" / "target_verdict.rq").read_text(encoding="utf-8")
MISSED = (QUERIES / "integrity" / "annual_target_missed.rq").read_text(encoding="utf-8")
DEF = "https://w3id.org/hyoka/def#"
SWAPPED = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt"}
OPPOSITE = {"met": "missed", "missed": "met", "undecided": "undecided"}

_TURTLE = """@base <https://w3id.org/hyoka/id/> .
@prefix hyoka: <https://w3id.org/hyoka/def#> .
@prefix hys: <https://w3id.org/hyoka/scheme/> .
@prefix m: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<fy/2016> skos:notation 2016 . <fy/2017> skos:notation 2017 . <d> hyoka:sheetYear <fy/2017> .
<i> skos:prefLabel "x"@ja .
<a> hyoka:ofIndicator <i> ; hyoka:valueRole <../scheme/value-role/actual> ; hyoka:fiscalYear <fy/2016> ;
    hyoka:statedIn <d> ; m:obsValue {actual} .
"""
_TARGET = """<t> hyoka:ofIndicator <i> ; hyoka:valueRole <../scheme/value-role/target> ; hyoka:fiscalYear <fy/2016> ;
    hyoka:statedIn <d> ; m:obsValue {target} ; hyoka:comparator <../scheme/comparator/{comparator}> .
"""


@dataclass(frozen=True)
class Case:
    """A target and what was reached."""

    comparator: str
    target: Decimal | None
    actual: Decimal

    def store(self) -> pyoxigraph.Store:
        turtle = _TURTLE.replace("{actual}", _printed(self.actual))
        if self.target is not None:
            turtle += _TARGET.replace("{target}", _printed(self.target)).replace("{comparator}", self.comparator)
        store = pyoxigraph.Store()
        store.load(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE)
        return store


def _printed(number: Decimal) -> str:
    return f'"{number:f}"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def _verdict(case: Case) -> tuple[str, str] | None:
    answer = case.store().query(RULE)
    assert isinstance(answer, pyoxigraph.QueryTriples)
    told = {t.predicate.value.removeprefix(DEF): str(t.object).strip("<>").rpartition("/")[2] for t in answer}
    return (told["verdict"], told["verdictReason"]) if told else None


def _missed(case: Case) -> bool:
    answer = case.store().query(MISSED)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return bool(list(answer))


numbers = st.decimals(min_value=0, max_value=10**6, places=2)
whole = st.integers(0, 10**6).map(Decimal)
cases = st.builds(Case, st.sampled_from(sorted(SWAPPED)), whole, whole)


@settings(max_examples=60, deadline=None)
@given(cases)
def test_a_swapped_comparator_turns_the_verdict_unless_both_are_equal(case: Case) -> None:
    before, after = _verdict(case), _verdict(replace(case, comparator=SWAPPED[case.comparator]))
    assert before is not None
    assert after is not None
    if case.target == case.actual:
        assert before[0] == after[0] == ("met" if case.comparator in {"ge", "le"} else "missed")
    else:
        assert after[0] == OPPOSITE[before[0]]


@settings(max_examples=10, deadline=None)
@given(cases)
def test_without_a_target_there_is_no_verdict(case: Case) -> None:
    assert _verdict(replace(case, target=None)) is None
    assert not _missed(replace(case, target=None))


@settings(max_examples=40, deadline=None)
@given(cases, st.sampled_from([10, 1000, 10_000]))
def test_the_unit_does_not_change_a_verdict(case: Case, factor: int) -> None:
    assert case.target is not None
    scaled = replace(case, target=case.target * factor, actual=case.actual * factor)
    assert _verdict(scaled) == _verdict(case)


@settings(max_examples=40, deadline=None)
@given(st.builds(Case, st.sampled_from(["ge", "le", "gt", "lt", "eq", "approx", "rank-at-least"]), numbers, numbers))
def test_a_miss_is_found_exactly_where_the_verdict_is_missed(case: Case) -> None:
    verdict = _verdict(case)
    assert verdict is not None
    assert _missed(case) == (verdict[0] == "missed")


@settings(max_examples=40, deadline=None)
@given(whole, st.integers(1, 49), st.sampled_from(["ge", "le"]))
def test_a_target_within_the_rounding_of_the_actual_value_is_open(number: Decimal, hundredths: int, way: str) -> None:
    case = Case(way, number + Decimal(hundredths) / 100, number)
    assert _verdict(case) == ("undecided", "rounding")
