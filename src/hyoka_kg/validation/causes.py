"""Show a probable cause why two statements differ: only where the arithmetic comes out, never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from hyoka_kg.model import Finding
from hyoka_kg.validation.messages import fill

_SLIPS = (3, 4, 6, 8)
# Below ten steps of the last digit two numbers meet by accident too often to show anything.
_LEAST_STEPS = 10
_DIGITS_TO_SWAP = 3
# A document that tells so many kinds of values of a year, all of them zero, has left the year blank.
_LEAST_ZEROS = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """What a document tells: a value of a kind (a budget phase, the role of an indicator value) for a fiscal year.

    Attributes:
        side: `own` or `other`, the document of the first or of the second statement.
        kind: The code of the phase or role.
        year: The fiscal year.
        value: The value, in yen or in the unit of the indicator.
    """

    side: str
    kind: str
    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Cause:
    """A probable cause: its code in `causes.yml`, and the arithmetic that shows it."""

    code: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two statements that differ, what their documents tell besides, and one step of the last digit."""

    own: Telling
    other: Telling
    around: tuple[Telling, ...]
    step: Decimal

    def near(self, one: Decimal, two: Decimal) -> bool:
        """Return whether two values are the same within one step of rounding."""
        return abs(one - two) <= self.step

    def is_telling(self, value: Decimal) -> bool:
        """Return whether a value is large enough that meeting it is no accident."""
        return abs(value) >= _LEAST_STEPS * self.step

    def shown(self, value: Decimal) -> str:
        """Return a value in steps of the last digit, as the papers print it."""
        return f"{(value / self.step).normalize():,f}"


def probable_cause(difference: Difference) -> Cause | None:
    """Return the first cause whose arithmetic comes out, or None."""
    return next((cause for find in _CAUSES for cause in find(difference)), None)


def with_cause(finding: Finding, cause: Cause) -> Finding:
    """Return a finding that tells a probable cause: as values, and as a sentence after each message."""
    values = {"cause": cause.code, "arithmetic": cause.arithmetic}
    sentences = _sentences()[cause.code]
    return replace(
        finding,
        values=(*finding.values, *values.items()),
        message_ja=finding.message_ja + fill(sentences["ja"], values),
        message_en=f"{finding.message_en} {fill(sentences['en'], values)}",
    )


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("causes.yml").read_text(encoding="utf-8")
    sentences: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return sentences


def _zero_throughout(it: Difference) -> Iterator[Cause]:
    """Forms that know no blank print zero for what they cannot tell, such as a part of a larger sum (内数)."""
    for mine, theirs in ((it.own, it.other), (it.other, it.own)):
        told = [one for one in it.around if (one.side, one.year) == (mine.side, mine.year)]
        kinds = sorted({one.kind for one in told})
        if it.is_telling(theirs.value) and len(kinds) >= _LEAST_ZEROS and not any(one.value for one in told):
            yield Cause("zero-throughout", f"FY{mine.year} {', '.join(kinds)} = 0")


def _slipped_unit(it: Difference) -> Iterator[Cause]:
    small, large = sorted((it.own.value, it.other.value))
    for power in _SLIPS if small > 0 else ():
        if it.is_telling(large) and abs(small * 10**power - large) <= it.step / 2:
            yield Cause("unit-slip", f"{it.shown(large)} = {it.shown(small)} × 10^{power}")


def _shifted_year(it: Difference) -> Iterator[Cause]:
    for mine, theirs in ((it.own, it.other), (it.other, it.own)):
        for told in it.around:
            is_next = told.kind == mine.kind and abs(told.year - mine.year) == 1 and told.side == theirs.side
            if is_next and it.is_telling(mine.value) and told.value == mine.value:
                yield Cause("shifted-year", f"{it.shown(mine.value)} = FY{told.year} {it.shown(told.value)}")


def _added_years(it: Difference) -> Iterator[Cause]:
    small, large = sorted((it.own, it.other), key=lambda telling: telling.value)
    for told in it.around:
        is_next = told.kind == small.kind and abs(told.year - small.year) == 1
        if is_next and it.is_telling(told.value) and it.near(small.value + told.value, large.value):
            sum_ = f"{it.shown(small.value)} + {it.shown(told.value)}"
            yield Cause("years-added", f"{it.shown(large.value)} = {sum_} (FY{told.year})")


def _other_basis(it: Difference) -> Iterator[Cause]:
    for mine, theirs in ((it.own, it.other), (it.other, it.own)):
        for told in it.around:
            is_basis = told.year == mine.year and told.kind != mine.kind and told.side == theirs.side
            if is_basis and it.is_telling(mine.value) and told.value == mine.value:
                yield Cause("other-basis", f"{it.shown(mine.value)} = {told.kind} {it.shown(told.value)}")


def _swapped_digits(it: Difference) -> Iterator[Cause]:
    one, two = (_digits(telling.value / it.step) for telling in (it.own, it.other))
    if len(one) != len(two) or len(one) < _DIGITS_TO_SWAP:
        return
    places = [place for place, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    first, last = (places[0], places[-1]) if places else (0, 0)
    if last == first + 1 and (one[first], one[last]) == (two[last], two[first]):
        yield Cause("digits-swapped", f"{one} ↔ {two}")


def _digits(steps: Decimal) -> str:
    return f"{steps.normalize():f}" if steps == steps.to_integral_value() else ""


_CAUSES: tuple[Callable[[Difference], Iterable[Cause]], ...] = (
    _zero_throughout,
    _slipped_unit,
    _shifted_year,
    _added_years,
    _other_basis,
    _swapped_digits,
)
