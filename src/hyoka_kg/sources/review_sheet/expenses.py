"""The two tables of expenses (費目・使途) that stand side by side, from text.

`side_by_side`: the line of both totals. `column_sum`: rows of item, use and amount, once or twice on a line; a line
with one row is of the table in which all amounts add up to the total. Rows bear no number and are
counted as printed; rows of the same words cannot be told from each other and stay open.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from hyoka_kg.model import Block, Stretch
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of, sum_holds
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of

_TABLES = "AB"
_CELLS = 3
_CORPORATE_DIGITS = 13
_MOST_SINGLE = 8


@dataclass(frozen=True, slots=True)
class Expense:
    """A row of a table: item and use, where both are on its line, and the amount."""

    words: tuple[Token, ...]
    amount: Token


def read_expenses(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the totals of both tables, and the rows that they prove.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        unit: The unit that the heading of the column gives.
        ledger: Where claims go.
    """
    printed = [(block.page, tokens_of(block)) for block in blocks]
    found = [(page, tokens) for page, tokens in printed if _totals(tokens, profile)]
    whole = [one for one in found if _has_both_labels(one[1])]
    solved = []
    for page, tokens in whole if len(whole) == 1 else found:
        rows = [row for on, other in printed if on == page and (row := _expenses(other, profile))]
        totals = _totals(tokens, profile)
        if totals and (len(whole) == 1 or _tables(rows, totals)):
            solved.append((tokens, totals, _tables(rows, totals)))
    if len(solved) == 1:
        tokens, totals, tables = solved[0]
        for token in tokens:
            ledger.use(token.stretch)
        _claim_tables(totals, tables, year, unit, ledger)


def _claim_tables(
    totals: tuple[Token, Token], tables: dict[str, list[Expense]], year: int, unit: str, ledger: Ledger
) -> None:
    for name, token in zip(_TABLES, totals, strict=True):
        subject = f"expense/{name}/total"
        ledger.claim(subject, "amount", token.stretch, "side_by_side", fiscal_year=year - 1, unit=unit)
    for name, table in tables.items():
        words = [[word.text for word in one.words] for one in table]
        for place, one in enumerate(table, 1):
            if words.count(words[place - 1]) == 1 and len(one.words) == _CELLS - 1:
                _claim(f"expense/{name}/{place}", one, year, unit, ledger)
            else:
                ledger.open(f"expense/{name}/{place}", "amount", None, "column_sum", year - 1)


def _totals(tokens: Sequence[Token], profile: Profile) -> tuple[Token, Token] | None:
    """Return the totals that a block prints as 計 x 計 y; one of the labels may be torn away."""
    labels = [token for token in tokens if token.kind is Kind.WORDS]
    numbers = [token for token in tokens if token.kind is not Kind.WORDS]
    if not labels or len(numbers) != len(_TABLES) or {profile.label(one.text) for one in labels} != {"total"}:
        return None
    return numbers[0], numbers[1]


def _has_both_labels(tokens: Sequence[Token]) -> bool:
    return [token.kind is Kind.WORDS for token in tokens] == [True, False] * len(_TABLES)


def _expenses(tokens: Sequence[Token], profile: Profile) -> list[Expense]:
    """Return the rows of a block: words and one amount behind them, once or twice."""
    rows: list[Expense] = []
    words: list[Token] = []
    for token in tokens:
        if token.kind is Kind.WORDS:
            words.append(token)
        elif _is_amount(token) and words and not any(profile.label(word.text) for word in words):
            rows.append(Expense(tuple(words), token))
            words = []
        else:
            return []
    return rows if not words and len(rows) <= len(_TABLES) and all(len(row.words) < _CELLS for row in rows) else []


def _is_amount(token: Token) -> bool:
    """Return whether a token is an amount: a number, and no corporate number of a payee."""
    return token.kind is Kind.NUMBER and len(token.text) < _CORPORATE_DIGITS


def _tables(rows: Sequence[list[Expense]], totals: tuple[Token, Token]) -> dict[str, list[Expense]]:
    """Return the rows of each table, if one way alone to share them out adds up to both totals."""
    single = [at for at, row in enumerate(rows) if len(row) == 1]
    if len(single) > _MOST_SINGLE:
        return {}
    fits = []
    for sides in itertools.product(range(len(_TABLES)), repeat=len(single)):
        side = dict(zip(single, sides, strict=True))
        tables = [
            [row[0] if at in side else row[place] for at, row in enumerate(rows) if side.get(at, place) == place]
            for place in range(len(_TABLES))
        ]
        if all(map(_adds_up, tables, totals)):
            fits.append(tables)
    return dict(zip(_TABLES, fits[0], strict=True)) if len(fits) == 1 else {}


def _adds_up(table: Sequence[Expense], total: Token) -> bool:
    if not table:
        return not number_of(total)
    return sum_holds([*(one.amount for one in table), total])


def _claim(subject: str, one: Expense, year: int, unit: str, ledger: Ledger) -> None:
    for name, token in zip(("item", "use"), one.words, strict=True):
        ledger.claim(subject, name, Stretch(token.stretch.parts), "column_sum")
    ledger.claim(subject, "amount", one.amount.stretch, "column_sum", fiscal_year=year - 1, unit=unit)
