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


_HEAD = _TURTLE.partition("<a> hyoka:ofIndicator")[0]
_ACTUAL = """<{name}> hyoka:ofIndicator <{thing}> ; hyoka:valueRole <../scheme/value-role/actual> ;
    hyoka:fiscalYear <fy/{year}> ; hyoka:statedIn <d> ; m:obsValue {value} .
"""
_AIM = """<{name}> hyoka:ofIndicator <{thing}> ; hyoka:valueRole <../scheme/value-role/target> ;
    hyoka:fiscalYear <fy/{year}> ; hyoka:statedIn <d> ; hyoka:comparator <../scheme/comparator/{comparator}> {rest} .
"""
COMPOUND = (QUERIES / "rules" / "verdict_of_compound.rq").read_text(encoding="utf-8")


def _actual(value: Decimal, name: str = "a", thing: str = "i", year: int = 2016) -> str:
    return _ACTUAL.format(name=name, thing=thing, year=year, value=_printed(value))


def _aim(comparator: str, rest: str, name: str = "t", thing: str = "i", year: int = 2016) -> str:
    return _AIM.format(name=name, thing=thing, year=year, comparator=comparator, rest=rest)


def _valued(value: Decimal) -> str:
    return f"; m:obsValue {_printed(value)}"


def _between(low: Decimal, high: Decimal) -> str:
    return f"; hyoka:lowerBound {_printed(low)} ; hyoka:upperBound {_printed(high)}"


def _verdicts(*turtle: str, compound: bool = False) -> dict[str, tuple[str, str]]:
    """Return verdict and reason by the last part of the target's IRI, from one rule after the other."""
    store = pyoxigraph.Store()
    store.load((_HEAD + "".join(turtle)).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    for rule in (RULE, COMPOUND) if compound else (RULE,):
        derived = store.query(rule)
        assert isinstance(derived, pyoxigraph.QueryTriples)
        store.extend([pyoxigraph.Quad(*triple) for triple in derived])
    told: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, None, None):
        name = str(quad.subject).strip("<>").removesuffix("/verdict").rpartition("/")[2]
        if str(quad.subject).endswith("/verdict>"):
            told.setdefault(name, {})[quad.predicate.value.removeprefix(DEF)] = (
                str(quad.object).strip("<>").rpartition("/")[2]
            )
    return {name: (one["verdict"], one["verdictReason"]) for name, one in told.items()}


BOXES = {"千件": 10**3, "万人": 10**4, "百万円": 10**6, "億円": 10**8}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(BOXES)), st.integers(1, 10**6), st.integers(1, 499), st.sampled_from(["ge", "le"]))
def test_a_bare_number_is_rounded_in_the_unit_of_its_box(box: str, number: int, thousandths: int, way: str) -> None:
    """8,365 under 千件 is anything from 8,364,500 to 8,365,499: a target between is open, unless nothing is hidden."""
    actual = Decimal(number * BOXES[box])
    aim = _aim(way, _valued(actual + thousandths * BOXES[box] // 1000))
    unit = f'<i> hyoka:unitAsPrinted "{box}" .\n'
    told = f'<a> hyoka:asPrinted "{actual}件"@ja .\n'
    assert _verdicts(aim, unit, _actual(actual))["t"] == ("undecided", "rounding")
    assert _verdicts(aim, unit, told, _actual(actual))["t"] == ("met" if way == "le" else "missed", "threshold")
    far = _aim(way, _valued(actual + BOXES[box] * 3 // 4))
    assert _verdicts(far, unit, _actual(actual))["t"] == ("met" if way == "le" else "missed", "threshold")


positive = st.integers(1, 10**6).map(Decimal)


@settings(max_examples=40, deadline=None)
@given(whole, whole)
def test_more_than_differs_from_no_less_than_only_where_both_are_equal(target: Decimal, actual: Decimal) -> None:
    for strict, loose in (("gt", "ge"), ("lt", "le")):
        one, two = _verdict(Case(strict, target, actual)), _verdict(Case(loose, target, actual))
        assert one is not None
        assert two is not None
        assert (one[0] == two[0]) == (target != actual)


@settings(max_examples=40, deadline=None)
@given(positive, positive)
def test_a_rank_is_judged_as_a_number_that_should_be_no_more(target: Decimal, actual: Decimal) -> None:
    assert _verdict(Case("rank-at-least", target, actual)) == _verdict(Case("le", target, actual))


@settings(max_examples=40, deadline=None)
@given(st.integers(100, 10**6).map(Decimal), whole)
def test_about_is_the_same_on_both_sides(target: Decimal, gap: Decimal) -> None:
    above = _verdict(Case("approx", target, target + gap))
    below = _verdict(Case("approx", target, target - gap)) if gap <= target else above
    assert above is not None
    assert (above[0] == "met") == (above[1] in {"about", "equal"})
    assert above == below


@settings(max_examples=40, deadline=None)
@given(positive, positive, whole, whole, st.sampled_from([1, 10, 1000]))
def test_a_range_keeps_its_verdict_when_it_is_moved_and_scaled(
    low: Decimal, width: Decimal, actual: Decimal, step: Decimal, factor: int
) -> None:
    before = _verdicts(_aim("range", _between(low, low + width)), _actual(actual))["t"]
    assert before == ("met" if low <= actual <= low + width else "missed", "range")
    low, high, actual = ((value + step) * factor for value in (low, low + width, actual))
    assert _verdicts(_aim("range", _between(low, high)), _actual(actual))["t"] == before


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["ge", "le", "gt", "lt", "rank-at-least"]), whole, whole)
def test_the_value_of_a_year_is_a_target_like_its_number(way: str, wanted: Decimal, actual: Decimal) -> None:
    named = _actual(wanted, "then", year=2017)
    relative = _verdicts(named, _aim(way, "; hyoka:referenceObservation <then>"), _actual(actual))["t"]
    direct = _verdict(Case(way, wanted, actual))
    assert direct is not None
    assert relative[0] == direct[0]
    assert relative[1] == ("reference" if direct[1] == "threshold" else direct[1])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ge", "le"]), whole, whole), min_size=2, max_size=3), st.booleans())
def test_a_compound_is_met_where_all_parts_are_whatever_their_order(
    parts: list[tuple[str, Decimal, Decimal]], turned: bool
) -> None:
    turtle = [_aim("state", "", "whole")]
    for number, (way, wanted, actual) in enumerate(reversed(parts) if turned else parts):
        part = f"p{number}"
        turtle.append(f"<i> hyoka:hasComponent <{part}> .\n")
        turtle.append(_aim(way, _valued(wanted), f"t{number}", part) + _actual(actual, f"a{number}", part))
    told = _verdicts(*turtle, compound=True)
    each = {told[f"t{number}"][0] for number in range(len(parts))}
    assert told["whole"][0] == ("missed" if "missed" in each else "met" if each == {"met"} else "undecided")


@settings(max_examples=20, deadline=None)
@given(whole)
def test_words_are_never_decided(actual: Decimal) -> None:
    assert _verdicts(_aim("state", ""), _actual(actual))["t"] == ("undecided", "qualitative")


@settings(max_examples=20, deadline=None)
@given(cases)
def test_a_target_of_another_year_waits_for_its_own_value(case: Case) -> None:
    assert case.target is not None
    told = _verdicts(_aim(case.comparator, _valued(case.target), year=2017), _actual(case.actual))["t"]
    assert told == ("undecided", "not-due")


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["gt", "lt", "approx", "rank-at-least"]), positive, positive, st.sampled_from([10, 1000, 10_000])
)
def test_the_unit_changes_no_verdict_of_any_comparator(way: str, target: Decimal, actual: Decimal, factor: int) -> None:
    assert _verdict(Case(way, target * factor, actual * factor)) == _verdict(Case(way, target, actual))
