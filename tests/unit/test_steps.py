"""Planned values that change equally: where one lacks, the steps tell its cell; where they do not, it stays open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hyoka_kg.model import Line, Part, Stretch
from hyoka_kg.sources.reading.steps import stepped, steps_are_equal
from hyoka_kg.sources.reading.tokens import Token, as_token

YEARS = (2014, 2015, 2016, 2017, 2018)


def tokens(*texts: str) -> list[Token]:
    return [as_token(Stretch((Part(Line(at, 1, text), 0, len(text)),))) for at, text in enumerate(texts, 1)]


def told(values: list[str], years: tuple[int | None, ...] = YEARS, loose: tuple[str, ...] = ()) -> list[str | None]:
    slots = stepped(tokens(*values), years, tokens(*loose))
    return [token.text if token else None for token in slots]


def test_a_gap_inside_is_told_by_the_double_step() -> None:
    assert told(["381", "504", "565", "626"]) == ["381", None, "504", "565", "626"]
    assert told(["381", "504", "565", "626"], loose=("3", "442")) == ["381", "442", "504", "565", "626"]


def test_a_gap_at_an_end_is_told_by_the_value_that_stands_alone() -> None:
    assert told(["615", "640", "666", "691"]) == [None] * 5
    assert told(["615", "640", "666", "691"], loose=("716", "12.5")) == ["615", "640", "666", "691", "716"]
    assert told(["615", "640", "666", "691"], loose=("716", "590")) == [None] * 5


@pytest.mark.parametrize(
    "values", [["381", "420", "565", "626"], ["5", "5", "5", "5"], ["1", "2", "3"], ["1", "-", "3", "4"]]
)
def test_a_row_that_does_not_step_equally_tells_nothing(values: list[str]) -> None:
    assert told(values, loose=("442", "7")) == [None] * 5


def test_the_cell_of_an_interim_goal_holds_a_dash() -> None:
    years = (2014, 2015, 2016, None, 2019)
    assert told(["800", "820", "-", "880"], years) == [None, "800", "820", "-", "880"]
    assert told(["80", "82", "-", "88"], years) == [None, None, None, "-", "88"]
    assert told(["78", "82", "-", "88"], years, ("80",)) == ["78", "80", "82", "-", "88"]
    assert told(["78", "80", "82", "88"], years) == ["78", "80", "82", None, "88"]


@given(first=st.integers(0, 5000), step=st.integers(-900, 900), tenths=st.booleans())
def test_rounded_steps_are_equal(first: int, step: int, tenths: bool) -> None:
    digits = Decimal("0.1") if tenths else Decimal(1)
    points = [(year, (Decimal(first) + Decimal(step) * at / 7).quantize(digits)) for at, year in enumerate(YEARS)]
    assume(len({value for _, value in points}) == len(points))
    assert steps_are_equal(points)


@given(first=st.integers(0, 5000), step=st.integers(20, 900), gap=st.integers(1, 3))
def test_a_value_inside_is_put_back_where_it_was(first: int, step: int, gap: int) -> None:
    values = [str(first + step * at) for at in range(5)]
    printed = [value for at, value in enumerate(values) if at != gap]
    assert told(printed) == [None if at == gap else value for at, value in enumerate(values)]
    assert told(printed, loose=(values[gap],)) == values
