"""Rows that lack a value: which cells the others stand in, as far as every arrangement that the numbers allow agrees.

A row of a form has as many cells as there are headings. Where fewer values are printed together, one was torn away or
left out, and which one the text does not tell. Every way to put the values into the cells is tried against the
relations of the form (sums, rates, quotients); a cell is claimed where all ways that hold put the same value into it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from hyoka_kg.sources.reading.tokens import Token

Slots = tuple[Token | None, ...]
Table = Mapping[str, Slots]
# Returns how many relations hold, or None where one is broken; relations that lack a number are not counted.
Check = Callable[[Table], int | None]
_MOST_GAPS = 2
_FEWEST_RELATIONS = 2
_MOST_WAYS = 4000


def arrangements(values: Sequence[Token], cells: int) -> list[Slots]:
    """Return every way to put values, in their order, into so many cells; none where too many are missing."""
    if not 0 <= cells - len(values) <= min(_MOST_GAPS, cells - 1):
        return []
    return [_put(values, places, cells) for places in itertools.combinations(range(cells), len(values))]


def _put(values: Sequence[Token], places: tuple[int, ...], cells: int) -> Slots:
    at = dict(zip(places, values, strict=True))
    return tuple(at.get(place) for place in range(cells))


def fit(options: Mapping[str, Sequence[Slots]], check: Check) -> dict[str, Slots]:
    """Return each row with the cells in which all arrangements agree that the relations allow.

    Args:
        options: The arrangements of each row.
        check: The relations of the table.

    Returns:
        Rows of one arrangement as they are. The others lose the cells in which arrangements differ, and all of them
        where no relation could be counted or every arrangement breaks one.
    """
    open_rows = {name for name, ways in options.items() if len(ways) > 1}
    ways = list(consistent(options, check)) if open_rows else []
    return {
        name: agreed([way[name] for way in ways], len(rows[0])) if name in open_rows else rows[0]
        for name, rows in options.items()
        if rows
    }


def best(options: Mapping[str, Sequence[Slots]], check: Check) -> dict[str, Slots]:
    """Return each row with the cells in which those tables agree in which most relations hold.

    Unlike `fit`, an option may be empty: a row that was perhaps not found. A cell is told where it prints the same in
    the table in which most relations hold and in all that are only one relation worse. A row on which fewer than two
    relations rest is left out.
    """
    scored = sorted(((check(table) or 0, table) for table in consistent(options, check)), key=lambda one: -one[0])
    if not scored:
        return {}
    most, first = scored[0]
    told: dict[str, Slots] = {}
    for name in first:
        rivals = [table[name] for score, table in scored if score >= most - 1 and any(table[name])]
        if _supports(first, name, check, most):
            told[name] = _agreed_text(rivals)
    return told


def _agreed_text(ways: Sequence[Slots]) -> Slots:
    columns = zip(*ways, strict=True)
    return tuple(one[0] if len({token.text if token else None for token in one}) == 1 else None for one in columns)


def _supports(table: Table, name: str, check: Check, score: int) -> bool:
    without = check({**table, name: (None,) * len(table[name])})
    return without is not None and score - without >= _FEWEST_RELATIONS


def consistent(options: Mapping[str, Sequence[Slots]], check: Check) -> Iterator[Table]:
    """Yield every table, one arrangement a row, in which relations hold and none is broken."""
    count = 1
    for rows in options.values():
        count *= max(len(rows), 1)
    if count > _MOST_WAYS:
        return
    names = [name for name, rows in options.items() if rows]
    for rows in itertools.product(*(options[name] for name in names)):
        table = dict(zip(names, rows, strict=True))
        if check(table):
            yield table


def agreed(ways: Sequence[Slots], cells: int) -> Slots:
    """Return the cells into which all ways put the same token; nothing where there is no way."""
    if not ways:
        return (None,) * cells
    return tuple(_same(column) for column in zip(*ways, strict=True))


def _same(column: tuple[Token | None, ...]) -> Token | None:
    return column[0] if len({id(token) for token in column}) == 1 else None


def fill(table: Table, name: str, loose: Sequence[Token], check: Check) -> Slots:
    """Return a row with its gaps filled, as far as one printed token alone makes more relations hold in a gap.

    Args:
        table: The rows as far as they are told.
        name: The row with gaps.
        loose: Tokens that stand alone.
        check: The relations of the table.
    """
    before = check(table)
    found: dict[int, Token] = {}
    for place in [at for at, token in enumerate(table[name]) if token is None]:
        fits = [token for token in loose if _holds_more(table, name, place, token, check, before)]
        if len(fits) == 1:
            found[place] = fits[0]
    is_each_once = len({id(token) for token in found.values()}) == len(found)
    return tuple(found.get(at, token) for at, token in enumerate(table[name])) if is_each_once else table[name]


def _holds_more(table: Table, name: str, place: int, token: Token, check: Check, before: int | None) -> bool:
    row = table[name]
    after = check({**table, name: (*row[:place], token, *row[place + 1 :])})
    return before is not None and after is not None and after > before
