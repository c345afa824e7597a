"""The list of payees of a review sheet from text: rows that begin with their rank.

A row is read where rank, payee, corporate number, work and amount follow each other in one block. Ranks tell the row;
the block of the flow (A, B …) is told only where the sheet has one list.
"""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.model import Block, Stretch
from hyoka_kg.normalization import fold
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of

_CORPORATE_DIGITS = 13
_FIRST = "A"


def read_payments(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the rows of the list, if the sheet has one list and each rank once."""
    rows = {}
    for block in blocks:
        tokens = tokens_of(block)
        if not _is_row(tokens, profile):
            continue
        rank = int(fold(tokens[0].text))
        if rank in rows:
            ledger.issue("lists_not_told", "payments", f"rank {rank} stands twice, so the blocks are not told apart")
            return
        rows[rank] = tokens
    for rank, tokens in sorted(rows.items()):
        _claim_row(f"payment/{_FIRST}/{rank}", tokens, year, unit, ledger)


def _is_row(tokens: Sequence[Token], profile: Profile) -> bool:
    if len(tokens) < 5 or not profile.pattern("rank_of_payments").match(fold(tokens[0].text)):
        return False
    number = _corporate_place(tokens)
    if number is None or any(token.kind is not Kind.WORDS for token in tokens[1:number]):
        return False
    amount = _amount_place(tokens, number)
    return amount is not None


def _corporate_place(tokens: Sequence[Token]) -> int | None:
    """Return the place of the corporate number, which has thirteen digits, or a dash behind the payee."""
    for place, token in enumerate(tokens[2:], 2):
        digits = fold(token.text)
        if (digits.isdigit() and len(digits) == _CORPORATE_DIGITS) or token.kind is Kind.DASH:
            return place
    return None


def _amount_place(tokens: Sequence[Token], number: int) -> int | None:
    """Return the place of the amount: the first number behind one or more words of work."""
    for place, token in enumerate(tokens[number + 1 :], number + 1):
        if token.kind is Kind.NUMBER and place > number + 1:
            return place
        if token.kind is not Kind.WORDS:
            return None
    return None


def _claim_row(subject: str, tokens: Sequence[Token], year: int, unit: str, ledger: Ledger) -> None:
    number = _corporate_place(tokens)
    amount = _amount_place(tokens, number) if number is not None else None
    if number is None or amount is None:
        return
    ledger.use(tokens[0].stretch)
    ledger.claim(subject, "payee", _joined(tokens[1:number]))
    ledger.claim(subject, "corporate_number", tokens[number].stretch)
    ledger.claim(subject, "work", _joined(tokens[number + 1 : amount]))
    ledger.claim(subject, "amount", tokens[amount].stretch, fiscal_year=year - 1, unit=unit)
    behind = tokens[amount + 1 :]
    if len(behind) >= 2 and behind[0].kind in (Kind.NUMBER, Kind.DASH) and _is_rate(behind[1]):
        ledger.claim(subject, "bidders", behind[0].stretch)
        ledger.claim(subject, "bid_rate", behind[1].stretch)


def _is_rate(token: Token) -> bool:
    return token.facts.get("unit") == "%"


def _joined(tokens: Sequence[Token]) -> Stretch:
    return Stretch(tuple(part for token in tokens for part in token.stretch.parts))
