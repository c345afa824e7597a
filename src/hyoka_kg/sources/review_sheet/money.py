"""The money of a review sheet from text: rows with their label, and rows that arithmetic or elimination tells.

`only_gap`: one label has no row, and one row of its shape has no label. `rate_fits`: the only row of five numbers on
the page is the total, as the printed rates hold for it with executed amounts on the page; claimed for the years that
have a rate. `column_sum`: numbers below one heading whose last is the sum of the others, as many as there are items.
"""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.model import Block
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of, rate_holds
from hyoka_kg.sources.reading.fitting import Slots
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of, tokens_of_line
from hyoka_kg.sources.review_sheet.budget_items import read_budget_items
from hyoka_kg.sources.review_sheet.head import ENTRY
from hyoka_kg.sources.review_sheet.phases import PHASES, RULE, Phase, complete, relations_of
from hyoka_kg.sources.review_sheet.rows import TableRow, keys_of, loose_values, rows_of

ONLY_GAP = "only_gap"


def read_money(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the amounts and rates that the text decides.

    Args:
        blocks: The blocks of the page.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        unit: The unit that the heading of the box gives.
        ledger: Where claims go.
    """
    years = list(range(year - 3, year + 2))
    rows = rows_of(blocks, profile)
    told = _labelled(rows)
    rules = dict.fromkeys(told, "")
    present = {key for block in blocks for key in keys_of(block, profile)} & set(PHASES)
    _give_only_gaps(told, rules, [row for row in rows if row.is_bare], present)
    for key, row in told.items():
        if row.label:
            ledger.use(row.label.stretch)
        _claim_slots(PHASES[key], row.values, years, unit, rules[key], ledger)
    if "execution_rate" in told and "total" not in told and "executed" not in told:
        _prove_total(blocks, years, list(told["execution_rate"].values), unit, ledger)
    table = {key: row.values for key, row in told.items()}
    for key, slots in complete(table, rows, loose_values(blocks), present).items():
        _claim_slots(PHASES[key], slots, years, unit, RULE, ledger)
    read_budget_items(rows, blocks, profile, year, unit, ledger)


def _labelled(rows: Sequence[TableRow]) -> dict[str, TableRow]:
    """Return the whole row of each label that has exactly one; a label with two rows tells nothing."""
    told: dict[str, TableRow] = {}
    for key, phase in PHASES.items():
        found = [row for row in rows if row.key == key and not row.name and len(row.values) == phase.count]
        if len(found) == 1 and found[0].unit is None and _has_kind(found[0], phase):
            told[key] = found[0]
    return told


def _has_kind(row: TableRow, phase: Phase) -> bool:
    return row.is_percent == phase.is_rate or all(value.kind is Kind.DASH for value in row.values)


def _give_only_gaps(
    told: dict[str, TableRow], rules: dict[str, str], bare: Sequence[TableRow], present: set[str]
) -> None:
    for key in sorted(present - set(told)):
        phase = PHASES[key]
        rivals = [
            other
            for other in present - set(told)
            # A row of one more year may have lost a value, and then looks the same.
            if PHASES[other].count - phase.count in (0, 1) and PHASES[other].is_rate == phase.is_rate
        ]
        fits = [row for row in bare if len(row.values) == phase.count and row.is_percent == phase.is_rate]
        table = {name: row.values for name, row in told.items()}
        if len(rivals) == len(fits) == 1 and relations_of(table)({**table, key: fits[0].values}) is not None:
            told[key], rules[key] = fits[0], ONLY_GAP


def _claim_slots(phase: Phase, slots: Slots, years: Sequence[int], unit: str, rule: str, ledger: Ledger) -> None:
    for at, token in zip(years, slots, strict=False):
        if token:
            name = "requested" if at == years[-1] and phase.field == "initial" else phase.field
            own_unit = "" if phase.is_rate else unit
            ledger.claim(ENTRY, name, token.stretch, rule, fiscal_year=at, unit=own_unit)


def _prove_total(blocks: Sequence[Block], years: Sequence[int], rates: list[Token], unit: str, ledger: Ledger) -> None:
    rows = [tokens for block in blocks for line in block.lines if _is_row_of_five(tokens := tokens_of_line(line))]
    if len(rows) != 1:
        return
    numbers = [token for block in blocks for token in tokens_of(block) if token.kind is Kind.NUMBER]
    loose = [token for token in numbers if token not in rows[0] and not ledger.is_used(token.stretch)]
    chosen: list[Token] = []
    for total, rate in zip(rows[0], rates, strict=False):
        fits = {token.text for token in loose if rate_holds(number_of(token), number_of(total), number_of(rate))}
        token = next((one for one in loose if one.text in fits and one not in chosen), None)
        if len(fits) != 1 or token is None:
            return
        chosen.append(token)
    for at, total, executed in zip(years, rows[0], chosen, strict=False):
        ledger.claim(ENTRY, "current", total.stretch, "rate_fits", fiscal_year=at, unit=unit)
        ledger.claim(ENTRY, "executed", executed.stretch, "rate_fits", fiscal_year=at, unit=unit)


def _is_row_of_five(tokens: list[Token]) -> bool:
    return len(tokens) == 5 and all(token.kind is Kind.NUMBER for token in tokens)
