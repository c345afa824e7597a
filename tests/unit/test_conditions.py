"""Targets of the corpora that are texts: a range keeps both ends, words are a state, what cannot be read says so."""

from __future__ import annotations

import pytest

from hyoka_kg.sources.lookups import IndicatorUnit

CASES = {
    "3～5件": {"comparator": "range", "lower": "3", "upper": "5", "status": "reported"},
    "70％以上": {"comparator": "ge", "value": "70", "status": "reported"},
    "10件未満": {"comparator": "lt", "value": "10", "status": "reported"},
    "着実な実施": {"comparator": "state", "status": "reported"},
}


@pytest.mark.parametrize(("printed", "stated"), CASES.items())
def test_a_printed_target_is_stated_as_a_condition(printed: str, stated: dict[str, str]) -> None:
    assert dict(IndicatorUnit.of(None, {}).state(printed)) == {"as_printed": printed, **stated}
