"""Try what could make a total of its parts: amounts of another phase, parts left out, a part counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from hyoka_kg.validation.causes import Cause

_MILLION_YEN = Decimal(1_000_000)
# More sums than one in twenty of the values that they could take meet the total by accident.
_MOST_CHANCE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Part:
    """An amount of one part, or of the whole where it has no name.

    Attributes:
        name: What to call the part, such as its number in the form; empty for the whole.
        kind: The code of the budget phase.
        value: Yen.
        rounding: Yen of one unit in the last printed digit.
    """

    name: str
    kind: str
    value: Decimal
    rounding: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """A total, the amounts of its own phase, and those of other phases."""

    stated: Part
    parts: Sequence[Part]
    others: Mapping[str, Sequence[Part]]

    @property
    def added(self) -> Decimal:
        """Return the sum of the parts of its own phase, in yen."""
        return _sum(self.parts)

    @property
    def tolerance(self) -> Decimal:
        """Return what the rounding of total and parts explains, in yen."""
        return (self.stated.rounding + sum((part.rounding for part in self.parts), Decimal(0))) / 2

    def meets(self, value: Decimal) -> bool:
        """Return whether a sum is the total within rounding."""
        return abs(value - self.stated.value) <= self.tolerance

    def is_chance(self, tried: int) -> bool:
        """Return whether one of so many sums would meet the total by accident."""
        return tried * (2 * self.tolerance + self.stated.rounding) > _MOST_CHANCE * self.added


def total_of(amounts: Iterable[Part]) -> Total | None:
    """Return the total among some amounts with its parts, or None where there is no single one."""
    whole: list[Part] = []
    by_kind: dict[str, list[Part]] = defaultdict(list)
    for amount in amounts:
        (by_kind[amount.kind] if amount.name else whole).append(amount)
    if len(whole) != 1:
        return None
    own = by_kind.pop(whole[0].kind, [])
    return Total(whole[0], own, dict(sorted(by_kind.items())))


def explain_total(total: Total) -> Cause:
    """Return the first way in which the parts make the total; else which sums were tried."""
    return next((cause for find in _WAYS for cause in find(total)), _tried(total))


def _other_phase(total: Total) -> Iterator[Cause]:
    for kind, parts in total.others.items():
        if total.meets(_sum(parts)) and not total.is_chance(len(total.others)):
            yield Cause("parts-of-another-phase", f"{_shown(total.stated.value)} ≈ {_told(kind, parts)}")


def _left_out(total: Total) -> Iterator[Cause]:
    parts = [part for part in total.parts if part.value > 0]
    tried = 0
    for size in range(1, len(parts)):
        tried += comb(len(parts), size)
        if total.is_chance(tried):
            return
        found = [some for some in combinations(parts, size) if total.meets(total.added - _sum(some))]
        if found:
            yield from [_without(total, found[0])] if len(found) == 1 else ()
            return


def _without(total: Total, some: Sequence[Part]) -> Cause:
    taken = " − ".join(f"{_shown(part.value)} ({part.name})" for part in some)
    return Cause("parts-left-out", f"{_shown(total.stated.value)} ≈ {_shown(total.added)} − {taken}")


def _counted_twice(total: Total) -> Iterator[Cause]:
    found = [part for part in total.parts if part.value > 0 and total.meets(total.added + part.value)]
    if len(found) == 1 and not total.is_chance(len(total.parts)):
        told = f"{_shown(total.added)} + {_shown(found[0].value)} ({found[0].name})"
        yield Cause("part-counted-twice", f"{_shown(total.stated.value)} ≈ {told}")


def _tried(total: Total) -> Cause:
    sums = {total.stated.kind: total.parts, **total.others}
    return Cause("parts-tried", ", ".join(_told(kind, parts) for kind, parts in sums.items()))


def _told(kind: str, parts: Sequence[Part]) -> str:
    return f"{kind} {_shown(_sum(parts))} ({len(parts)})"


def _sum(parts: Iterable[Part]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _shown(yen: Decimal) -> str:
    """Return yen in millions, as the papers print them."""
    return f"{(yen / _MILLION_YEN).normalize():,f}"


_WAYS: tuple[Callable[[Total], Iterable[Cause]], ...] = (_other_phase, _left_out, _counted_twice)
