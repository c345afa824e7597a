"""Targets of the corpora that are texts: a range keeps both ends, words are a state, what cannot be read says so."""

from __future__ import annotations

import pytest

from hyoka_kg.sources.lookups import IndicatorUnit

CASES = {
    "3～5件": {"comparator": "range", "lower": "3", "upper": "5", "status": "reported"},
    "70％以上": {"comparator": "ge", "value": "70", "status": "reported"},
    "10件未満": {"comparator": "lt", "value": "10", "status": "reported"},
    "12百万円以上": {"comparator": "ge", "value": "12000000", "unit": "jpy", "status": "reported"},
    "1～2億円": {
        "comparator": "range",
        "lower": "100000000",
        "upper": "200000000",
        "unit": "jpy",
        "status": "reported",
    },
    "着実な実施": {"comparator": "state", "status": "reported"},
}


@pytest.mark.parametrize(("printed", "stated"), CASES.items())
def test_a_printed_target_is_stated_as_a_condition(printed: str, stated: dict[str, str]) -> None:
    assert dict(IndicatorUnit.of(None, {}).state(printed)) == {"as_printed": printed, **stated}


@pytest.mark.parametrize(
    ("heading", "printed", "value", "unit"),
    [
        ("百万円", "80以上", "80000000", "jpy"),
        ("千件", "80以上", "80000", "access"),
        # The text has a unit or a scale of its own; the unit of a heading that it leaves aside is not stated.
        ("百万円", "12千円以上", "12000", "jpy"),
        ("千件", "8,365件以上", "8365", None),
        ("千件", "80万以上", "800000", None),
        ("千トン", "80以上", "80", None),
    ],
)
def test_a_condition_is_in_its_own_unit_or_in_that_of_its_heading(
    heading: str, printed: str, value: str, unit: str | None
) -> None:
    stated = dict(IndicatorUnit.of(heading, {"件": "access"}).state(printed))
    assert (stated["value"], stated.get("unit")) == (value, unit)
