"""What values must fulfil over the years of one sheet.

`carry_over_differs`: what one year carries out, the next one carries in. `years_not_of_sheet`: the newest budget is
that of the sheet's year, the request that of the next, and no year is executed before it ends.
`actual_of_a_year_to_come`: an actual value of a year that has not ended. `achievement_differs`: a rate of achievement
is actual over target. `achievement_inverted`: it is target over actual, so that less is better or two rows are swapped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from hyoka_kg.model import CellKey, Claim, ReadingIssue
from hyoka_kg.sources.reading.arithmetic import half_step, rate_may_be
from hyoka_kg.sources.reading.reporting import issue_at

_PROJECT = "entry/1"
_EX_ANTE = "ex-ante"


def check_years(
    told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal], form: str, year: int
) -> Iterator[ReadingIssue]:
    """Yield the rules over years that the claims of one sheet break.

    Args:
        told: Claims that print something, by key.
        numbers: The numbers that they print.
        form: Form of the sheet.
        year: Fiscal year of the sheet.
    """
    yield from _carry_overs(told, numbers)
    yield from _columns(told, year)
    yield from _actuals(told, numbers, year + (form == _EX_ANTE))
    yield from _achievements(told, numbers)


def _carry_overs(told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for (subject, name, year), out in numbers.items():
        key = (subject, "carried-in", (year or 0) + 1)
        if name != "carried-out" or key not in told:
            continue
        carried_in = numbers.get(key, Decimal(0))
        if abs(abs(out) - carried_in) > half_step(out) + half_step(carried_in):
            yield issue_at("carry_over_differs", told[key], f"{abs(out)} (FY{year}) ≠ {carried_in}")


def _columns(told: Mapping[CellKey, Claim], year: int) -> Iterator[ReadingIssue]:
    latest = {"initial": year, "executed": year - 1, "requested": year + 1}
    for name, expected in latest.items():
        years = [key[2] for key in told if key[:2] == (_PROJECT, name) and key[2] is not None]
        if years and max(years) > expected:
            claim = told[_PROJECT, name, max(years)]
            yield issue_at("years_not_of_sheet", claim, f"FY{year}: {name} ≤ FY{expected}")
    requested = [key for key in told if key[:2] == (_PROJECT, "requested")]
    for key in requested:
        if key[2] is not None and key[2] <= year:
            yield issue_at("years_not_of_sheet", told[key], f"FY{year}: FY{year + 1}")


def _actuals(
    told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal], first_to_come: int
) -> Iterator[ReadingIssue]:
    for key in numbers:
        if key[1] == "actual" and key[2] is not None and key[2] >= first_to_come:
            yield issue_at("actual_of_a_year_to_come", told[key], told[key].printed)


def _achievements(told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for (subject, name, year), rate in numbers.items():
        actual, target = numbers.get((subject, "actual", year)), numbers.get((subject, "target", year))
        if name != "achievement_rate" or actual is None or target is None or actual <= 0 or target <= 0:
            continue
        claim, detail = told[subject, name, year], f"{actual} / {target} ≠ {rate}%"
        if rate_may_be(actual, target, rate, is_cut_off=True):
            continue
        if rate_may_be(target, actual, rate, is_cut_off=True):
            yield issue_at("achievement_inverted", claim, f"{rate}% = {target} / {actual}")
        else:
            yield issue_at("achievement_differs", claim, detail)
