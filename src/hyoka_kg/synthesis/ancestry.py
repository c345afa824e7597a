"""What a project of the fictitious government inherits: its home, and the money of the years before it was born."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.ministry import MinistryYear, Project
from hyoka_kg.synthesis.money import Budget, true_budget
from hyoka_kg.synthesis.words import rates, words


@dataclass(frozen=True, slots=True)
class Ministry:
    """A ministry of the fictitious government, as `words.yml` names it."""

    name: str
    abbreviation: str
    slug: str
    name_en: str
    weight: int


@dataclass(frozen=True, slots=True)
class Birth:
    """How a project came into being.

    Attributes:
        fiscal_year: Year of its first sheet.
        start: Fiscal year in which its work began.
        parents: What it was merged or split from; none where it was founded.
        part: Share of its only parent that it took, as (numerator, is_first); None where it took all.
    """

    fiscal_year: int
    start: int
    parents: tuple[int, ...] = ()
    part: tuple[float, bool] | None = None


@dataclass
class Ancestry:
    """The births of all projects so far; a few numbers a project, so that years can pass by the thousand."""

    seed: int
    first: int
    births: dict[int, Birth] = field(default_factory=dict)

    def learn(self, year: MinistryYear) -> None:
        """Take note of the projects that first appear in a year."""
        for one in year.projects:
            if one.id not in self.births:
                self.births[one.id] = self._birth(one, year)

    def _birth(self, project: Project, year: MinistryYear) -> Birth:
        parents = tuple(one for one in project.predecessors if one != project.id)
        starts = [self.births[one].start for one in parents] or [project.start_fiscal_year]
        if len(parents) != 1:
            return Birth(year.fiscal_year, min(starts), parents)
        first = min(one.id for one in year.projects if one.predecessors == parents)
        share = stream(self.seed, "share", parents[0]).uniform(0.2, 0.8)
        return Birth(year.fiscal_year, min(starts), parents, (share, project.id == first))

    def root(self, project: int) -> int:
        """Return the founded project that a project came from, along the first of its parents."""
        while self.births[project].parents:
            project = self.births[project].parents[0]
        return project

    def home(self, project: int, fiscal_year: int) -> Ministry:
        """Return the ministry that a project belongs to in a year; what it came from decides, then transfers."""
        return _home(self.seed, self.root(project), self.first, fiscal_year)

    def budget(self, project: int, fiscal_year: int) -> Budget | None:
        """Return the true money of a year: its own, or that of what it came from; None before its work began."""
        birth = self.births[project]
        if fiscal_year < birth.start:
            return None
        if fiscal_year >= birth.fiscal_year or not birth.parents:
            return true_budget(self.seed, project, fiscal_year)
        former = [known for one in birth.parents if (known := self.budget(one, fiscal_year)) is not None]
        whole = _total(former)
        return whole if birth.part is None or whole is None else _cut(whole, *birth.part)

    def prints_history(self, project: int) -> bool:
        """Return whether a project tells of the money of the years before its birth."""
        chance = stream(self.seed, "history", project)
        return not (self.births[project].parents and happens(chance, rates("identity")["heir_without_history"]))

    def told(self, project: int, sheet_year: int, fiscal_year: int) -> int:
        """Return the execution that a sheet tells of an earlier year: seldom another than the sheet before told."""
        budget = self.budget(project, fiscal_year)
        told = budget.executed if budget else 0
        for teller in range(max(fiscal_year + 2, self.births[project].fiscal_year), sheet_year + 1):
            chance = stream(self.seed, "restated", project, teller, fiscal_year)
            if happens(chance, rates("values")["restated_execution"]):
                told += chance.choice([-1, 1]) * max(1, round(told * chance.uniform(0.002, 0.05)))
        return max(0, told)


@cache
def ministries() -> tuple[Ministry, ...]:
    """Return the ministries of the fictitious government, the large one first."""
    return tuple(Ministry(**one) for one in words()["ministries"])


@lru_cache(maxsize=50_000)
def _home(seed: int, root: int, first: int, fiscal_year: int) -> Ministry:
    if fiscal_year <= first:
        return stream(seed, "home", root).choices(ministries(), [one.weight for one in ministries()])[0]
    home, move = _home(seed, root, first, fiscal_year - 1), stream(seed, "transfer", root, fiscal_year)
    if happens(move, rates("identity")["transferred"]):
        return move.choice([one for one in ministries() if one != home])
    return home


def _total(budgets: Iterable[Budget]) -> Budget | None:
    known = list(budgets)
    if not known:
        return None

    def add(*parts: int | None) -> int | None:
        printed = [part for part in parts if part is not None]
        return sum(printed) if printed else None

    return Budget(
        initial=sum(one.initial for one in known),
        supplementary=add(*(one.supplementary for one in known)),
        carried_in=add(*(one.carried_in for one in known)),
        carried_out=add(*(one.carried_out for one in known)),
        reserve=add(*(one.reserve for one in known)),
        executed=sum(one.executed for one in known),
    )


def _cut(whole: Budget, share: float, is_first: bool) -> Budget:
    """Return one of two parts, which together are the whole."""

    def some(amount: int) -> int:
        part = round(amount * share)
        return part if is_first else amount - part

    def part(amount: int | None) -> int | None:
        return None if amount is None else some(amount)

    return Budget(
        some(whole.initial), part(whole.supplementary), part(whole.carried_in), part(whole.carried_out),
        part(whole.reserve), some(whole.executed),
    )  # fmt: skip
