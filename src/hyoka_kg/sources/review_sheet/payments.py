"""The lists of payees (支出先上位10者リスト) of a review sheet from text; a sheet prints one list or two.

`lists_fit`: list and rank of a row are those in which all likely ways agree to share out the rows, see `payment_lists`.
Rows of one list with their ranks are explicit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hyoka_kg.model import Block
from hyoka_kg.normalization import fold
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Token, tokens_of
from hyoka_kg.sources.review_sheet.payment_lists import Place, Way, likely_ways, paid_amounts
from hyoka_kg.sources.review_sheet.payment_rows import PaymentRow, lone_ranks, payment_rows

_LISTS = "AB"
_SECOND_HEAD = "B."
_RULE = "lists_fit"


def read_payments(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the rows of the lists, as far as it is told in which list and at which rank each stands.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        year: Fiscal year of the sheet.
        unit: The unit that the heading of the list gives.
        ledger: Where claims go; the amounts of the blocks of money are there already.
    """
    tokens = [tokens_of(block) for block in blocks]
    rows = payment_rows(tokens, profile)
    lists = _LISTS if _are_two(rows, tokens) else _LISTS[:1]
    ranks = [row.rank for row in rows]
    if len(lists) == 1 and None not in ranks and len(set(ranks)) == len(ranks):
        ways: list[Way] = [{(_LISTS[0], row.rank): row for row in rows if row.rank is not None}]
        _claim(ways, "", year, unit, ledger)
        return
    ways = likely_ways(rows, lone_ranks(tokens, profile), lists, paid_amounts(ledger, unit), _head(tokens))
    if not ways:
        ledger.issue("lists_not_told", "payments", str(len(rows)))
    _claim(ways, _RULE, year, unit, ledger)


def _are_two(rows: Sequence[PaymentRow], tokens: Sequence[list[Token]]) -> bool:
    """Return whether there is a second list: a rank stands twice, or the second head, which expenses bear as well."""
    ranks = [row.rank for row in rows if row.rank is not None]
    heads = [fold(token.text) for one in tokens for token in one].count(_SECOND_HEAD)
    return len(set(ranks)) < len(ranks) or heads >= len(_LISTS)


def _head(tokens: Sequence[list[Token]]) -> int | None:
    """Return the place of the head of the second list: the last block that prints nothing but its letter."""
    alone = [at for at, one in enumerate(tokens) if [fold(token.text) for token in one] == [_SECOND_HEAD]]
    return alone[-1] if alone else None


def _claim(ways: Sequence[Way], rule: str, year: int, unit: str, ledger: Ledger) -> None:
    for place in sorted({place for way in ways for place in way}):
        _claim_row(place, [way.get(place) for way in ways], rule, year, unit, ledger)


def _claim_row(
    place: Place, rows: Sequence[PaymentRow | None], rule: str, year: int, unit: str, ledger: Ledger
) -> None:
    """Claim the cells that print the same in every way."""
    name, rank = place
    subject = f"payment/{name}/{rank}"
    cells: list[Mapping[str, object]] = [{f: s.text for f, s in row.cells.items()} if row else {} for row in rows]
    first = rows[0].cells if rows[0] else {}
    for field, stretch in first.items():
        if all(other.get(field) == stretch.text for other in cells):
            more = {"fiscal_year": year - 1, "unit": unit} if field == "amount" else {}
            ledger.claim(subject, field, stretch, rule, **more)
        else:
            ledger.open(subject, field, stretch.page, rule, year - 1 if field == "amount" else None)
