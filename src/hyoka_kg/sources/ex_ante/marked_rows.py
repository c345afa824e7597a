"""Rows of indicators that stand whole in one block of text: mark, baseline, year, goal, year, targets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hyoka_kg.model import Block
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.ex_ante.families import year_of
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, kinds, tokens_of

# A row is whole: every value has its year, and there is a target for each year of the heading.
_WHOLE = re.compile("[AQN]Y[AQN]Y[AQND]+")
_PAIRS = 4


def read_marked_rows(blocks: Sequence[Block], years: Sequence[int], year: int, ledger: Ledger) -> None:
    """Claim the rows that a block holds whole; a mark that has two rows tells nothing, and an issue says so.

    Args:
        blocks: The blocks of the sheet.
        years: Fiscal years of the columns of targets.
        year: Fiscal year of the sheet.
        ledger: Where claims go.
    """
    for block in blocks:
        found = _marked(tokens_of(block), len(years))
        if found:
            mark, row = found
            _claim(mark, row, years, year, ledger)


def _marked(tokens: list[Token], columns: int) -> tuple[Token, list[Token]] | None:
    """Return the mark and the row behind it, where the row ends the block and only words stand before."""
    row = tokens[-(_PAIRS + columns) :]
    before = tokens[: -(_PAIRS + columns)]
    if not before or not _WHOLE.fullmatch(kinds(row)) or len(row) != _PAIRS + columns:
        return None
    *words, mark = before
    is_mark = "n" in parse_value("mark", mark.text) and mark.kind in (Kind.NUMBER, Kind.WORDS)
    return (mark, row) if is_mark and all(word.kind is Kind.WORDS for word in words) else None


def _claim(mark: Token, row: list[Token], years: Sequence[int], year: int, ledger: Ledger) -> None:
    facts = parse_value("mark", mark.text)
    subject = f"indicator/{facts['n']}"
    ledger.claim(subject, "mark", mark.stretch)
    ledger.claim(subject, "is_key", mark.stretch, value=str(bool(facts["circled"])).lower())
    baseline, baseline_year, goal, goal_year, *targets = row
    ledger.claim(subject, "baseline", baseline.stretch, fiscal_year=year_of(baseline_year, year))
    ledger.claim(subject, "baseline_year", baseline_year.stretch)
    ledger.claim(subject, "goal", goal.stretch, fiscal_year=year_of(goal_year, year))
    ledger.claim(subject, "goal_year", goal_year.stretch)
    for at, target in zip(years, targets, strict=True):
        ledger.claim(subject, "target", target.stretch, fiscal_year=at)
