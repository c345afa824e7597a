"""What the numbers of a form must fulfil among each other; each rule has a name, and breaks are reported, not repaired.

`sum_differs`: a total is the sum of its parts. `rate_differs`: a rate is executed over budget. `quotient_differs`: a
unit cost is its formula. `unit_differs`: an amount bears another unit than the others of its column.
`execution_above_budget`: more was executed than budgeted. `number_repeats`: two rows bear one number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hyoka_kg.model import CellKey, Claim, ClaimState, ReadingIssue
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import half_step, printed_number, quotient_holds, rate_may_be
from hyoka_kg.sources.reading.reporting import issue_at
from hyoka_kg.sources.reading.tables import check_tables
from hyoka_kg.sources.reading.years import check_years

_ADDED = ("initial", "supplementary", "carried-in", "reserve")
_MONEY = ("current", "executed", "initial", "requested", *_ADDED, "carried-out")
_ITEM = re.compile(r"(?P<table>budget-item|expense/[A-Z])/(?P<place>[0-9]+|total)")


def check_claims(claims: Sequence[Claim], profile: Profile, year: int) -> tuple[ReadingIssue, ...]:
    """Return the rules that the claims of one form break."""
    told = {claim.key: claim for claim in claims if claim.printed and claim.state is not ClaimState.OPEN}
    numbers = {key: number for key, claim in told.items() if (number := printed_number(claim)) is not None}
    found = [
        *_totals(told, numbers),
        *_rates(told, numbers),
        *_item_sums(claims, told, numbers),
        *_quotients(told, numbers),
        *_units(told),
        *_executions(told, numbers),
        *_repeats(told),
        *check_years(told, numbers, profile.form, year),
        *check_tables(claims, told, numbers),
    ]
    return tuple(found)


def _totals(told: dict[CellKey, Claim], numbers: dict[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for (subject, name, year), total in numbers.items():
        parts = {part: numbers.get((subject, part, year)) for part in _ADDED}
        out = numbers.get((subject, "carried-out", year), Decimal(0))
        if name != "current" or parts["initial"] is None:
            continue
        numerals = [part for part in parts.values() if part is not None]
        added = sum(numerals, Decimal(0))
        slack = sum((half_step(one) for one in (*numerals, total)), Decimal(0))
        # 翌年度へ繰越し is printed with a minus or without one.
        if all(abs(added + sign * abs(out) - total) > slack for sign in (-1, 0)):
            yield issue_at("sum_differs", told[subject, name, year], f"{added} - {abs(out)} ≠ {total}")


def _rates(told: dict[CellKey, Claim], numbers: dict[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for (subject, name, year), rate in numbers.items():
        budget, executed = numbers.get((subject, "current", year)), numbers.get((subject, "executed", year))
        if name != "execution_rate" or not budget or executed is None:
            continue
        if not rate_may_be(executed, budget, rate):
            yield issue_at("rate_differs", told[subject, name, year], f"{executed} / {budget} ≠ {rate}%")


def _item_sums(
    claims: Sequence[Claim], told: dict[CellKey, Claim], numbers: dict[CellKey, Decimal]
) -> Iterator[ReadingIssue]:
    """Compare the total of a list with its items, where none of them is open."""
    part_open = {claim.subject.rpartition("/")[0] for claim in claims if claim.state is ClaimState.OPEN}
    tables: dict[tuple[str, int | None], list[Decimal]] = defaultdict(list)
    totals: dict[tuple[str, int | None], CellKey] = {}
    for key in numbers:
        match = _ITEM.fullmatch(key[0])
        if match and key[1] == "amount":
            if match["place"] == "total":
                totals[match["table"], key[2]] = key
            else:
                tables[match["table"], key[2]].append(numbers[key])
    for table, parts in tables.items():
        total = totals.get(table) if table[0] not in part_open else None
        slack = sum((half_step(one) for one in parts), Decimal(0)) + (half_step(numbers[total]) if total else 0)
        if total and abs(sum(parts, Decimal(0)) - numbers[total]) > slack:
            yield issue_at("sum_differs", told[total], f"{sum(parts, Decimal(0))} ≠ {numbers[total]}")


def _quotients(told: dict[CellKey, Claim], numbers: dict[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for (subject, name, year), amount in numbers.items():
        formula = told.get((subject, "formula", year))
        if name == "amount" and formula and quotient_holds(formula.printed, amount) is False:
            yield issue_at("quotient_differs", told[subject, name, year], f"{formula.printed} ≠ {amount}")


def _units(told: dict[CellKey, Claim]) -> Iterator[ReadingIssue]:
    units = {key: parse_value("amount", claim.printed).get("unit") for key, claim in told.items() if key[1] in _MONEY}
    counts = Counter(unit for unit in units.values() if unit)
    usual = counts.most_common(1)[0][0] if counts else None
    for key, unit in units.items():
        if unit and unit != usual and counts[unit] * 4 < counts[usual]:
            yield issue_at("unit_differs", told[key], f"{told[key].printed} ≠ {usual}")


def _executions(told: dict[CellKey, Claim], numbers: dict[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for (subject, name, year), executed in numbers.items():
        budget = numbers.get((subject, "current", year))
        if name == "executed" and budget is not None and executed > budget:
            yield issue_at("execution_above_budget", told[subject, name, year], f"{executed} > {budget}")


def _repeats(told: dict[CellKey, Claim]) -> Iterator[ReadingIssue]:
    numbers: dict[str, list[Claim]] = defaultdict(list)
    for (subject, name, _), claim in told.items():
        if name == "review_number" and subject.startswith("entry/"):
            numbers[claim.printed].append(claim)
    for printed, claims in numbers.items():
        if len(claims) > 1:
            yield issue_at("number_repeats", claims[-1], f"{printed} = {claims[0].place}")
