"""Find what split off or was taken in while a project went on: its figures changed by just what another sheet tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.linking.identity.sums import MILLION, WIDTH, amounts_weight

# What is given and what is spent; the current budget (歳出予算現額) follows from them and proves nothing more.
_TOLD = ("initial", "supplementary", "executed")
_LEAST_WEIGHT = 1.5
_Figures = Mapping[tuple[str, int], int]


class Rest(NamedTuple):
    """That a sheet tells what a project lost or gained from one year to the next.

    Attributes:
        whole: Place of the sheet that has the larger figures.
        rest: Place of the sheet of the other year that goes on from it, or that it goes on from.
        part: Place of the sheet, in the year of the latter, that tells the difference.
        equal: How many amounts differ by what the part tells.
        weight: How much they say, in orders of magnitude.
    """

    whole: int
    rest: int
    part: int
    equal: int
    weight: float

    @property
    def compared(self) -> int:
        """Return how many amounts of the part could be compared: all of them have to be equal."""
        return self.equal


def find_rests(
    wholes: Sequence[SheetDigest],
    others: Sequence[SheetDigest],
    pairs: Iterable[tuple[int, int]],
    free: Iterable[int],
    is_related: Callable[[int, int], bool],
) -> list[Rest]:
    """Return what fits, each part once; a part that fits several projects, and parts that fit one, are left out.

    Args:
        wholes: The sheets of the year with the larger figures.
        others: The sheets of the other year.
        pairs: The places in either of the sheets that are one project.
        free: The places among the others of the sheets that no project of the year of the wholes has.
        is_related: Whether anything but figures relates a sheet among the wholes to one among the others.
    """
    of: dict[str, list[tuple[int, _Figures]]] = defaultdict(list)
    for place in free:
        of[others[place].key.ministry].append((place, _figures(others[place])))
    found: dict[int, list[Rest]] = defaultdict(list)
    for whole, rest in pairs:
        total, left = _figures(wholes[whole]), _figures(others[rest])
        lost = {cell: yen - left[cell] for cell, yen in total.items() if cell in left}
        if any(abs(yen) > MILLION for yen in lost.values()):
            for part, figures in of[wholes[whole].key.ministry]:
                found[part] += _fitting((whole, rest, part), lost, figures)
    related = ([fit for fit in fits if is_related(fit.whole, fit.part)] for _, fits in sorted(found.items()))
    sole = [fits[0] for fits in related if len(fits) == 1]
    told = Counter((fit.whole, fit.rest) for fit in sole)
    return [fit for fit in sole if told[fit.whole, fit.rest] == 1]


def _figures(digest: SheetDigest) -> _Figures:
    return {cell: yen for cell, yen in digest.amounts.items() if cell[0] in _TOLD}


def _fitting(places: tuple[int, int, int], lost: _Figures, figures: _Figures) -> Iterator[Rest]:
    """Yield the rest, where every amount that was lost is the part's, and every amount of the part was lost."""
    cells = {*lost} & {*figures} | {cell for cell, yen in lost.items() if abs(yen) > MILLION}
    gaps = {cell: abs(lost[cell] - figures.get(cell, 0)) for cell in cells}
    equal = {abs(figures[cell]): WIDTH if gap else 1 for cell, gap in gaps.items() if cell in figures}
    weight = amounts_weight({yen: width for yen, width in equal.items() if yen > MILLION})
    if max(gaps.values()) <= MILLION and weight >= _LEAST_WEIGHT:
        yield Rest(*places, len(equal), weight)
