"""Outcomes, outputs, unit cost and measured indicators of a review sheet from the rows of its text.

`rate_fits`: of several rows, those belong together whose achievement is actual over target. `quotient_fits`: a row of
amounts is the unit cost, as each is the quotient of its formula. `only_gap`: one label and one row of its shape are
left.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hyoka_kg.model import Block
from hyoka_kg.normalization import fold, key_form, parse_value
from hyoka_kg.sources.profiles import Profile, label_key
from hyoka_kg.sources.reading.arithmetic import half_step, number_of, rate_holds
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token
from hyoka_kg.sources.review_sheet.rows import TableRow, rows_of, with_key

_PAST = 3
_FIVE = (5,)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The three rows of an outcome (成果実績, 目標値, 達成度) and how they were brought together."""

    actual: TableRow
    target: TableRow
    rate: TableRow | None
    rule: str


def read_indicators(blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger) -> None:
    """Claim the rows of indicators that the text decides.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        ledger: Where claims go.
    """
    rows = rows_of(blocks, profile)
    years = [year - 3, year - 2, year - 1]
    goals = _goal_years(blocks, profile, year)
    for place, outcome in enumerate(_outcomes(rows), 1):
        _claim_outcome(outcome, f"entry/1/indicator/outcome-{place}", years, goals, profile, ledger)
    _read_outputs(rows, blocks, profile, year, ledger)
    _read_measured(rows, years, goals, profile, ledger)
    _read_unit_cost(rows, year, ledger)


def _goal_years(blocks: Sequence[Block], profile: Profile, year: int) -> dict[int, set[int | None]]:
    """Return the goal years that the headings of each page print; a heading without one counts as None."""
    headings = sorted((key for key, name in profile.labels.items() if name == "goal"), key=len, reverse=True)
    found: dict[int, set[int | None]] = {}
    for block in blocks:
        text = label_key(block.stretch.text)
        heading = next((one for one in headings if text.startswith(one)), None)
        if heading is None:
            continue
        facts = parse_value("fiscal_year", text[len(heading) :], {"fiscal_year": year})
        printed = facts.get("fiscal_year")
        found.setdefault(block.page, set()).add(printed if isinstance(printed, int) else None)
    return found


def _outcomes(rows: Sequence[TableRow]) -> list[Outcome]:
    """Return the outcomes in their order, if the text tells which rows belong together and which outcome is first."""
    actuals = [row for row in with_key(rows, "actual", _FIVE) if row.unit and _has_number(row)]
    targets = [row for row in with_key(rows, "target", _FIVE) if row.unit and _has_number(row)]
    rates = with_key(rows, "achievement", _FIVE)
    if len(actuals) == 1 and len(targets) == 1 and _labels(rows, "actual") == 1:
        rate = rates[0] if len(rates) == 1 and _fits(actuals[0], targets[0], rates[0]) else None
        return [Outcome(actuals[0], targets[0], rate, "")]
    groups = [
        Outcome(actual, target, rate, "rate_fits")
        for actual in actuals
        for target in targets
        for rate in rates
        if _fits(actual, target, rate)
    ]
    is_matching = len({id(one.actual) for one in groups}) == len(groups) == len({id(one.target) for one in groups})
    return groups if is_matching and len(groups) == len(actuals) and _is_ordered(groups) else []


def _labels(rows: Sequence[TableRow], key: str) -> int:
    return sum(1 for row in rows if row.key == key and row.unit and _has_number(row))


def _has_number(row: TableRow) -> bool:
    return any(value.kind is not Kind.DASH for value in row.values)


def _fits(actual: TableRow, target: TableRow, rate: TableRow) -> bool:
    triples = list(zip(actual.values[:_PAST], target.values[:_PAST], rate.values[:_PAST], strict=True))
    told = [one for one in triples if all(token.kind is not Kind.DASH for token in one)]
    return bool(told) and all(rate_holds(number_of(a), number_of(t), number_of(r)) for a, t, r in told)


def _is_ordered(groups: Sequence[Outcome]) -> bool:
    """Return whether each outcome stands before the next with all of its rows, so that their order is no chance."""
    places = [
        [row.block.lines[0].number for row in (one.actual, one.target, one.rate) if row is not None] for one in groups
    ]
    return all(all(a < b for a, b in zip(first, second, strict=True)) for first, second in itertools.pairwise(places))


def _claim_outcome(
    one: Outcome,
    subject: str,
    years: Sequence[int],
    goals: dict[int, set[int | None]],
    profile: Profile,
    ledger: Ledger,
) -> None:
    if one.actual.name:
        ledger.claim(subject, "name", one.actual.name, one.rule)
    if one.actual.unit:
        code = profile.vocabulary("unit").get(key_form(one.actual.unit.text), "")
        ledger.claim(subject, "unit", one.actual.unit.stretch, one.rule, value=code)
    unit = one.actual.unit.text if one.actual.unit else ""
    _claim_years(subject, "actual", one.actual, years, unit, one.rule, ledger)
    _claim_years(subject, "target", one.target, years, unit, one.rule, ledger)
    _claim_goals(subject, one.target, goals, unit, one.rule, ledger)
    if one.rate:
        rate_unit = one.rate.unit.text if one.rate.unit else ""
        _claim_years(subject, "achievement_rate", one.rate, years, rate_unit, one.rule, ledger)


def _claim_years(
    subject: str, name: str, row: TableRow, years: Sequence[int], unit: str, rule: str, ledger: Ledger
) -> None:
    if row.label:
        ledger.use(row.label.stretch)
    for year, token in zip(years, row.values, strict=False):
        ledger.claim(subject, name, token.stretch, rule, fiscal_year=year, unit=unit)


def _claim_goals(
    subject: str, row: TableRow, goals: dict[int, set[int | None]], unit: str, rule: str, ledger: Ledger
) -> None:
    """Claim interim goal and goal, the last two values of a row, if the headings of the page agree on the year."""
    interim, goal = row.values[_PAST : _PAST + 2]
    if interim.kind is Kind.DASH:
        ledger.claim(subject, "interim_goal", interim.stretch, rule, unit=unit)
    years = goals.get(row.page, set())
    if len(years) == 1:
        ledger.claim(subject, "goal", goal.stretch, rule, fiscal_year=next(iter(years)), unit=unit)
    else:
        ledger.open(subject, "goal", row.page, "goal_year_unknown")


def _read_outputs(
    rows: Sequence[TableRow], blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger
) -> None:
    """Claim actual and expected values of the output, where the sheet has one; a torn label is told by elimination."""
    years = list(range(year - 3, year + 2))
    expected = with_key(rows, "expected", _FIVE)
    actual = with_key(rows, "output_actual", _FIVE)
    pages = {row.page for row in (*expected, *actual)}
    rule = ""
    unlabelled = [row for row in rows if row.key is None and row.unit and row.page in pages and len(row.values) == 5]
    if len(expected) == 1 and not actual and len(unlabelled) == 1:
        actual, rule = unlabelled, "only_gap"
    for name, found in (("actual", actual), ("expected", expected)):
        if len(found) == 1 and found[0].unit:
            basis = rule if name == "actual" else ""
            _claim_years("entry/1/indicator/output-1", name, found[0], years, found[0].unit.text, basis, ledger)
    if len(actual) == 1 and actual[0].unit:
        code = profile.vocabulary("unit").get(key_form(actual[0].unit.text), "")
        ledger.claim("entry/1/indicator/output-1", "unit", actual[0].unit.stretch, rule, value=code)
        if actual[0].name:
            ledger.claim("entry/1/indicator/output-1", "name", actual[0].name, rule)


def _read_measured(
    rows: Sequence[TableRow],
    years: Sequence[int],
    goals: dict[int, set[int | None]],
    profile: Profile,
    ledger: Ledger,
) -> None:
    """Claim the measured indicator of the policy: its target row has no unit."""
    actual = with_key(rows, "policy_actual", (_PAST,))
    if len(actual) != 1:
        return
    subject = "policy/indicator/1"
    unit = actual[0].unit.text if actual[0].unit else ""
    if actual[0].unit:
        code = profile.vocabulary("unit").get(key_form(unit), "")
        ledger.claim(subject, "unit", actual[0].unit.stretch, value=code)
    if actual[0].name:
        ledger.claim(subject, "name", actual[0].name)
    _claim_years(subject, "actual", actual[0], years, unit, "", ledger)
    targets = [row for row in with_key(rows, "target", _FIVE) if not row.unit and row.page == actual[0].page]
    if len(targets) == 1:
        _claim_years(subject, "target", targets[0], years, unit, "", ledger)
        _claim_goals(subject, targets[0], goals, unit, "", ledger)


def _read_unit_cost(rows: Sequence[TableRow], year: int, ledger: Ledger) -> None:
    years = list(range(year - 3, year + 1))
    formulas = with_key(rows, "formula", (len(years),))
    if len(formulas) != 1:
        return
    _claim_years("unit-cost/1", "formula", formulas[0], years, "", "", ledger)
    costs = [row for row in rows if len(row.values) == len(years) and row.unit and _is_cost(row, formulas[0])]
    if len(costs) == 1 and costs[0].unit:
        unit = costs[0].unit
        ledger.claim("unit-cost/1", "unit", unit.stretch, "quotient_fits", value="jpy" if _is_money(unit) else "")
        _claim_years("unit-cost/1", "amount", costs[0], years, unit.text, "quotient_fits", ledger)


def _is_money(unit: Token) -> bool:
    return parse_value("amount", f"1{fold(unit.text)}").get("unit") is not None


def _is_cost(row: TableRow, formula: TableRow) -> bool:
    """Return whether each amount of a row is the quotient of its formula, and at least one is told."""
    told = 0
    for amount, ratio in zip(row.values, formula.values, strict=True):
        facts, number = parse_value("ratio", ratio.text), number_of(amount)
        if "numerator" not in facts or number is None:
            continue
        quotient = Fraction(str(facts["numerator"])) / Fraction(str(facts["denominator"]))
        if abs(quotient - Fraction(number)) > Fraction(half_step(number)):
            return False
        told += 1
    return told > 0
