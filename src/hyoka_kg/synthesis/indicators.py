"""The true indicators of projects and policies: targets, actuals, and goals that move when nobody looks."""

from __future__ import annotations

from dataclasses import dataclass

from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.words import rates, words


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with its course; values are in its printed unit.

    Attributes:
        name: Its name.
        unit: Its unit as printed.
        scale: What one of the unit stands for (1000 of 千件).
        comparator: Word that its targets carry, or empty.
        decimals: Digits after the point.
        baseline: Value at the start.
        goal: Value to reach.
        goal_year: Fiscal year of the goal.
        moved: Whether goal or year differ from what the sheet of the year before told.
    """

    name: str
    unit: str
    scale: int
    comparator: str
    decimals: int
    baseline: float
    goal: float
    goal_year: int
    moved: bool

    def target(self, fiscal_year: int) -> float:
        """Return the target of a year on the straight way to the goal."""
        share = max(0.0, 1 - (self.goal_year - fiscal_year) / 6)
        return round(self.baseline + (self.goal - self.baseline) * share, self.decimals)


def true_indicator(seed: int, owner: str, role: str, sheet: int) -> Indicator:
    """Return an indicator as the sheet of a year tells it."""
    chance = stream(seed, "indicator", owner, role)
    w = words()
    outcome = role.startswith("outcome")
    name = chance.choice(w["outcome_names" if outcome else "output_names"])
    unit, low, high, word, decimals = chance.choice(w["outcome_units"])
    if not outcome:
        unit, low, high, word, decimals = chance.choice(w["output_units"]), 10, 900, "", 0
    ends = sorted(chance.sample(range(low, high + 1), 2), reverse=word == w["within"])
    moves = _moves(seed, owner, role, sheet)
    goal = round(ends[1] + (ends[0] - ends[1]) * min(0.5, 0.05 * len(moves)), decimals)
    goal_year = sheet + 2 - (sheet - 2014) % 3 + len(moves) % 2
    return Indicator(
        name, unit, w["scales"].get(unit, 1), word, decimals, float(ends[0]), goal, goal_year, sheet in moves
    )


def _moves(seed: int, owner: str, role: str, sheet: int) -> list[int]:
    share = rates("values")["goalposts_moved"]
    return [year for year in range(2015, sheet + 1) if happens(stream(seed, "goal", owner, role, year), share)]


def true_actual(seed: int, owner: str, role: str, indicator: Indicator, fiscal_year: int) -> float:
    """Return what was reached in a year."""
    chance = stream(seed, "actual", owner, role, fiscal_year)
    return round(max(0.1, indicator.target(fiscal_year) * chance.uniform(0.85, 1.12)), indicator.decimals)
