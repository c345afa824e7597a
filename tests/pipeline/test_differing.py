"""What two tellings differ in: values that moved, came or went; amounts rounded twice are no change."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.pipeline.differing import Fact, FactKey, changes


def _key(kind: str, year: str = "2016") -> FactKey:
    return FactKey("mic/cms", "", kind, "計", "current budget", year)


def _told(**values: str) -> dict[FactKey, Fact]:
    return {_key(kind): Fact(value) for kind, value in values.items()}


def test_a_change_says_what_moved_and_how() -> None:
    before = _told(amount="5", name="旧", start="2002")
    after = _told(amount="8", name="旧", indicator="3")
    found = [
        (one.key.kind, one.manner, one.before.value, one.after.value) for one in changes(before, after, Decimal(1))
    ]
    assert found == [("amount", "changed", "5", "8"), ("indicator", "added", "", "3"), ("start", "removed", "2002", "")]


def test_amounts_within_rounding_are_no_change_and_other_values_are() -> None:
    assert list(changes(_told(amount="5.4"), _told(amount="6"), Decimal(1))) == []
    assert len(list(changes(_told(amount="5.4"), _told(amount="6"), Decimal(0)))) == 1
    assert len(list(changes(_told(indicator="5.4"), _told(indicator="6"), Decimal(1)))) == 1
    assert len(list(changes(_told(amount="5; 6"), _told(amount="5"), Decimal(1)))) == 1


def test_another_unit_is_a_change_and_one_that_is_not_told_is_none() -> None:
    cases, people, silent = Fact("5", "件", "case"), Fact("5", "人", "person"), Fact("5")
    key = _key("indicator")
    assert [(one.before, one.after) for one in changes({key: cases}, {key: people}, Decimal(0))] == [(cases, people)]
    assert list(changes({key: cases}, {key: silent}, Decimal(0))) == []
    assert cases.beside(silent).parts("ja") == [("5", "件"), ("5", "")]


_facts = st.dictionaries(
    st.builds(_key, st.sampled_from(["amount", "name", "indicator"]), st.integers(2010, 2014).map(str)),
    st.builds(Fact, st.integers(0, 5).map(str), st.sampled_from(["", "件", "人"])),
)


@given(_facts, _facts)
def test_changes_backwards_are_changes_turned_round(before: dict[FactKey, Fact], after: dict[FactKey, Fact]) -> None:
    ahead = [(one.key, one.before, one.after) for one in changes(before, after, Decimal(0))]
    back = [(one.key, one.after, one.before) for one in changes(after, before, Decimal(0))]
    assert ahead == back
    assert list(changes(before, before, Decimal(0))) == []
