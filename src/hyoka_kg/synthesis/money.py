"""The true budgets of the fictitious projects, in millions of yen; what sheets print may differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.words import rates


@dataclass(frozen=True, slots=True)
class Budget:
    """Budget and execution of one project in one fiscal year, in millions of yen; None is a dash, not a zero.

    Attributes:
        initial: 当初予算.
        supplementary: 補正予算, or None.
        carried_in: 前年度から繰越し, or None.
        carried_out: 翌年度へ繰越し, negative, or None.
        reserve: 予備費等, or None.
        executed: 執行額.
    """

    initial: int
    supplementary: int | None
    carried_in: int | None
    carried_out: int | None
    reserve: int | None
    executed: int

    @property
    def current(self) -> int:
        """Return 計: the sum of all parts."""
        return self.initial + sum(
            part or 0 for part in (self.supplementary, self.carried_in, self.carried_out, self.reserve)
        )


@lru_cache(maxsize=50_000)
def true_budget(seed: int, project: int, fiscal_year: int) -> Budget:
    """Return what a project was given and spent."""
    size = _size(seed, project)
    chance = stream(seed, "budget", project, fiscal_year)
    initial = max(2, round(size * chance.uniform(0.8, 1.25)))
    supplementary = max(1, round(initial * chance.uniform(0.05, 0.6))) if happens(chance, 0.15) else None
    reserve = max(1, round(initial * 0.02)) if happens(chance, 0.02) else None
    carried_in, carried_out = _carried(seed, project, fiscal_year - 1), _carried(seed, project, fiscal_year)
    budget = Budget(initial, supplementary, carried_in, -carried_out if carried_out else None, reserve, 0)
    over = happens(chance, rates("values")["executed_above_budget"])
    share = chance.uniform(1.02, 1.15) if over else chance.triangular(0.35, 1.0, 0.95)
    executed = max(budget.current + 1, round(budget.current * share)) if over else int(budget.current * share)
    return Budget(initial, supplementary, carried_in, budget.carried_out, reserve, max(0, executed))


@lru_cache(maxsize=50_000)
def _size(seed: int, project: int) -> float:
    return stream(seed, "size", project).lognormvariate(4.8, 1.7)


@lru_cache(maxsize=50_000)
def _carried(seed: int, project: int, fiscal_year: int) -> int | None:
    chance = stream(seed, "carried", project, fiscal_year)
    if not happens(chance, 0.08):
        return None
    return max(1, round(_size(seed, project) * chance.uniform(0.02, 0.2)))


def told_execution(seed: int, project: int, sheet_fiscal_year: int, fiscal_year: int) -> int:
    """Return the execution that a sheet tells of an earlier year: seldom another than the sheet before told."""
    told = true_budget(seed, project, fiscal_year).executed
    for teller in range(fiscal_year + 2, sheet_fiscal_year + 1):
        chance = stream(seed, "restated", project, teller, fiscal_year)
        if happens(chance, rates("values")["restated_execution"]):
            told += chance.choice([-1, 1]) * max(1, round(told * chance.uniform(0.002, 0.05)))
    return max(0, told)
