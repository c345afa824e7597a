"""Outcomes (成果目標及び成果実績) of a review sheet from the rows of its text.

`rate_fits`: of several rows, those belong together whose achievement is actual over target; a row that lost its label
or a value is told by the same relation; the name of the indicator stands before the actual values alone.
`nth_heading`: as many headings of goal years as outcomes, in the same order.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from hyoka_kg.model import Block
from hyoka_kg.normalization import key_form, parse_value
from hyoka_kg.sources.profiles import Profile, label_key
from hyoka_kg.sources.reading.arithmetic import number_of, rate_holds
from hyoka_kg.sources.reading.fitting import Slots, Table, arrangements, consistent, fill, fit
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of
from hyoka_kg.sources.review_sheet.rows import TableRow, loose_values

_PAST = 3
_CELLS = 5
_MOST_EXCHANGED = 3
_RULE = "rate_fits"
_ROLES = {"actual": "actual", "target": "target", "achievement": "achievement_rate"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows of an outcome by field, and how they were brought together."""

    rows: dict[str, TableRow]
    rule: str


def read_outcomes(
    rows: Sequence[TableRow], blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger
) -> None:
    """Claim the outcomes in their order, if the text tells which rows belong together and which outcome is first."""
    pages = _outcome_pages(blocks, profile)
    own = [row for row in rows if row.page in pages]
    count = _count_of_outcomes(blocks, pages, profile)
    headings = goal_years([block for block in blocks if block.page in pages], profile.labels_of("goal"), year)
    loose = loose_values(block for block in blocks if block.page in pages)
    outcomes = _outcomes(own, count)
    for place, outcome in enumerate(outcomes):
        goal_year = _goal_year(headings, place, len(outcomes))
        _Claims(f"entry/1/indicator/outcome-{place + 1}", outcome, loose, year, ledger).state(goal_year, profile)


def _outcome_pages(blocks: Sequence[Block], profile: Profile) -> set[int]:
    return {block.page for block in blocks if profile.label(block.stretch.text) == "outcome"}


def _count_of_outcomes(blocks: Sequence[Block], pages: set[int], profile: Profile) -> int:
    """Return how many outcomes the sheet has: as often as the label of their block or a label of their rows stands."""
    whole = [profile.label(block.stretch.text) for block in blocks if block.page in pages]
    inside = [
        profile.label(token.text)
        for block in blocks
        if block.page in pages and profile.label(block.stretch.text) != "outcome"
        for token in tokens_of(block)
    ]
    return max(whole.count("outcome"), *(inside.count(key) for key in ("actual", "achievement")))


def goal_years(blocks: Sequence[Block], labels: Sequence[str], year: int) -> list[int | None]:
    """Return the goal years that the headings print, in their order; a heading without one counts as None."""
    longest_first = sorted(labels, key=len, reverse=True)
    found: list[int | None] = []
    for block in blocks:
        text = label_key(block.stretch.text)
        heading = next((one for one in longest_first if text.startswith(one)), None)
        if heading is not None:
            printed = parse_value("fiscal_year", text[len(heading) :], {"fiscal_year": year}).get("fiscal_year")
            found.append(printed if isinstance(printed, int) else None)
    return found


def _goal_year(headings: Sequence[int | None], place: int, count: int) -> tuple[int | None, str] | None:
    """Return the goal year of an outcome and the rule that tells it; None where the headings do not tell."""
    if len(set(headings)) == 1 and len(headings) <= count:
        return headings[0], ""
    return (headings[place], "nth_heading") if len(headings) == count else None


def _outcomes(rows: Sequence[TableRow], count: int) -> list[Outcome]:
    labelled = {role: [row for row in rows if _may_be(row, role)] for role in _ROLES}
    if count == len(labelled["actual"]) == len(labelled["target"]) == 1 == len(labelled["achievement"]):
        return [Outcome({role: found[0] for role, found in labelled.items()}, "")]
    found = {role: _candidates(role, own, rows, count) for role, own in labelled.items()}
    groups = [
        Outcome(dict(zip(found, triple, strict=True)), _RULE)
        for triple in itertools.product(*found.values())
        if len({id(row) for row in triple}) == len(triple) and _fits(dict(zip(found, triple, strict=True)))
    ]
    groups.sort(key=lambda one: sum(row.block.lines[0].number for row in one.rows.values()))
    if not groups and count == len(labelled["actual"]) == len(labelled["target"]) == 1:
        return [Outcome({role: labelled[role][0] for role in ("actual", "target")}, "")]
    return groups if _is_matching(groups) and len(groups) == count and _is_ordered(groups) else []


def _candidates(role: str, own: list[TableRow], rows: Sequence[TableRow], count: int) -> list[TableRow]:
    """Return the rows that may have a role: labelled ones; where some lack, those without a label or a unit too."""
    if len(own) >= count:
        return own
    unlike = [row for row in rows if row.key == role and row.unit is None and _has_size(row) and _has_number(row)]
    bare = [row for row in rows if row.key is None and row.measure and _has_size(row)]
    return [*own, *unlike, *(row for row in bare if role == "actual" or row.unit is None)]


def _may_be(row: TableRow, role: str) -> bool:
    return row.key == role and row.unit is not None and _has_size(row) and _has_number(row)


def _has_size(row: TableRow) -> bool:
    return _PAST <= len(row.values) <= _CELLS


def _has_number(row: TableRow) -> bool:
    return any(value.kind is not Kind.DASH for value in row.values)


def _is_matching(groups: Sequence[Outcome]) -> bool:
    return all(len({id(one.rows[role]) for one in groups}) == len(groups) for role in _ROLES)


def _is_ordered(groups: Sequence[Outcome]) -> bool:
    """Return whether nearly every row of an outcome stands before those of the next, so that their order is no chance.

    Rows of neighbours may be exchanged: of the pairs of their rows, at most a third, and fewer than in any other order.
    """
    places = [[one.rows[role].block.lines[0].number for role in _ROLES] for one in groups]
    return all(
        sum(a > b for a in first for b in second) * _MOST_EXCHANGED <= len(first) * len(second)
        for first, second in itertools.pairwise(places)
    )


def _fits(rows: dict[str, TableRow]) -> bool:
    """Return whether a triple of rows can be an outcome: the rates hold, in one of the ways to complete short rows."""
    options = {role: arrangements(row.values, _CELLS) for role, row in rows.items()}
    return all(options.values()) and any(True for _ in consistent(options, rates_hold))


def rates_hold(table: Table) -> int | None:
    """Return in how many years the achievement is actual over target; None where one is not.

    Only targets have a number in the two columns of goals.
    """
    if any(
        token and token.kind is not Kind.DASH for role in ("actual", "achievement") for token in table[role][_PAST:]
    ):
        return None
    count = 0
    for actual, target, rate in zip(*(table[role][:_PAST] for role in _ROLES), strict=True):
        numbers = [number_of(token) if token else None for token in (actual, target, rate)]
        if None in numbers:
            continue
        if not rate_holds(*numbers):
            return None
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Claims:
    """What is claimed of one outcome."""

    subject: str
    outcome: Outcome
    loose: Sequence[Token]
    year: int
    ledger: Ledger

    def state(self, goal_year: tuple[int | None, str] | None, profile: Profile) -> None:
        rows = self.outcome.rows
        if rows["actual"].name and rows["actual"].unit:
            self.ledger.claim(self.subject, "name", rows["actual"].name, self.outcome.rule)
        unit = next((row.unit for role, row in rows.items() if row.unit and role != "achievement"), None)
        if unit:
            code = profile.vocabulary("unit").get(key_form(unit.text), "")
            self.ledger.claim(self.subject, "unit", unit.stretch, self.outcome.rule, value=code)
        table = self._table()
        for role, slots in table.items():
            self._state_row(role, slots, unit.text if unit else "")
        self._state_goals(table["target"], goal_year, unit.text if unit else "")

    def _table(self) -> dict[str, Slots]:
        """Return the cells of the rows: whole rows as they are, short ones as far as the rates tell them."""
        options = {role: arrangements(row.values, _CELLS) for role, row in self.outcome.rows.items()}
        nothing: Slots = (None,) * _CELLS
        if set(options) != set(_ROLES) or not all(options.values()):
            return {role: ways[0] if len(ways) == 1 else nothing for role, ways in options.items()}
        table = fit(options, rates_hold)
        for role in table:
            table[role] = fill(table, role, self.loose, rates_hold)
        return table

    def _rule(self, role: str) -> str:
        row = self.outcome.rows[role]
        return self.outcome.rule if len(row.values) == _CELLS and row.key else _RULE

    def _state_row(self, role: str, slots: Slots, unit: str) -> None:
        row = self.outcome.rows[role]
        if row.label:
            self.ledger.use(row.label.stretch)
        own_unit = unit if role != "achievement" else row.measure
        for place, token in enumerate(slots[:_PAST]):
            year = self.year - _PAST + place
            if token:
                self.ledger.claim(
                    self.subject, _ROLES[role], token.stretch, self._rule(role), fiscal_year=year, unit=own_unit
                )
            else:
                self.ledger.open(self.subject, _ROLES[role], row.page, "value_missing", year)

    def _state_goals(self, slots: Slots, goal_year: tuple[int | None, str] | None, unit: str) -> None:
        """Claim interim goal and goal, the last two values of the targets, if the headings tell the year."""
        page, (interim, goal) = self.outcome.rows["target"].page, slots[_PAST:]
        if interim and interim.kind is Kind.DASH:
            self.ledger.claim(self.subject, "interim_goal", interim.stretch, self._rule("target"), unit=unit)
        if goal is None or goal_year is None or (goal_year[0] is None and goal.kind is not Kind.DASH):
            self.ledger.open(self.subject, "goal", page, "goal_year_unknown" if goal else "value_missing")
            return
        rule = self._rule("target") or goal_year[1]
        self.ledger.claim(self.subject, "goal", goal.stretch, rule, fiscal_year=goal_year[0], unit=unit)
