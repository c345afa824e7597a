"""Rows that lack a value: what the relations decide, and what they leave open."""

from __future__ import annotations

from hyoka_kg.model import Line, Part, Stretch
from hyoka_kg.sources.reading.arithmetic import number_of
from hyoka_kg.sources.reading.fitting import Slots, Table, arrangements, best, fill, fit
from hyoka_kg.sources.reading.tokens import Token, as_token


def tokens(*texts: str) -> list[Token]:
    return [as_token(Stretch((Part(Line(at, 1, text), 0, len(text)),))) for at, text in enumerate(texts, 1)]


def texts(slots: Slots) -> list[str | None]:
    return [token.text if token else None for token in slots]


def doubles(table: Table) -> int | None:
    """The row `twice` is two times the row `once`, cell by cell."""
    pairs = [(a, b) for a, b in zip(table["once"], table["twice"], strict=True) if a and b]
    holds = [number_of(b) == 2 * (number_of(a) or 0) for a, b in pairs]
    return len(holds) if all(holds) else None


def test_arrangements_keep_the_order_and_give_up_where_too_many_lack() -> None:
    assert [texts(one) for one in arrangements(tokens("1", "2"), 3)] == [
        ["1", "2", None],
        ["1", None, "2"],
        [None, "1", "2"],
    ]
    assert arrangements(tokens("1"), 5) == []
    assert arrangements(tokens("1", "2", "3"), 2) == []


def test_a_short_row_is_told_where_one_arrangement_alone_fits() -> None:
    options = {"once": arrangements(tokens("1", "2", "3"), 3), "twice": arrangements(tokens("2", "6"), 3)}
    assert texts(fit(options, doubles)["twice"]) == ["2", None, "6"]


def test_cells_in_which_the_arrangements_differ_stay_open() -> None:
    options = {"once": arrangements(tokens("1", "1", "3"), 3), "twice": arrangements(tokens("2", "6"), 3)}
    assert texts(fit(options, doubles)["twice"]) == [None, None, "6"]


def test_a_row_that_breaks_every_relation_tells_nothing() -> None:
    options = {"once": arrangements(tokens("1", "2", "3"), 3), "twice": arrangements(tokens("7", "9"), 3)}
    assert texts(fit(options, doubles)["twice"]) == [None, None, None]
    assert texts(fit(options, doubles)["once"]) == ["1", "2", "3"]


def test_a_loose_value_fills_a_gap_only_if_it_alone_fits() -> None:
    [once] = arrangements(tokens("1", "2", "3"), 3)
    [first, third] = tokens("2", "6")
    table = {"once": once, "twice": (first, None, third)}
    assert texts(fill(table, "twice", tokens("4", "5"), doubles)) == ["2", "4", "6"]
    assert texts(fill(table, "twice", tokens("4", "4"), doubles)) == ["2", None, "6"]
    assert texts(fill(table, "twice", tokens("5"), doubles)) == ["2", None, "6"]


def test_a_row_without_a_label_needs_two_relations() -> None:
    nothing: Slots = (None, None, None)
    [once] = arrangements(tokens("1", "2", "3"), 3)
    strong = {"once": [once], "twice": [nothing, *arrangements(tokens("2", "4", "6"), 3)]}
    weak = {"once": [(once[0], None, None)], "twice": [nothing, *arrangements(tokens("2", "4", "6"), 3)]}
    assert texts(best(strong, doubles)["twice"]) == ["2", "4", "6"]
    assert "twice" not in best(weak, doubles)
