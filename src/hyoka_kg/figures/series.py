"""The values of one indicator over the years, and what can be said of them by numbers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

Verdict = Literal["met", "missed", "no-target", "undecided"]
Direction = Literal["increase", "decrease", "rank"]

_ON_PATH = ("baseline", "target", "goal")
_DIRECTIONS: dict[str, Direction] = {"ge": "increase", "le": "decrease", "rank-at-least": "rank"}


@dataclass(frozen=True, slots=True)
class Point:
    """What one document says of one year.

    Attributes:
        fiscal_year: The year it is about.
        role: baseline, goal, target, actual and so on.
        comparator: ge, le, eq, approx, rank-at-least or state; empty where none is stated.
        value: The number, or None where the paper states words.
        text: As printed.
        document: Which document says it.
        issued: When.
    """

    fiscal_year: int
    role: str
    comparator: str
    value: Decimal | None
    text: str
    document: str
    issued: str


@dataclass(frozen=True, slots=True)
class Series:
    """The newest statement of each year and role, in order."""

    points: tuple[Point, ...]
    is_disputed: bool

    @property
    def years(self) -> range:
        """Return the years from the first to the last."""
        years = [point.fiscal_year for point in self.points]
        return range(min(years), max(years) + 1)

    @property
    def path(self) -> tuple[Point, ...]:
        """Return baseline, targets and goal that are numbers, one a year."""
        by_year = {p.fiscal_year: p for role in _ON_PATH for p in self.points if p.role == role and p.value is not None}
        return tuple(by_year[year] for year in sorted(by_year))

    @property
    def actuals(self) -> tuple[Point, ...]:
        """Return the actual values that are numbers."""
        return tuple(p for p in self.points if p.role == "actual" and p.value is not None)

    @property
    def expected(self) -> tuple[Point, ...]:
        """Return the expectations (当初見込み) that are numbers; they are no targets and judge nothing."""
        return tuple(p for p in self.points if p.role == "expected" and p.value is not None)

    @property
    def is_drawn(self) -> bool:
        """Return whether any of it is a number that has a place on a scale."""
        return bool(self.path or self.actuals or self.expected)

    @property
    def direction(self) -> Direction | None:
        """Return which way is better, as the targets say it."""
        return next((_DIRECTIONS[p.comparator] for p in self.path if p.comparator in _DIRECTIONS), None)

    def target_of(self, year: int) -> Point | None:
        """Return the target of a year, or the goal where it is for that year."""
        for role in ("target", "goal"):
            for point in self.points:
                if (point.fiscal_year, point.role) == (year, role) and (point.value is not None or point.text):
                    return point
        return None

    def verdict_of(self, actual: Point) -> Verdict:
        """Return whether an actual value meets the target of its year."""
        target = self.target_of(actual.fiscal_year)
        if target is None:
            return "no-target"
        if target.value is None or actual.value is None:
            return "undecided"
        if target.comparator == "ge":
            return "met" if actual.value >= target.value else "missed"
        if target.comparator in ("le", "rank-at-least"):
            return "met" if actual.value <= target.value else "missed"
        if target.comparator == "eq":
            return "met" if actual.value == target.value else "missed"
        return "undecided"


def read_series(table: Iterable[Mapping[str, str]]) -> Series:
    """Return the series of the rows of tr03; of one year and role the newest document is kept."""
    newest: dict[tuple[int, str], Point] = {}
    is_disputed = False
    for point in sorted(_points(table), key=lambda p: (p.fiscal_year, p.issued)):
        former = newest.get((point.fiscal_year, point.role))
        is_disputed |= former is not None and (former.value, former.comparator) != (point.value, point.comparator)
        newest[point.fiscal_year, point.role] = point
    return Series(tuple(newest.values()), is_disputed)


def _points(table: Iterable[Mapping[str, str]]) -> list[Point]:
    return [
        Point(
            fiscal_year=int(row["fy"]),
            role=row["role"],
            comparator=row["comparator"],
            value=_decimal(row["value"]),
            text=" ".join(row["as_printed"].split()),
            document=row["document"],
            issued=row["issued"],
        )
        for row in table
        if row["fy"].isdecimal()
    ]


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
