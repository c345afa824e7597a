"""Values that stand away from their row: told by their unit, where one indicator of the page alone uses it.

The rules are named in the claims that they make:
`row_of_years`: as many values as years, no dash among them, are the targets of those years in order.
`actual_row`: a value followed by dashes is the row of actuals; years to come have dashes.
`goal_repeats`: the literal of the goal, standing alone, is the target of the goal year.
`row_start`: a value right behind baseline and goal is the target of the first year.
`only_gap`: one value and one empty cell of the same unit are left.
`only_past_year`: a value that is no target is the actual of the one year that was over.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.ex_ante.measures import CellKind, Measure, MeasureCell
from hyoka_kg.sources.reading.arithmetic import number_of
from hyoka_kg.sources.reading.fitting import Slots, agreed, arrangements
from hyoka_kg.sources.reading.tokens import Kind, Token, kinds

_VALUES = (Kind.QUANTITY, Kind.AMOUNT)
_HEAD = 4
_YEAR_CELLS = (1, 3)


@dataclass
class Placed:
    """A token of an indicator in its cell: field, year, and the rule that put it there."""

    field: str
    year: int | None
    token: Token
    rule: str


@dataclass
class Row:
    """What is told of one indicator's row."""

    placed: list[Placed] = field(default_factory=list)

    def get(self, name: str, year: int | None = None) -> Token | None:
        """Return the token of a cell, or None."""
        return next((one.token for one in self.placed if one.field == name and year in (None, one.year)), None)

    def put(self, name: str, year: int | None, token: Token, rule: str = "") -> None:
        """Put a token into a cell."""
        self.placed.append(Placed(name, year, token, rule))


def unit_of(token: Token) -> str | None:
    """Return the unit of a value, scale word included, or None."""
    unit, scale = token.facts.get("unit"), token.facts.get("scale")
    return f"{scale or 1} {unit}" if unit and token.kind in _VALUES else None


def place_row(measure: Measure, years: Sequence[int], document_year: int) -> Row:
    """Return what the cells behind the name of an indicator are, as far as their kinds tell.

    They are baseline, its year, goal, its year and a target a year. A row of one block may lack some of them; one that
    goes on behind a blank line is whole, its targets count like the goal and step towards it.
    """
    row = Row()
    slots = _slots(measure.row, len(years))
    baseline, baseline_year, goal, goal_year = slots[:_HEAD]
    if baseline and baseline_year:
        row.put("baseline", year_of(baseline_year, document_year), baseline)
    if goal and goal_year:
        row.put("goal", year_of(goal_year, document_year), goal)
    for name, token in (("baseline_year", baseline_year), ("goal_year", goal_year)):
        if token:
            row.put(name, None, token)
    measure.family = next((unit for token in (goal, baseline) if token and (unit := unit_of(token))), None)
    for year, target in zip(years, slots[_HEAD:], strict=True):
        if target:
            row.put("target", year, target)
    return row


def _slots(tokens: Sequence[Token], years: int) -> Slots:
    """Return the cells of a row: of its first block, of all its blocks, or of the four cells that begin it."""
    cells, nothing = _HEAD + years, (None,) * (_HEAD + years)
    block = _first_block(tokens)[:cells]
    if len(block) > _HEAD and any(slots := agreed(_aligned(block, cells), cells)):
        return slots
    head, targets = tokens[:_HEAD], tokens[_HEAD:cells]
    if not _aligned(head, _HEAD):
        return nothing
    is_whole = len(targets) == years and _steps(head[0], targets, head[2])
    return (*head, *(targets if is_whole else (None,) * years))


def _aligned(tokens: Sequence[Token], cells: int) -> list[Slots]:
    """Return the ways to put tokens into cells so that years, and years alone, stand in the cells of years."""
    return [
        slots
        for slots in arrangements(tokens, cells)
        if all((token.kind is Kind.YEAR) == (at in _YEAR_CELLS) for at, token in enumerate(slots) if token)
    ]


def targets_of(measure: Measure) -> list[Token]:
    """Return the tokens behind goal and goal year in the block that begins the row."""
    return list(_first_block(measure.row)[_HEAD:])


def _first_block(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens up to the first blank line between two of them."""
    for at, (before, token) in enumerate(itertools.pairwise(tokens), 1):
        if token.stretch.parts[0].line.number - before.stretch.parts[-1].line.number > 1:
            return tokens[:at]
    return tokens


def _steps(baseline: Token, targets: Sequence[Token], goal: Token) -> bool:
    """Return whether targets have the unit and the comparator of a goal, and step from the baseline towards it."""
    is_like = all(counts_like(token, goal) for token in targets)
    numbers = [number for token in (baseline, *targets, goal) if (number := number_of(token)) is not None]
    is_told = is_like and len(numbers) == len(targets) + 2
    return is_told and numbers in (sorted(numbers), sorted(numbers, reverse=True))


def year_of(token: Token, document_year: int) -> int | None:
    """Return the fiscal year of a token; 平成 and 令和 years print alike, the document's year decides."""
    found = parse_value("fiscal_year", token.text, {"fiscal_year": document_year}).get("fiscal_year")
    return found if isinstance(found, int) else None


def runs_of(cells: Sequence[MeasureCell]) -> list[list[Token]]:
    """Return the runs of values of a page, one a line."""
    runs: list[list[Token]] = []
    for cell in cells:
        if cell.kind is not CellKind.VALUES:
            continue
        by_line: dict[int, list[Token]] = {}
        for token in cell.tokens:
            by_line.setdefault(token.stretch.parts[0].line.number, []).append(token)
        runs += by_line.values()
    return runs


def place_family(row: Row, runs: list[list[Token]], years: Sequence[int], document_year: int) -> None:
    """Put the runs of one unit into the empty cells of its indicator, by the rules of this module."""
    loose = [run for run in runs if not any(run[0] is one.token for one in row.placed)]
    actuals = [run for run in loose if is_actual_row(run)]
    if len(actuals) > 1:
        loose = [run for run in loose if run not in actuals]
    for rule in (
        _pair_with_year,
        _goal_between_years,
        _row_of_years,
        _actual_row,
        _goal_repeats,
        _row_start,
        _leftover,
    ):
        loose = [run for run in loose if not rule(row, run, years, document_year)]
        if rule is _goal_repeats:
            _last_two(row, loose, years)
            loose = [run for run in loose if not any(run[0] is one.token for one in row.placed)]


def counts_like(token: Token, goal: Token) -> bool:
    """Return whether a value has the unit and the comparator of a goal."""
    has_unit = unit_of(token) is not None and unit_of(token) == unit_of(goal)
    return has_unit and token.facts.get("comparator_text") == goal.facts.get("comparator_text")


def _pair_with_year(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    if len(run) != 2 or run[1].kind is not Kind.YEAR or row.get("baseline") or run[0].facts.get("comparator_text"):
        return False
    year = year_of(run[1], document_year)
    if year is None or year >= years[0]:
        return False
    row.put("baseline", year, run[0], "only_gap")
    row.put("baseline_year", None, run[1], "only_gap")
    return True


def _goal_between_years(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    if [token.kind is Kind.YEAR for token in run] != [True, False, True] or row.get("goal"):
        return False
    row.put("baseline_year", None, run[0], "year_value_year")
    row.put("goal", year_of(run[2], document_year), run[1], "year_value_year")
    row.put("goal_year", None, run[2], "year_value_year")
    return True


def _row_of_years(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    if len(run) != len(years) or any(token.kind not in _VALUES for token in run) or row.get("target"):
        return False
    for year, token in zip(years, run, strict=True):
        row.put("target", year, token, "row_of_years")
    return True


def _actual_row(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    if not is_actual_row(run) or row.get("actual"):
        return False
    if len(run) > len(years) or years[0] >= document_year or not _is_as_precise(row, run[0]):
        return False
    for year, token in zip(years, run, strict=False):
        row.put("actual", year, token, "actual_row")
    return True


def is_actual_row(run: Sequence[Token]) -> bool:
    """Return whether a run is a value with dashes behind it: years to come have no actual value."""
    dashes = kinds(list(run[1:]))
    return run[0].kind in _VALUES and bool(dashes) and set(dashes) == {Kind.DASH}


def _is_as_precise(row: Row, token: Token) -> bool:
    """Return whether a value has as many decimals as another of its row; a row is printed in one precision."""
    others = [one.token for one in row.placed if one.token.kind in _VALUES]
    return not others or _decimals(token) in {_decimals(other) for other in others}


def _decimals(token: Token) -> int:
    return len(str(token.facts.get("value", "")).partition(".")[2])


def _goal_repeats(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    goal = row.get("goal")
    goal_year = next((one.year for one in row.placed if one.field == "goal"), None)
    if goal is None or goal_year not in years or len(run) != 1 or run[0].text != goal.text:
        return False
    if row.get("target", goal_year):
        return False
    row.put("target", goal_year, run[0], "goal_repeats")
    return True


def _row_start(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    """Take a value in the block behind the goal year for the target of the first year."""
    goal_year = row.get("goal_year")
    if goal_year is None or len(run) != 1 or row.get("target", years[0]) or not run[0].facts.get("comparator_text"):
        return False
    last = goal_year.stretch.parts[-1]
    is_next = run[0].stretch.parts[0].line.number - last.line.number == _NEXT_BLOCK
    if not is_next or last.line.text[last.end :].strip():
        return False
    row.put("target", years[0], run[0], "row_start")
    return True


_NEXT_BLOCK = 2


def _last_two(row: Row, loose: list[list[Token]], years: Sequence[int]) -> None:
    """Take a pair for the two years that have no target, once the goal year has its own."""
    gaps = [year for year in years if not row.get("target", year)]
    pairs = [run for run in loose if len(run) == len(gaps) and all(token.kind in _VALUES for token in run)]
    if len(gaps) == 2 and len(pairs) == 1 and row.get("target"):
        for year, token in zip(gaps, pairs[0], strict=True):
            row.put("target", year, token, "only_gap")


def _leftover(row: Row, run: list[Token], years: Sequence[int], document_year: int) -> bool:
    if len(run) != 1:
        return False
    token = run[0]
    gaps = [year for year in years if not row.get("target", year)]
    if token.facts.get("comparator_text"):
        if len(gaps) == 1 and row.get("target"):
            row.put("target", gaps[0], token, "only_gap")
        return len(gaps) == 1
    return _past_value(row, token, years, document_year)


def _past_value(row: Row, token: Token, years: Sequence[int], document_year: int) -> bool:
    past = [year for year in years if year < document_year]
    has_all_targets = all(row.get("target", year) for year in years)
    year = row.get("baseline_year")
    if year and not row.get("baseline") and row.get("actual") and row.get("goal"):
        row.put("baseline", year_of(year, document_year), token, "only_gap")
        return True
    if len(past) == 1 and not row.get("actual") and row.get("baseline") and (has_all_targets or not row.get("goal")):
        row.put("actual", past[0], token, "only_past_year")
        return True
    return False
