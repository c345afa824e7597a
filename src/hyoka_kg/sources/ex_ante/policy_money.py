"""The money of the policy (政策の予算額・執行額), and what its sums tell of rows that lack a column.

`column_sum`: of the orders in which columns may stand, the only one in which most years are the sum of the projects.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hyoka_kg.model import Block
from hyoka_kg.sources.ex_ante.columns import Column, claim_column, columns_of
from hyoka_kg.sources.ex_ante.rows import EntryRow, Page
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, kinds, tokens_of

_RULE = "column_sum"
_MOST_WAYS = 512
_MOST_LOOSE = 4
_FEWEST_SUMS = 3
_LABEL = "policy_money"


def read_policy_money(
    blocks: Sequence[Block],
    pages: Sequence[Page],
    profile: Profile,
    years: Sequence[int],
    row_pattern: re.Pattern[str],
    ledger: Ledger,
) -> None:
    """Claim the money of the policy, and settle the rows of projects that its sums decide.

    Args:
        blocks: The blocks of the sheet.
        pages: The projects by page, and the amounts that no project holds yet.
        profile: What the form prints.
        years: Fiscal years of the columns.
        row_pattern: What the tokens of a whole row are.
        ledger: Where claims go.
    """
    rows = [row for page in pages for row in page.rows]
    loose = [column for page in pages for run in page.loose_tokens for column in _loose_columns(run)]
    orders, is_explicit = _orders(blocks, profile, len(years), ledger)
    fits = _fitting(orders, list(_choices(rows, loose, row_pattern, len(years))))
    if fits and all(order == fits[0][0] for order, _ in fits):
        rule = "" if is_explicit and fits[0][0] == orders[0] else _RULE
        _claim(fits[0][0], years, rule, ledger)
    elif is_explicit:
        _claim(orders[0], years, "", ledger)
    for place, row in enumerate(rows):
        told = {tuple(map(id, chosen[place])): chosen[place] for _, chosen in fits}
        if told and not row_pattern.fullmatch(kinds(row.tokens)):
            row.ways, row.tokens_rule = list(told.values()), _RULE
            row.tokens = row.ways[0] if len(told) == 1 else row.tokens


def _orders(blocks: Sequence[Block], profile: Profile, count: int, ledger: Ledger) -> tuple[list[list[Column]], bool]:
    """Return the orders in which the columns may stand, the printed one first, and whether it is told by the text."""
    label = next((at for at, block in enumerate(blocks) if _has_label(block, profile)), None)
    if label is None:
        return [], False
    whole = re.compile(f"(?:[ADN]E?){{{count - 1}}}[ADN]")
    behind = _amounts_behind(blocks[label:])
    page = [block for block in blocks if block.page == blocks[label].page]
    runs = _runs(page)
    told = next((run for run in (behind, *runs) if whole.fullmatch(kinds(run))), [])
    columns = columns_of(told or [token for run in runs for token in run])
    last = [column for column in columns if column[1] is None]
    if len(columns) != count or len(last) != 1:
        ledger.issue("row_incomplete", "policy", " ".join(token.text for token in behind))
        return [], False
    before = [column for column in columns if column is not last[0]]
    return [[*order, last[0]] for order in itertools.permutations(before)], bool(told)


def _has_label(block: Block, profile: Profile) -> bool:
    texts = [block.stretch.text, block.lines[0].text, *(token.text for token in tokens_of(block))]
    return any(profile.label(text) == _LABEL for text in texts)


def _amounts_behind(blocks: Sequence[Block]) -> list[Token]:
    found: list[Token] = []
    for block in blocks:
        for token in tokens_of(block):
            if token.kind in (Kind.AMOUNT, Kind.EXECUTED, Kind.DASH):
                found.append(token)
            elif found:
                return found
    return found


def _runs(blocks: Sequence[Block]) -> list[list[Token]]:
    """Return the amounts of blocks that print nothing else; neighbouring blocks are one run, begun by a budget."""
    runs: list[list[Token]] = [[]]
    for block in blocks:
        tokens = tokens_of(block)
        if {token.kind for token in tokens} <= {Kind.AMOUNT, Kind.EXECUTED}:
            runs[-1] += tokens
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run and run[0].kind is Kind.AMOUNT]


def _loose_columns(run: Sequence[Token]) -> list[Column]:
    is_amounts = {token.kind for token in run} <= {Kind.AMOUNT, Kind.EXECUTED} and run[0].kind is Kind.AMOUNT
    return columns_of(run) if is_amounts else []


def _choices(
    rows: Sequence[EntryRow], loose: Sequence[Column], pattern: re.Pattern[str], count: int
) -> Iterator[list[list[Token]]]:
    """Yield what the rows may be: whole rows as they are, short ones with the columns that stand loose."""
    ways = [row.ways or ([row.tokens] if pattern.fullmatch(kinds(row.tokens)) else []) for row in rows]
    short = [at for at, own in enumerate(ways) if not own]
    missing = [count + 1 - len(columns_of(rows[at].tokens)) for at in short]
    if sum(missing) != len(loose) or len(loose) > _MOST_LOOSE or any(not _ends_row(rows[at]) for at in short):
        return
    product = 1
    for own in ways:
        product *= max(len(own), 1)
    if product > _MOST_WAYS:
        return
    for order in itertools.permutations(loose):
        left = iter(order)
        filled = [
            [way for way in _fillings(rows[at], list(itertools.islice(left, gaps))) if pattern.fullmatch(kinds(way))]
            for at, gaps in zip(short, missing, strict=True)
        ]
        given = dict(zip(short, filled, strict=True))
        yield from map(list, itertools.product(*(given.get(at, own) for at, own in enumerate(ways))))


def _ends_row(row: EntryRow) -> bool:
    return re.search("[AE][DNF]$", kinds(row.tokens)) is not None


def _fillings(row: EntryRow, columns: Sequence[Column]) -> Iterator[list[Token]]:
    """Yield the row with columns put, in their order, between its own."""
    own = columns_of(row.tokens[:-1])
    total = len(own) + len(columns)
    for places in itertools.combinations(range(total), len(columns)):
        new, old = iter(columns), iter(own)
        merged = [next(new) if at in places else next(old) for at in range(total)]
        yield [*(token for column in merged for token in column if token), row.tokens[-1]]


def _fitting(
    orders: Sequence[list[Column]], choices: Sequence[list[list[Token]]]
) -> list[tuple[list[Column], list[list[Token]]]]:
    """Return the orders of the totals, with the choices of rows, in which most sums hold, and at least three do.

    A sheet may err in one of its amounts, so not all sums need to hold.
    """
    scored = []
    for chosen in choices:
        columns = [columns_of(tokens[:-1]) for tokens in chosen]
        sums = [(_sum(one[0] for one in year), _sum(one[1] for one in year)) for year in zip(*columns, strict=True)]
        scored += [(_equal_sums(order, sums), order, chosen) for order in orders if chosen]
    most = max((score for score, _, _ in scored), default=0)
    return [(order, chosen) for score, order, chosen in scored if score == most >= _FEWEST_SUMS]


def _equal_sums(order: Sequence[Column], sums: Sequence[tuple[Decimal, Decimal]]) -> int:
    equal = [_sum([budget]) == total for (budget, _), (total, _) in zip(order, sums, strict=True)]
    equal += [_sum([column[1]]) == done for column, (_, done) in zip(order, sums, strict=True) if column[1]]
    return sum(equal)


def _sum(tokens: Iterator[Token | None] | Sequence[Token | None]) -> Decimal:
    return sum((number_of(token) or Decimal(0) for token in tokens if token), Decimal(0))


def _claim(order: Sequence[Column], years: Sequence[int], rule: str, ledger: Ledger) -> None:
    for year, column in zip(years, order, strict=True):
        claim_column("policy", year, column, rule, ledger)
