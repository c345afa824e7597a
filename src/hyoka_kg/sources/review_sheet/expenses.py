"""The two tables of expenses (費目・使途) that stand side by side, from text.

`side_by_side`: the line of both totals. `column_sum`: rows of item, use and amount, once or twice on a line; a line
with one row is of the table in which all amounts add up to the total, or to what the block was paid. Rows bear no
number and are counted as printed; rows of the same words cannot be told from each other and stay open.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hyoka_kg.model import Block, Stretch
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import half_step, number_of
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of
from hyoka_kg.sources.review_sheet.payment_lists import paid_amounts
from hyoka_kg.sources.review_sheet.rows import keys_of, loose_values

_TABLES = "AB"
_OTHER = len(_TABLES)
_LABELS = {"expenses", "expense_item", "expense_use"}
_RULE = "column_sum"
_CELLS = 3
_CORPORATE_DIGITS = 13
_MOST_SINGLE = 8


@dataclass(frozen=True, slots=True)
class Expense:
    """A row of a table: item and use, where both are on its line, and the amount, unless it was torn away."""

    words: tuple[Token, ...]
    amount: Token | None


def read_expenses(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the totals of both tables, and the rows that they prove.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        unit: The unit that the heading of the column gives.
        ledger: Where claims go; the amounts of the blocks of money are there already.
    """
    pages = {block.page for block in blocks if not _LABELS.isdisjoint(keys_of(block, profile))}
    own = [block for block in blocks if block.page in pages]
    printed = [tokens_of(block) for block in own]
    rows = [row for tokens in printed if (row := _expenses(tokens, profile))]
    paid = paid_amounts(ledger, unit)
    found = _totals(printed, paid, profile)
    if found:
        _claim_totals(found, year, unit, ledger)
    amounts = [number_of(token) or Decimal(0) for token in found[-len(_TABLES) :]] if found else _amounts(paid)
    if amounts:
        _claim_tables(_tables(rows, amounts, loose_values(own)), year, unit, ledger)


def _totals(printed: Sequence[list[Token]], paid: Mapping[str, Decimal], profile: Profile) -> list[Token]:
    """Return the labels and the two numbers of the block of totals: the one that prints what the blocks were paid.

    Where none does, it is the only one with its labels, or else the only one with one of them.
    """
    found = [(labels, numbers) for tokens in printed for labels, numbers in [_split(tokens, profile)] if numbers]
    likely = [one for one in found if [number_of(token) or Decimal(0) for token in one[1]] == _amounts(paid)]
    labelled = [one for one in found if len(one[0]) == len(_TABLES)] or [one for one in found if one[0]]
    best = likely or labelled
    return [*best[0][0], *best[0][1]] if len(best) == 1 else []


def _split(tokens: Sequence[Token], profile: Profile) -> tuple[list[Token], list[Token]]:
    """Return labels and numbers of a block that prints nothing but two totals; a label may be torn away."""
    labels = [token for token in tokens if token.kind is Kind.WORDS]
    numbers = [token for token in tokens if token.kind is not Kind.WORDS]
    is_plain = {profile.label(one.text) for one in labels} <= {"total"} and all(map(_is_amount, numbers))
    return (labels, numbers) if is_plain and len(numbers) == len(_TABLES) else ([], [])


def _amounts(paid: Mapping[str, Decimal]) -> list[Decimal]:
    """Return what the blocks of both tables were paid; none where that of the first is not told."""
    return [paid[_TABLES[0]], paid.get(_TABLES[1], Decimal(0))] if _TABLES[0] in paid else []


def _claim_totals(found: Sequence[Token], year: int, unit: str, ledger: Ledger) -> None:
    for token in found:
        ledger.use(token.stretch)
    for name, token in zip(_TABLES, found[-len(_TABLES) :], strict=True):
        subject = f"expense/{name}/total"
        ledger.claim(subject, "amount", token.stretch, "side_by_side", fiscal_year=year - 1, unit=unit)


def _claim_tables(tables: Mapping[str, list[Expense]], year: int, unit: str, ledger: Ledger) -> None:
    for name, table in tables.items():
        words = [[word.text for word in one.words] for one in table]
        for place, one in enumerate(table, 1):
            if words.count(words[place - 1]) == 1 and len(one.words) == _CELLS - 1:
                _claim(f"expense/{name}/{place}", one, year, unit, ledger)
            else:
                ledger.open(f"expense/{name}/{place}", "amount", None, _RULE, year - 1)


def _expenses(tokens: Sequence[Token], profile: Profile) -> list[Expense]:
    """Return the rows of a block: words and one amount behind them, once or twice; the first may lack its amount."""
    rows: list[Expense] = []
    words: list[Token] = []
    for token in tokens:
        if token.kind is Kind.WORDS:
            words.append(token)
        elif _is_amount(token) and words and not any(profile.label(word.text) for word in words):
            rows += [Expense(tuple(words[:-2]), None)] if len(words) == 2 * (_CELLS - 1) else []
            rows.append(Expense(tuple(words[-2:] if len(words) == 2 * (_CELLS - 1) else words), token))
            words = []
        else:
            return []
    return rows if not words and len(rows) <= len(_TABLES) and all(len(row.words) < _CELLS for row in rows) else []


def _is_amount(token: Token) -> bool:
    """Return whether a token is an amount: a number, and no corporate number of a payee."""
    return token.kind is Kind.NUMBER and len(token.text) < _CORPORATE_DIGITS


def _tables(
    rows: Sequence[list[Expense]], totals: Sequence[Decimal], loose: Sequence[Token]
) -> dict[str, list[Expense]]:
    """Return the rows of each table, if one way alone to share them out adds up to both totals.

    A line with one row may be of the first table, of the second, or of another list of the page; of the ways that add
    up those count that leave out fewest.
    """
    single = [at for at, row in enumerate(rows) if len(row) == 1]
    if len(single) > _MOST_SINGLE:
        return {}
    fits: dict[int, list[list[list[Expense]]]] = defaultdict(list)
    for sides in itertools.product((*range(len(_TABLES)), _OTHER), repeat=len(single)):
        side = dict(zip(single, sides, strict=True))
        shares = [
            [row[0] if at in side else row[place] for at, row in enumerate(rows) if side.get(at, place) == place]
            for place in range(len(_TABLES))
        ]
        tables = [_adding_up(share, total, loose) for share, total in zip(shares, totals, strict=True)]
        if all(table is not None for table in tables):
            fits[sides.count(_OTHER)].append([table for table in tables if table is not None])
    likely = fits[min(fits)] if fits else []
    return dict(zip(_TABLES, likely[0], strict=True)) if len(likely) == 1 else {}


def _adding_up(table: list[Expense], total: Decimal, loose: Sequence[Token]) -> list[Expense] | None:
    """Return the rows of a table if they add up to its total; one torn amount is the only loose number that lacks."""
    amounts = [number_of(one.amount) if one.amount else None for one in table]
    told = [amount for amount in amounts if amount is not None]
    slack = sum(map(half_step, told), half_step(total))
    missing = total - sum(told)
    if len(told) == len(table):
        return table if abs(missing) <= slack else None
    found = [token for token in loose if number_of(token) == missing and missing]
    if len(told) + 1 < len(table) or len(found) != 1:
        return None
    return [one if one.amount else replace(one, amount=found[0]) for one in table]


def _claim(subject: str, one: Expense, year: int, unit: str, ledger: Ledger) -> None:
    for name, token in zip(("item", "use"), one.words, strict=True):
        ledger.claim(subject, name, Stretch(token.stretch.parts), _RULE)
    if one.amount:
        ledger.claim(subject, "amount", one.amount.stretch, _RULE, fiscal_year=year - 1, unit=unit)
