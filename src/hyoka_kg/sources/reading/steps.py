"""Rows of planned values that change equally from year to year: where a row lacks a value, its steps tell the cell.

`equal_steps`: of all ways to put the printed values, and one that stands alone, into the cells of a row, one alone has
equal steps within the rounding of the printed digits. A row that does not step equally tells nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from hyoka_kg.sources.reading.arithmetic import half_step, number_of
from hyoka_kg.sources.reading.fitting import Slots, agreed, arrangements
from hyoka_kg.sources.reading.tokens import Kind, Token

EQUAL_STEPS = "equal_steps"
Point = tuple[int, Decimal]
_FEWEST_POINTS = 3
# A cell without a year of its own holds a dash, or nothing at all.
Years = Sequence[int | None]


def steps_are_equal(points: Sequence[Point]) -> bool:
    """Return whether values change by the same amount each year, rounding of the printed digits allowed for.

    Fewer than three values tell nothing, nor do values that do not change.

    >>> steps_are_equal([(2015, Decimal(381)), (2017, Decimal(504)), (2018, Decimal(565))])
    True
    >>> steps_are_equal([(2015, Decimal(381)), (2016, Decimal(504)), (2017, Decimal(565))])
    False
    """
    by_year = dict(points)
    is_one_a_year = all(by_year[year] == value for year, value in points)
    if not is_one_a_year or len(by_year) < _FEWEST_POINTS or len(set(by_year.values())) < len(by_year):
        return False
    slack = 2 * max(map(half_step, by_year.values()))
    slopes = [
        ((b - a - slack) / (later - earlier), (b - a + slack) / (later - earlier))
        for (earlier, a), (later, b) in itertools.combinations(sorted(by_year.items()), 2)
    ]
    return max(low for low, _ in slopes) <= min(high for _, high in slopes)


def stepped(values: Sequence[Token], years: Years, loose: Sequence[Token]) -> Slots:
    """Return the cells of a row that lacks one value, as far as equal steps tell them.

    Args:
        values: The printed values, in their order.
        years: The fiscal year of each cell; None for a cell of no year.
        loose: Values that stand alone, one of which may be the missing one.
    """
    cells = len(years)
    if len(values) != cells - 1:
        return (None,) * cells
    ways = arrangements(values, cells)
    whole = [way for one in ways for token in loose if _holds(way := _with(one, token), years)]
    if len({tuple(token.text for token in way if token) for way in whole}) == 1:
        return whole[0]
    return agreed([way for way in ways if _holds(way, years)], cells) if not whole else (None,) * cells


def _with(slots: Slots, token: Token) -> Slots:
    return tuple(one or token for one in slots)


def _holds(slots: Slots, years: Years) -> bool:
    if any(year is None and token and token.kind is not Kind.DASH for token, year in zip(slots, years, strict=True)):
        return False
    dated = [(year, token) for token, year in zip(slots, years, strict=True) if token and year is not None]
    points = [(year, number) for year, token in dated if (number := number_of(token)) is not None]
    return len(points) == len(dated) and steps_are_equal(points)
