"""A fictitious ministry over the years: which projects exist, what they are called, and how their numbers move.

The true identity of a project is known here and nowhere else; sheets tell numbers and names only. What happens, and how
often, is in `rates.yml`, after what the national corpora show: 90 % of the numbers name another project a year later.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.words import rates, words

_PROJECTS_PER_POLICY = 12


@dataclass(frozen=True, slots=True)
class Project:
    """What a project is in one year.

    Attributes:
        id: True identity, which lasts as long as the project does.
        name: Name in this year.
        policy: Number of the policy that it serves, from 1.
        start_fiscal_year: Fiscal year in which it began.
        number: Position in this year's list, from 1.
        is_new: Whether it stands in the list of new projects.
        predecessors: True ids of the projects of the year before that it continues.
        events: What happened to it in this year, such as `renamed`.
    """

    id: int
    name: str
    policy: int
    start_fiscal_year: int
    number: int
    is_new: bool
    predecessors: tuple[int, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MinistryYear:
    """All projects of one fiscal year, in the order of their numbers, and those of the year before by true id."""

    fiscal_year: int
    projects: tuple[Project, ...]
    before: dict[int, Project]


def ministry_years(seed: int, projects: int, first: int, last: int) -> Iterator[MinistryYear]:
    """Yield the ministry year by year; the number of projects stays near `projects`."""
    ids, names = itertools.count(1), _names(seed)
    policies = max(1, projects // _PROJECTS_PER_POLICY)
    chance = stream(seed, "ministry", first)
    founded = [_found(chance, next(ids), next(names), policies, first) for _ in range(projects)]
    year = _year(seed, first, [replace(one, number=i, is_new=False) for i, one in enumerate(founded, 1)], {})
    yield year
    for fiscal_year in range(first + 1, last + 1):
        chance = stream(seed, "ministry", fiscal_year)
        going = _continue(chance, year.projects, fiscal_year, ids, names)
        new = [_found(chance, next(ids), next(names), policies, fiscal_year) for _ in range(projects - len(going))]
        numbered = _renumber(chance, going) + [replace(one, number=i, is_new=True) for i, one in enumerate(new, 1)]
        year = _year(seed, fiscal_year, numbered, {one.id: one for one in year.projects})
        yield year


def _names(seed: int) -> Iterator[str]:
    parts = words()["names"]
    pool = ["".join(one) for one in itertools.product(parts["prefix"], parts["core"], parts["suffix"])]
    stream(seed, "names").shuffle(pool)
    for round_ in itertools.count(1):
        yield from pool if round_ == 1 else (f"{name}{round_}" for name in pool)


def _found(chance: Random, id_: int, name: str, policies: int, fiscal_year: int) -> Project:
    start = fiscal_year - (int(chance.triangular(0, 45, 8)) if id_ else 0)
    return Project(id_, name, chance.randint(1, policies), start, 0, True, (), ("founded",))


def _continue(
    chance: Random, projects: tuple[Project, ...], fiscal_year: int, ids: Iterator[int], names: Iterator[str]
) -> list[Project]:
    share = rates("identity")
    waiting, going = [one for one in projects if not happens(chance, share["ended"])], []
    while waiting:
        one = waiting.pop(0)
        if not happens(chance, share["merged_or_split"] / 1.5):
            going.append(_carry_on(chance, one, next(names), share["renamed"]))
        elif waiting and happens(chance, 0.5):
            other = waiting.pop(chance.randrange(min(5, len(waiting))))
            going.append(_heir(one, next(ids), next(names), fiscal_year, (one.id, other.id), "merged"))
        else:
            going += [_heir(one, next(ids), next(names), fiscal_year, (one.id,), "split") for _ in range(2)]
    return going


def _carry_on(chance: Random, project: Project, fresh: str, renamed: float) -> Project:
    kept = replace(project, predecessors=(project.id,), events=())
    if not happens(chance, renamed):
        return kept
    forms = words()["names"]["renamed"]
    name = fresh if happens(chance, 0.2) else chance.choice(forms).format(name=project.name)
    return replace(kept, name=name, events=("renamed",))


def _heir(
    project: Project, id_: int, name: str, fiscal_year: int, predecessors: tuple[int, ...], event: str
) -> Project:
    return Project(id_, name, project.policy, fiscal_year, project.number, project.is_new, predecessors, (event,))


def _renumber(chance: Random, going: list[Project]) -> list[Project]:
    """Give each going project a number from 1; nine in ten get one that named another project a year ago."""
    kept, moving, taken = [], [], set()
    for one in going:
        stays = not (one.is_new or one.number > len(going) or one.number in taken)
        if stays and not happens(chance, rates("identity")["renumbered"]):
            kept.append(replace(one, is_new=False))
            taken.add(one.number)
        else:
            moving.append(one)
    free = [number for number in range(1, len(going) + 1) if number not in taken]
    step = chance.randrange(1, len(free)) if len(free) > 1 else 0
    shifted = _apart([one.number for one in moving], free[step:] + free[:step])
    renumbered = [
        replace(one, number=number, is_new=False, events=(*one.events, "renumbered"))
        for one, number in zip(moving, shifted, strict=True)
    ]
    return sorted(kept + renumbered, key=lambda one: one.number)


def _apart(old: list[int], new: list[int]) -> list[int]:
    """Swap neighbours until no project keeps its number by accident."""
    for i in range(1, len(new)):
        if new[i] == old[i] or new[i - 1] == old[i - 1]:
            new[i], new[i - 1] = new[i - 1], new[i]
    return new


def _year(seed: int, fiscal_year: int, projects: list[Project], before: dict[int, Project]) -> MinistryYear:
    chance = stream(seed, "twins", fiscal_year)
    known = Counter(one.name for one in projects)
    wanted = int(len(projects) * rates("identity")["twins"] / 2) - sum(count > 1 for count in known.values())
    named = list(projects)
    for _ in range(max(0, wanted)):
        first, second = chance.sample(range(len(named)), 2)
        events = named[second].events if "founded" in named[second].events else (*named[second].events, "renamed")
        named[second] = replace(named[second], name=named[first].name, events=events)
    counts = Counter(one.name for one in named)
    return MinistryYear(fiscal_year, tuple(_mark_twin(one, counts) for one in named), before)


def _mark_twin(project: Project, counts: Counter[str]) -> Project:
    if counts[project.name] == 1:
        return project
    return replace(project, events=(*project.events, "same-name-twin"))
