"""Both lists of payees: what rank, amount, block and printed order decide, and what they leave open."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.sources.review_sheet.payment_lists import Place, Way, likely_ways
from hyoka_kg.sources.review_sheet.payment_rows import PaymentRow

Printed = tuple[int | None, str]


def rows(*printed: Printed) -> list[PaymentRow]:
    return [PaymentRow(at, rank, {}, Decimal(amount)) for at, (rank, amount) in enumerate(printed)]


def amounts(way: Way) -> dict[Place, str]:
    return {place: str(row.amount) for place, row in sorted(way.items())}


def agreed(ways: list[Way]) -> dict[Place, str]:
    """Return the places at which all ways tell the same amount."""
    told = [amounts(way) for way in ways]
    return {place: amount for place, amount in (told[0] if told else {}).items() if all(place in t for t in told)
            and len({t[place] for t in told}) == 1}  # fmt: skip


def test_the_longer_list_has_every_rank_that_stands_once() -> None:
    printed = rows((1, "19.1"), (1, "0.9"), (2, "0.9"), (4, "0.6"), (3, "0.8"), (6, "0.4"), (5, "0.5"))
    told = agreed(likely_ways(printed, [], "AB", {"A": Decimal("25.8"), "B": Decimal("9.2")}, head=1))
    assert told["A", 1] == "19.1"
    assert [told["B", rank] for rank in (1, 2, 3, 4, 5, 6)] == ["0.9", "0.9", "0.8", "0.6", "0.5", "0.4"]


def test_a_list_is_not_paid_more_than_its_block() -> None:
    printed = rows((1, "7.0"), (1, "6.0"), (2, "5.0"))
    assert likely_ways(printed, [], "AB", {"A": Decimal("7.0"), "B": Decimal("6.0")}, head=None) == []
    [way] = likely_ways(printed, [], "AB", {"A": Decimal("7.0"), "B": Decimal("11.0")}, head=None)
    assert amounts(way) == {("A", 1): "7.0", ("B", 1): "6.0", ("B", 2): "5.0"}


def test_a_torn_rank_is_given_where_the_amount_fits_alone() -> None:
    printed = rows((1, "9.0"), (None, "6.0"), (3, "5.0"), (4, "4.0"))
    assert agreed(likely_ways(printed, [2], "A", {}, head=None))["A", 2] == "6.0"
    assert agreed(likely_ways(rows((1, "9.0"), (None, "6.0"), (3, "7.0")), [2], "A", {}, head=None)) == {}


def test_equal_neighbours_of_both_lists_stay_open() -> None:
    printed = rows((1, "3.0"), (1, "2.9"), (2, "1.0"), (2, "0.9"))
    assert agreed(likely_ways(printed, [], "AB", {}, head=None)) == {}


def test_amounts_that_rise_tell_nothing() -> None:
    assert likely_ways(rows((1, "1.0"), (2, "2.0"), (1, "1.0"), (2, "2.0")), [], "AB", {}, head=None) == []


falling = st.lists(st.integers(1, 999), min_size=4, max_size=8, unique=True).map(lambda one: sorted(one, reverse=True))


@given(first=falling, second=falling)
def test_lists_in_their_order_are_told_whole_and_never_wrong(first: list[int], second: list[int]) -> None:
    true = {
        (name, rank): str(amount) for name, own in (("A", first), ("B", second)) for rank, amount in enumerate(own, 1)
    }
    printed = rows(*((rank, amount) for (_, rank), amount in true.items()))
    told = agreed(likely_ways(printed, [], "AB", {}, head=len(first)))
    assert told == true


@given(first=falling, second=falling, swaps=st.lists(st.integers(0, 14), max_size=2))
def test_neighbours_that_changed_places_make_no_row_wrong(
    first: list[int], second: list[int], swaps: list[int]
) -> None:
    true = {
        (name, rank): str(amount) for name, own in (("A", first), ("B", second)) for rank, amount in enumerate(own, 1)
    }
    order: list[Printed] = [(rank, amount) for (_, rank), amount in true.items()]
    for at in (one for one in swaps if one + 1 < len(order)):
        order[at], order[at + 1] = order[at + 1], order[at]
    told = agreed(likely_ways(rows(*order), [], "AB", {}, head=None))
    assert {place: true.get(place) for place in told} == told
