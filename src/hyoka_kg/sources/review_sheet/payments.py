"""The lists of payees (支出先上位10者リスト) of a review sheet from text: rows that begin with their rank.

A row is read where payee, corporate number, work and amount follow each other in one block; number of bidders and rate
stand behind them, or behind the method of the contract, which is a block of its own. A sheet prints one list or two.

`first_of_two`: of two rows of one rank, the first printed is of the first list, provided that in both lists the amounts
fall with the rank. `rank_by_amount`: a row whose rank stands torn away has the only free rank, printed alone, into
which its amount fits; where a row is not read, no rank is given.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hyoka_kg.model import Block, Stretch
from hyoka_kg.normalization import fold
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, kinds, tokens_of

_CORPORATE_DIGITS = 13
_LISTS = "AB"
_MOST_BARE = 3
_SECOND_HEAD = "B."
_TWO = "first_of_two"
_BY_AMOUNT = "rank_by_amount"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of a list: its rank, where it is told, and its cells; the amount may have been torn away."""

    rank: int | None
    cells: dict[str, Stretch]
    amount: Decimal | None
    rule: str = ""


_Lists = dict[str, dict[int, PaymentRow]]


def read_payments(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the rows of the lists, if it is told in which list each stands."""
    tokens = [tokens_of(block) for block in blocks]
    rows = [row for at in range(len(tokens)) if (row := _row(tokens, at, profile))]
    heads = [fold(token.text) for one in tokens for token in one].count(_SECOND_HEAD)
    # The second table of expenses bears the letter too, so a second list makes two of them.
    alone = {int(fold(one[0].text)) for one in tokens if len(one) == 1 and _is_rank(one[0], profile)}
    is_whole = sum(map(_has_corporate_number, tokens)) <= len(rows)
    lists = (_with_all_ranks(rows, alone, heads) if is_whole else None) or _split(rows, heads, is_whole=is_whole)
    if lists is None:
        ledger.issue("lists_not_told", "payments", "a rank stands twice, and the lists are not told apart")
        return
    if is_whole:
        _place_bare(lists, [row for row in rows if row.rank is None], alone)
    for name, ranked in lists.items():
        for rank, row in sorted(ranked.items()):
            _claim(f"payment/{name}/{rank}", row, year, unit, ledger)


def _row(tokens: Sequence[list[Token]], at: int, profile: Profile) -> PaymentRow | None:
    own = tokens[at]
    has_rank = len(own) > 1 and _is_rank(own[0], profile)
    cells = own[1:] if has_rank else own
    number = _corporate_place(cells)
    if not has_rank and not _has_corporate_number(cells):
        return None
    if number is None or kinds(cells[:number]).strip(Kind.WORDS):
        return None
    rank = int(fold(own[0].text)) if has_rank else None
    amount = _amount_place(cells, number)
    found = {"payee": _joined(cells[:number])} if number else {}
    found["corporate_number"] = cells[number].stretch
    work = _joined(cells[number + 1 : amount] if amount else [one for one in cells[number + 1 :] if _is_word(one)])
    found |= {"work": work} if work else {}
    if amount is None:
        return PaymentRow(rank, found, None) if has_rank and work else None
    found |= {"amount": cells[amount].stretch} | dict(_bid(cells[amount + 1 :], tokens[at + 1 : at + 3]))
    return PaymentRow(rank, found, number_of(cells[amount]))


def _is_word(token: Token) -> bool:
    return token.kind is Kind.WORDS


def _bid(behind: Sequence[Token], following: Sequence[Sequence[Token]]) -> Iterator[tuple[str, Stretch]]:
    """Yield bidders and rate: behind the amount, or behind the block of the method, if nothing is behind the amount."""
    words = [at for at, token in enumerate(behind) if token.kind is not Kind.WORDS]
    cells = list(behind[words[0] :]) if words else []
    if not behind and len(following) == 2 and not kinds(list(following[0])).strip(Kind.WORDS):
        cells = list(following[1])
    if len(cells) >= 2 and cells[0].kind in (Kind.NUMBER, Kind.DASH) and _is_rate(cells[1]):
        yield "bidders", cells[0].stretch
        yield "bid_rate", cells[1].stretch


def _is_rank(token: Token, profile: Profile) -> bool:
    return profile.pattern("rank_of_payments").match(fold(token.text)) is not None


def _has_corporate_number(tokens: Sequence[Token]) -> bool:
    return any(len(digits := fold(token.text)) == _CORPORATE_DIGITS and digits.isdigit() for token in tokens)


def _corporate_place(tokens: Sequence[Token]) -> int | None:
    """Return the place of the corporate number, which has thirteen digits, or a dash behind the payee."""
    for place, token in enumerate(tokens):
        digits = fold(token.text)
        if (digits.isdigit() and len(digits) == _CORPORATE_DIGITS) or (place and token.kind is Kind.DASH):
            return place
    return None


def _amount_place(tokens: Sequence[Token], number: int) -> int | None:
    """Return the place of the amount: the first number behind the work; one before a rate is that of bidders."""
    for place, token in enumerate(tokens[number + 1 :], number + 1):
        if token.kind is Kind.NUMBER:
            is_bid = place + 1 < len(tokens) and _is_rate(tokens[place + 1])
            return None if is_bid else place
        if token.kind is not Kind.WORDS:
            return None
    return None


def _with_all_ranks(rows: Sequence[PaymentRow], alone: set[int], heads: int) -> _Lists | None:
    """Return the lists if one way alone to give torn ranks to the rows without one makes them whole, from 1 on."""
    bare = [at for at, row in enumerate(rows) if row.rank is None]
    if not 1 <= len(bare) <= _MOST_BARE:
        return None
    found: list[_Lists] = []
    for ranks in itertools.product(sorted(alone), repeat=len(bare)):
        given = dict(zip(bare, ranks, strict=True))
        trial = [replace(row, rank=given.get(at, row.rank)) for at, row in enumerate(rows)]
        lists = _split(trial, heads)
        if lists and sum(map(len, lists.values())) == len(rows) and all(map(_is_whole, lists.values())):
            found.append(lists)
    if len(found) != 1:
        return None
    ids = {id(rows[at].cells) for at in bare}
    return {
        name: {rank: replace(row, rule=_BY_AMOUNT) if id(row.cells) in ids else row for rank, row in ranked.items()}
        for name, ranked in found[0].items()
    }


def _is_whole(ranked: dict[int, PaymentRow]) -> bool:
    return sorted(ranked) == list(range(1, len(ranked) + 1)) and _falls(ranked)


def _split(rows: Sequence[PaymentRow], heads: int, *, is_whole: bool = True) -> _Lists | None:
    """Return the rows with a rank by list; None where the lists are not told apart or the amounts do not fall."""
    by_rank: dict[int, list[PaymentRow]] = defaultdict(list)
    for row in rows:
        if row.rank is not None:
            by_rank[row.rank].append(row)
    twice = [rank for rank, found in by_rank.items() if len(found) > 1]
    if not twice and heads < len(_LISTS):
        return {_LISTS[0]: {rank: found[0] for rank, found in by_rank.items()}}
    if not twice or max(map(len, by_rank.values())) > len(_LISTS):
        return None
    lists = _split_in_two(rows, by_rank, max(twice), by_place=is_whole)
    return lists if all(map(_falls, lists.values())) else None


def _split_in_two(
    rows: Sequence[PaymentRow], by_rank: dict[int, list[PaymentRow]], last: int, *, by_place: bool
) -> _Lists:
    """Return both lists; a rank above those that stand twice goes on with the only list into which its amount fits.

    If it fits into both, it is of the list before or behind whose rows it stands, provided that every row is read. A
    place that contradicts the amount tells nothing.
    """
    printed = {id(row): at for at, row in enumerate(rows)}
    second = [printed[id(found[1])] for found in by_rank.values() if len(found) > 1]
    lists: _Lists = {name: {} for name in _LISTS}
    for rank, found in by_rank.items():
        if len(found) > 1:
            for name, row in zip(_LISTS, found, strict=True):
                lists[name][rank] = replace(row, rule=_TWO)
    for rank in sorted(rank for rank, found in by_rank.items() if len(found) == 1 and rank > last):
        row = by_rank[rank][0]
        at = printed[id(row)]
        place = _LISTS[0] if at < min(second) else _LISTS[1] if at > max(second) else ""
        falling = [name for name, own in lists.items() if _falls({**own, rank: row})]
        fits = [name for name in falling if rank - 1 in lists[name] and (by_place or falling == [name])]
        if len(fits) > 1:
            fits = [name for name in fits if name == place]
        if len(fits) == 1 and place in ("", fits[0]):
            lists[fits[0]][rank] = replace(row, rule=_TWO)
    return lists


def _falls(ranked: dict[int, PaymentRow]) -> bool:
    amounts = [amount for rank in sorted(ranked) if (amount := ranked[rank].amount) is not None]
    return amounts == sorted(amounts, reverse=True)


def _place_bare(lists: _Lists, bare: Sequence[PaymentRow], alone: set[int]) -> None:
    """Give rows without a rank the only place of a torn rank into which their amount fits."""
    for row in bare:
        fits = [
            (name, rank)
            for name, ranked in lists.items()
            for rank in alone - set(ranked)
            if rank <= len(ranked) + len(bare) and _falls({**ranked, rank: row})
        ]
        rivals = [other for other in bare if other is not row and other.amount == row.amount]
        if len(fits) == 1 and not rivals:
            name, rank = fits[0]
            lists[name] = lists[name] | {rank: replace(row, rank=rank, rule=_BY_AMOUNT)}


def _claim(subject: str, row: PaymentRow, year: int, unit: str, ledger: Ledger) -> None:
    for name, stretch in row.cells.items():
        more = {"fiscal_year": year - 1, "unit": unit} if name == "amount" else {}
        ledger.claim(subject, name, stretch, row.rule, **more)


def _is_rate(token: Token) -> bool:
    return token.facts.get("unit") == "%"


def _joined(tokens: Sequence[Token]) -> Stretch:
    return Stretch(tuple(part for token in tokens for part in token.stretch.parts))
