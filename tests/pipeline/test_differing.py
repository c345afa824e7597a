"""What two tellings differ in: values that moved, came or went; amounts rounded twice are no change."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.pipeline.differing import FactKey, changes


def _key(kind: str, year: str = "2016") -> FactKey:
    return FactKey("mic/cms", "", kind, "計", "current budget", year)


def test_a_change_says_what_moved_and_how() -> None:
    before = {_key("amount"): "5", _key("name"): "旧", _key("start"): "2002"}
    after = {_key("amount"): "8", _key("name"): "旧", _key("indicator"): "3"}
    found = [(one.key.kind, one.manner, one.before, one.after) for one in changes(before, after, Decimal(1))]
    assert found == [("amount", "changed", "5", "8"), ("indicator", "added", "", "3"), ("start", "removed", "2002", "")]


def test_amounts_within_rounding_are_no_change_and_other_values_are() -> None:
    assert list(changes({_key("amount"): "5.4"}, {_key("amount"): "6"}, Decimal(1))) == []
    assert len(list(changes({_key("amount"): "5.4"}, {_key("amount"): "6"}, Decimal(0)))) == 1
    assert len(list(changes({_key("indicator"): "5.4"}, {_key("indicator"): "6"}, Decimal(1)))) == 1
    assert len(list(changes({_key("amount"): "5; 6"}, {_key("amount"): "5"}, Decimal(1)))) == 1


_facts = st.dictionaries(
    st.builds(_key, st.sampled_from(["amount", "name", "indicator"]), st.integers(2010, 2014).map(str)),
    st.integers(0, 5).map(str),
)


@given(_facts, _facts)
def test_changes_backwards_are_changes_turned_round(before: dict[FactKey, str], after: dict[FactKey, str]) -> None:
    ahead = [(one.key, one.before, one.after) for one in changes(before, after, Decimal(0))]
    back = [(one.key, one.after, one.before) for one in changes(after, before, Decimal(0))]
    assert ahead == back
    assert list(changes(before, before, Decimal(0))) == []
