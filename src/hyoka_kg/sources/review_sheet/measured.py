"""The measured indicator (測定指標) of the policy on a review sheet from the rows of its text.

`only_gap`: a label of the table stands without its row, and one row of the page alone has its shape: three values
behind a unit are the actuals, five values that nothing stands before are the targets with both goals. `equal_steps`:
see `reading.steps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hyoka_kg.model import Block
from hyoka_kg.normalization import key_form
from hyoka_kg.sources.profiles import Profile, label_key
from hyoka_kg.sources.reading.fitting import Slots
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.steps import EQUAL_STEPS, stepped
from hyoka_kg.sources.reading.tokens import Kind
from hyoka_kg.sources.review_sheet.outcomes import goal_years
from hyoka_kg.sources.review_sheet.rows import TableRow, keys_of, loose_values

_PAST = 3
_CELLS = 5
_SUBJECT = "policy/indicator/1"
_RULE = "only_gap"
_Found = tuple[TableRow, str]


def read_measured(
    rows: Sequence[TableRow], blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger
) -> None:
    """Claim the measured indicator of the policy: its target row has no unit.

    Args:
        rows: The rows of the sheet.
        blocks: The blocks of the sheet.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        ledger: Where claims go; rows of outcomes, outputs and unit cost are used up there.
    """
    pages = {block.page for block in blocks if "policy_actual" in keys_of(block, profile)}
    own = [row for row in rows if row.page in pages]
    years = range(year - _PAST, year)
    actual = _row_of("policy_actual", [row for row in own if _is_actual(row)], ledger)
    if actual:
        row, rule = actual
        if row.unit:
            code = profile.vocabulary("unit").get(key_form(row.unit.text), "")
            ledger.claim(_SUBJECT, "unit", row.unit.stretch, rule, value=code)
        if row.name and row.unit:
            ledger.claim(_SUBJECT, "name", row.name, rule)
        claim_slots(_SUBJECT, "actual", row, row.values, years, rule, ledger)
    targets = _row_of("target", [row for row in own if _is_target(row)], ledger)
    if targets and (actual or not targets[1]):
        _claim_targets(*targets, blocks, profile, year, ledger)


def _claim_targets(
    row: TableRow, rule: str, blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger
) -> None:
    """Claim the targets, interim goal and goal; of a row that lacks one value, what its equal steps tell."""
    page = [block for block in blocks if block.page == row.page]
    headings = goal_years(page, [label_key(word) for word in profile.words("policy_goal")], year)
    years = list(range(year - _PAST, year))
    slots: Slots = row.values
    if len(row.values) < _CELLS:
        if len(headings) != 1 or headings[0] is None:
            return
        slots, rule = stepped(row.values, [*years, None, headings[0]], loose_values(page)), EQUAL_STEPS
    claim_slots(_SUBJECT, "target", row, slots[:_PAST], years, rule, ledger)
    _claim_goals(row.page, slots, rule, headings, ledger)


def _row_of(key: str, fitting: Sequence[TableRow], ledger: Ledger) -> _Found | None:
    """Return the only row of a label, or else the only one without a label, and the rule that tells it."""
    labelled = [row for row in fitting if row.key == key]
    if labelled:
        return (labelled[0], "") if len(labelled) == 1 else None
    bare = [row for row in fitting if row.key is None and not any(ledger.is_used(one.stretch) for one in row.values)]
    return (bare[0], _RULE) if len(bare) == 1 else None


def _is_actual(row: TableRow) -> bool:
    return len(row.values) == _PAST and _has_number(row) and (row.key == "policy_actual" or row.unit is not None)


def _is_target(row: TableRow) -> bool:
    is_bare = row.unit is None and row.name is None
    is_whole = len(row.values) == _CELLS and row.values[-1].kind is not Kind.DASH
    return is_bare and _has_number(row) and (is_whole or (len(row.values) == _CELLS - 1 and row.key == "target"))


def _has_number(row: TableRow) -> bool:
    return any(value.kind is not Kind.DASH for value in row.values)


def claim_slots(
    subject: str, name: str, row: TableRow, slots: Slots, years: Iterable[int], rule: str, ledger: Ledger
) -> None:
    """Claim the told cells of a row, one a year."""
    if row.label:
        ledger.use(row.label.stretch)
    for year, token in zip(years, slots, strict=False):
        if token:
            ledger.claim(subject, name, token.stretch, rule, fiscal_year=year, unit=row.measure)


def _claim_goals(page: int, slots: Slots, rule: str, headings: Sequence[int | None], ledger: Ledger) -> None:
    """Claim interim goal and goal, the last two values of a row, if one heading of the page tells the year."""
    interim, goal = slots[_PAST:]
    if interim and interim.kind is Kind.DASH:
        ledger.claim(_SUBJECT, "interim_goal", interim.stretch, rule)
    if goal and len(headings) == 1:
        ledger.claim(_SUBJECT, "goal", goal.stretch, rule, fiscal_year=headings[0])
    else:
        ledger.open(_SUBJECT, "goal", page, "goal_year_unknown" if goal else "value_missing")
