"""Rows of the lists of payees (支出先上位10者リスト) in the text of a review sheet, each as its blocks print it.

A row is read where payee, corporate number, work and amount follow each other in one block; a row that begins with its
rank may lack the corporate number or the amount. Number of bidders and rate stand behind the amount, or behind the
method of the contract, which is a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hyoka_kg.model import Stretch
from hyoka_kg.normalization import fold
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of
from hyoka_kg.sources.reading.tokens import Kind, Token, kinds

_CORPORATE_DIGITS = 13
_AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of a list: its rank, where it is told, and its cells; the amount may have been torn away.

    Attributes:
        at: Place of its block on the pages, which tells the printed order.
        rank: Its number, or None where that stands elsewhere.
        cells: What it prints, by field.
        amount: The amount as a number.
    """

    at: int
    rank: int | None
    cells: dict[str, Stretch]
    amount: Decimal | None


def payment_rows(blocks: Sequence[list[Token]], profile: Profile) -> list[PaymentRow]:
    """Return the rows that the tokens of blocks print, in their order."""
    return [row for at in range(len(blocks)) if (row := _row(blocks, at, profile))]


def lone_ranks(blocks: Sequence[list[Token]], profile: Profile) -> list[int]:
    """Return the ranks that stand alone in their block."""
    return sorted(int(fold(one[0].text)) for one in blocks if len(one) == 1 and _is_rank(one[0], profile))


def is_corporate_number(token: Token) -> bool:
    """Return whether a token has the thirteen digits of a corporate number (法人番号)."""
    digits = fold(token.text)
    return len(digits) == _CORPORATE_DIGITS and digits.isdigit()


def _row(blocks: Sequence[list[Token]], at: int, profile: Profile) -> PaymentRow | None:
    own = blocks[at]
    has_rank = len(own) > 1 and _is_rank(own[0], profile)
    cells = own[1:] if has_rank else own
    number = _corporate_place(cells)
    if not has_rank and not any(map(is_corporate_number, cells)):
        return None
    if number is None:
        return _row_without_number(blocks, at, cells) if has_rank else None
    if kinds(cells[:number]).strip(Kind.WORDS):
        return None
    rank = int(fold(own[0].text)) if has_rank else None
    amount = _amount_place(cells, number + 1)
    found = {"payee": _joined(cells[:number])} if number else {}
    found["corporate_number"] = cells[number].stretch
    work = _joined(cells[number + 1 : amount] if amount else [one for one in cells[number + 1 :] if _is_word(one)])
    found |= {"work": work} if work else {}
    if amount is None:
        return PaymentRow(at, rank, found, None) if has_rank and work else None
    found |= _amount_and_bid(blocks, at, cells[amount:])
    return PaymentRow(at, rank, found, number_of(cells[amount]))


def _row_without_number(blocks: Sequence[list[Token]], at: int, cells: Sequence[Token]) -> PaymentRow | None:
    """Return a row of rank, words and amount; payee and work are not told apart without the number between them."""
    amount = _amount_place(cells, 0)
    if not amount:
        return None
    found = _amount_and_bid(blocks, at, cells[amount:])
    return PaymentRow(at, int(fold(blocks[at][0].text)), found, number_of(cells[amount]))


def _amount_and_bid(blocks: Sequence[list[Token]], at: int, cells: Sequence[Token]) -> dict[str, Stretch]:
    return {_AMOUNT: cells[0].stretch} | dict(_bid(cells[1:], blocks[at + 1 : at + 3]))


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


def _corporate_place(tokens: Sequence[Token]) -> int | None:
    """Return the place of the corporate number, which has thirteen digits, or a dash behind the payee."""
    for place, token in enumerate(tokens):
        if is_corporate_number(token) or (place and token.kind is Kind.DASH):
            return place
    return None


def _amount_place(tokens: Sequence[Token], start: int) -> int | None:
    """Return the place of the amount: the first number behind the work; one before a rate is that of bidders."""
    for place, token in enumerate(tokens[start:], start):
        if token.kind is Kind.NUMBER:
            behind = tokens[place + 1 :]
            # A number before a rate is that of bidders, and may be before one dash: of three cells two were torn away.
            is_bid = bool(behind) and (_is_rate(behind[0]) or kinds(list(behind)) == Kind.DASH)
            return None if is_bid else place
        if token.kind is not Kind.WORDS:
            return None
    return None


def _is_word(token: Token) -> bool:
    return token.kind is Kind.WORDS


def _is_rate(token: Token) -> bool:
    return token.facts.get("unit") == "%"


def _joined(tokens: Sequence[Token]) -> Stretch:
    return Stretch(tuple(part for token in tokens for part in token.stretch.parts))
