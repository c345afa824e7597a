"""Targets of a row that lacks one of them, told by their equal steps towards the goal (`equal_steps`)."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.sources.ex_ante.families import Row, counts_like, targets_of
from hyoka_kg.sources.ex_ante.measures import Measure
from hyoka_kg.sources.reading.steps import EQUAL_STEPS, stepped
from hyoka_kg.sources.reading.tokens import Token


def place_steps(measure: Measure, row: Row, loose: Sequence[Token], years: Sequence[int]) -> None:
    """Put the targets of a row into their years, with one that stands alone, as far as equal steps tell.

    Args:
        measure: The indicator with the cells behind its name.
        row: What is told of its row; the goal, with its year, ends the steps.
        loose: Values of the page that no row holds.
        years: Fiscal years of the columns of targets.
    """
    end = next(((one.token, one.year) for one in row.placed if one.field == "goal"), None)
    targets = targets_of(measure)
    if end is None or end[1] is None or row.get("target") or not all(counts_like(one, end[0]) for one in targets):
        return
    more = [token for token in loose if counts_like(token, end[0]) and token not in targets]
    slots = stepped([*targets, end[0]], [*years, end[1]], more)
    for year, token in zip(years, slots, strict=False):
        if token and token is not end[0]:
            row.put("target", year, token, EQUAL_STEPS)
