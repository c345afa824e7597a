"""In which list and at which rank each row of payees stands, as far as all likely ways to share them out agree.

A way gives every row a list and a rank; a row whose rank stands torn away takes one that is printed alone. It holds
where no place is taken twice, the amounts of each list fall with the rank, and they do not exceed the amount of the
block that was paid. Of the ways that hold those count in which fewest rows are out of their printed order and fewest
ranks are without a row; a cell is claimed where all of them print the same.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.reading.arithmetic import half_step
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.review_sheet.payment_rows import PaymentRow

Place = tuple[str, int]
Way = dict[Place, PaymentRow]
_RANKS = 10
_MOST_BARE = 5
_MOST_WAYS = 20_000
# How many exchanged rows weigh as much as a rank that no row has, and how much worse a way may be and still count.
_GAP = 3
_MARGIN = 2


def likely_ways(
    rows: Sequence[PaymentRow], torn: Sequence[int], lists: str, totals: Mapping[str, Decimal], head: int | None
) -> list[Way]:
    """Return the ways to share out rows that count; none where no way holds, or too many would have to be tried.

    Args:
        rows: The rows in printed order.
        torn: Ranks that are printed alone, each as often as it is.
        lists: The letters of the lists.
        totals: What was paid in all, for the lists of which it is told.
        head: Place of the head of the second list among the rows, where it is told.
    """
    if sum(row.rank is None for row in rows) > _MOST_BARE:
        return []
    ways = list(itertools.islice(_ways(rows, torn, lists, totals), _MOST_WAYS + 1))
    if not ways or len(ways) > _MOST_WAYS:
        return []
    costs = [_cost(way, lists, len(rows), head) for way in ways]
    return [way for way, cost in zip(ways, costs, strict=True) if cost <= min(costs) + _MARGIN]


def paid_amounts(ledger: Ledger, unit: str) -> dict[str, Decimal]:
    """Return what each block of the flow of money was paid, by its letter, where it is told in one unit."""
    paid = {}
    for claim in ledger.claims:
        kind, _, name = claim.subject.partition("/")
        facts = parse_value("amount", claim.printed)
        if kind == "block" and claim.field == "amount" and facts.get("unit") == unit and "value" in facts:
            paid[name] = Decimal(str(facts["value"]))
    return paid


def _ways(rows: Sequence[PaymentRow], torn: Sequence[int], lists: str, totals: Mapping[str, Decimal]) -> Iterator[Way]:
    bare = [row for row in rows if row.rank is None]
    printed = Counter(torn)
    for ranks in itertools.product(sorted(printed) or [0], repeat=len(bare)):
        if Counter(ranks) <= printed or not bare:
            given = dict(zip(map(id, bare), ranks, strict=True))
            ranked = [[row for row in rows if rank == (row.rank or given[id(row)])] for rank in range(1, _RANKS + 1)]
            yield from _shared_out(ranked, lists, totals, {})


def _shared_out(
    ranked: Sequence[Sequence[PaymentRow]], lists: str, totals: Mapping[str, Decimal], way: Way
) -> Iterator[Way]:
    """Yield every way to give the rows of each rank to different lists, rank after rank."""
    if not ranked:
        yield way
        return
    rank = _RANKS - len(ranked) + 1
    for order in itertools.permutations(lists, len(ranked[0])):
        more = {(name, rank): row for name, row in zip(order, ranked[0], strict=True)}
        if all(_goes_on(way, name, row, totals) for (name, _), row in more.items()):
            yield from _shared_out(ranked[1:], lists, totals, way | more)


def _goes_on(way: Way, name: str, row: PaymentRow, totals: Mapping[str, Decimal]) -> bool:
    """Return whether a row may be the next of a list: it is not above the rows before, nor all together too much."""
    if row.amount is None:
        return True
    before = [one.amount for (own, _), one in way.items() if own == name and one.amount is not None]
    added = sum(before, row.amount)
    slack = half_step(row.amount) * (len(before) + 1)
    return (not before or row.amount <= before[-1]) and (name not in totals or added <= totals[name] + slack)


def _cost(way: Way, lists: str, rows: int, head: int | None) -> int:
    """Return how many pairs of rows, head included, are out of order, with what ranks without a row weigh."""
    in_order = sorted((*place, row.at) for place, row in way.items())
    in_order += [(lists[-1], 0, head)] if head is not None and len(lists) > 1 else []
    printed = [at for *_, at in sorted(in_order)]
    exchanged = sum(first > second for first, second in itertools.combinations(printed, 2))
    gaps = sum(max(ranks, default=1) - len(ranks) for ranks in ([r for n, r in way if n == name] for name in lists))
    return exchanged + _GAP * (gaps + rows - len(way))
