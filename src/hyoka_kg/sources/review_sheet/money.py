"""The money of a review sheet from text: rows with their label, and rows that arithmetic proves.

`next_block`: the row follows its label in the next block and has one value a year.
`rate_fits`: the only row of five numbers on the page is the total, as the printed rates hold for it with the executed
amounts on the page; claimed for the years that have a rate.
`column_sum`: numbers below one heading whose last is the sum of the others, as many as there are items.
`equal_values`: as many equal values as there are cells, and no other value of the kind on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from hyoka_kg.model import Block
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.arithmetic import number_of, rate_holds, sum_holds
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of, tokens_of_line
from hyoka_kg.sources.review_sheet.head import ENTRY
from hyoka_kg.sources.review_sheet.lines import labelled_line, value_tokens

_ROWS = {
    "initial": ("initial", 4),
    "supplementary": ("supplementary", 4),
    "carried_in": ("carried-in", 4),
    "carried_out": ("carried-out", 4),
    "reserve": ("reserve", 4),
    "total": ("current", 5),
    "executed": ("executed", 3),
}
_RATES = ("execution_rate", "execution_rate_of_initial")
_ACTUAL_YEARS = 3
_CELL_KINDS = {Kind.NUMBER, Kind.DASH, Kind.QUANTITY, Kind.AMOUNT}


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
    rates = _read_rates(blocks, profile, years, ledger)
    read = _read_labelled_rows(blocks, profile, years, unit, ledger)
    if rates and "total" not in read:
        _prove_total(blocks, years, rates, unit, ledger)
    _read_budget_items(blocks, profile, year, unit, ledger)


def _read_rates(blocks: Sequence[Block], profile: Profile, years: Sequence[int], ledger: Ledger) -> list[Token]:
    rates: list[Token] = []
    for block, following in pairwise([*blocks, blocks[-1]]):
        for name in _RATES:
            tokens, rule = _row_of(block, following, profile, name)
            if len(tokens) == _ACTUAL_YEARS and all(_is_percent(token) for token in tokens):
                for at, token in zip(years, tokens, strict=False):
                    ledger.claim(ENTRY, name, token.stretch, rule, fiscal_year=at)
                if name == _RATES[0]:
                    rates = tokens
    return rates


def _row_of(block: Block, following: Block, profile: Profile, name: str) -> tuple[list[Token], str]:
    """Return the values behind a label on its line, or those of the next block where the label is a block."""
    for line in block.lines:
        labelled = labelled_line(line, profile)
        if labelled and labelled.key == name:
            return value_tokens(labelled.rest), ""
    return (tokens_of(following), "next_block") if profile.label(block.stretch.text) == name else ([], "")


def _is_percent(token: Token) -> bool:
    return token.facts.get("unit") == "%" or token.kind is Kind.DASH


def _read_labelled_rows(
    blocks: Sequence[Block], profile: Profile, years: Sequence[int], unit: str, ledger: Ledger
) -> set[str]:
    """Claim rows that stand whole behind their label; a row that is not whole does not tell its years."""
    read = set()
    for block in blocks:
        for line in block.lines:
            labelled = labelled_line(line, profile)
            if labelled is None or labelled.key not in _ROWS:
                continue
            name, least = _ROWS[labelled.key]
            tokens = value_tokens(labelled.rest)
            if not least <= len(tokens) <= len(years) or {token.kind for token in tokens} - _CELL_KINDS:
                continue
            if labelled.key in ("executed", "total") and len(tokens) != least:
                continue
            ledger.use(labelled.label)
            for at, token in zip(years, tokens, strict=False):
                is_request = at == years[-1] and labelled.key == "initial"
                ledger.claim(ENTRY, "requested" if is_request else name, token.stretch, fiscal_year=at, unit=unit)
            read.add(labelled.key)
    return read


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


def _read_budget_items(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    names = _names_between(blocks, profile)
    if not names:
        return
    for place, block in enumerate(names, 1):
        subject = "budget-item/total" if place == len(names) else f"budget-item/{place}"
        ledger.claim(subject, "name", block.stretch.strip(), "label_column")
    for heading, following in pairwise(range(len(blocks))):
        facts = parse_value("fiscal_year", blocks[heading].stretch.text, {"fiscal_year": year})
        column = _column_behind(blocks[following:])
        if "aspect" in facts and len(column) >= len(names) and sum_holds(column[: len(names)]):
            for place, token in enumerate(column[: len(names)], 1):
                subject = "budget-item/total" if place == len(names) else f"budget-item/{place}"
                at = int(str(facts["fiscal_year"]))
                ledger.claim(subject, "amount", token.stretch, "column_sum", fiscal_year=at, unit=unit)


def _names_between(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    """Return the blocks below 歳出予算目 up to 計, which is the last of them."""
    keys = [profile.label(block.stretch.text) for block in blocks]
    if "budget_item" not in keys or "total" not in keys[keys.index("budget_item") :]:
        return []
    start = keys.index("budget_item")
    end = keys.index("total", start)
    names = list(blocks[start + 1 : end + 1])
    return names if all(tokens_of(block)[0].kind is Kind.WORDS for block in names) else []


def _column_behind(blocks: Sequence[Block]) -> list[Token]:
    column: list[Token] = []
    for block in blocks:
        tokens = tokens_of(block)
        if len(tokens) != 1 or tokens[0].kind is not Kind.NUMBER:
            break
        column += tokens
    return column


def equal_values(tokens: Sequence[Token], count: int) -> list[Token]:
    """Return the tokens where there are exactly as many as cells and all print the same; else none."""
    literals = Counter(token.text for token in tokens)
    return list(tokens) if len(literals) == 1 and len(tokens) == count else []
