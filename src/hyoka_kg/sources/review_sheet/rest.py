"""The other pages of a review sheet from text: checks, opinions, predecessors, flow of money, payments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hyoka_kg.model import Block, Line, Stretch, ValueStatus
from hyoka_kg.normalization import fold, key_form, parse_value
from hyoka_kg.sources.profiles import Profile, label_key
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of, tokens_of_line
from hyoka_kg.sources.review_sheet.expenses import read_expenses
from hyoka_kg.sources.review_sheet.lines import vertical_texts
from hyoka_kg.sources.review_sheet.payments import read_payments

_RANKS = 10
_SHORTEST_ITEM = 8
_PREDECESSORS = "predecessors"


def read_rest(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim what the text decides of checks, opinions, predecessors, flow and payments."""
    lines = [line for block in blocks for line in block.lines]
    _read_checks(blocks, lines, profile, ledger)
    _read_categories(blocks, profile, ledger)
    _read_predecessors(lines, profile, year, ledger)
    _read_flow(blocks, profile, year, ledger)
    read_expenses(blocks, profile, year, unit, ledger)
    read_payments(blocks, profile, year, unit, ledger)
    _read_payments(blocks, profile, year, unit, ledger)


def _read_checks(blocks: Sequence[Block], lines: Sequence[Line], profile: Profile, ledger: Ledger) -> None:
    """Claim the mark of each item that stands on its line; marks away from their items are not decided."""
    marks = profile.vocabulary("mark")
    texts = [label_key(block.stretch.text) for block in blocks]
    for place, (code, text) in enumerate(profile.content["items"].items(), 1):
        subject = f"check/{place}"
        if not any(label_key(text) in printed for printed in texts):
            continue
        ledger.structure(subject, "item", code, "form")
        found = [mark for line in lines if (mark := _mark_behind(line, label_key(text)))]
        if len(found) == 1 and key_form(found[0].text) in marks:
            code = marks[key_form(found[0].text)]
            ledger.claim(subject, "mark", found[0], value=code, status=ValueStatus.REPORTED)
        elif found:
            ledger.issue("two_marks", subject, " ".join(mark.text for mark in found))
            ledger.open(subject, "mark", found[0].page, "two_marks")
        else:
            ledger.open(subject, "mark", None)


def _mark_behind(line: Line, item: str) -> Stretch | None:
    whole = Stretch.of_lines((line,)).strip()
    text = whole.text
    split = max(text.rfind(" "), text.rfind("\u3000"))
    end_of_item = label_key(text[: max(split, 0)])
    if len(end_of_item) < _SHORTEST_ITEM or not item.endswith(end_of_item):
        return None
    return whole.cut(split + 1)


def _read_categories(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    for line in (line for block in blocks for line in block.lines):
        code = profile.vocabulary("external_opinion").get(key_form(line.text))
        if code:
            ledger.claim("opinion/external", "category", Stretch.of_lines((line,)).strip(), "vocabulary", value=code)
    for stretch in vertical_texts(blocks):
        for name, subject in (("team_opinion", "opinion/team"), ("follow_up", "follow-up")):
            code = profile.vocabulary(name).get(key_form(stretch.text))
            others = profile.vocabulary("follow_up" if name == "team_opinion" else "team_opinion")
            if code and key_form(stretch.text) not in others:
                ledger.claim(subject, "category", stretch, "vertical", value=code)


def _read_predecessors(lines: Sequence[Line], profile: Profile, year: int, ledger: Ledger) -> None:
    """Claim pairs of fiscal year and number on one line; one year and one number left over belong together."""
    heading = [line.page for line in lines if profile.label(line.text) == _PREDECESSORS]
    bare_years: list[Token] = []
    bare_numbers: list[Token] = []
    for line in (line for line in lines if line.page in heading):
        tokens = tokens_of_line(line)
        if not any(token.kind is Kind.YEAR for token in tokens):
            continue
        _read_pairs(tokens, profile, year, bare_years, bare_numbers, ledger)
    if len(bare_years) == 1 and len(bare_numbers) == 1:
        at = _year(bare_years[0], year)
        ledger.use(bare_years[0].stretch)
        ledger.claim(f"predecessor/{at}", "review_number", bare_numbers[0].stretch, "only_gap", fiscal_year=at)


def _read_pairs(
    tokens: list[Token], profile: Profile, year: int, bare_years: list[Token], bare_numbers: list[Token], ledger: Ledger
) -> None:
    open_year: Token | None = None
    for token in tokens:
        if token.kind is Kind.YEAR:
            bare_years += [open_year] if open_year else []
            open_year = token
        elif "number" in parse_value("project_number", token.text):
            if open_year is None:
                bare_numbers.append(token)
                continue
            at = _year(open_year, year)
            ledger.use(open_year.stretch)
            ledger.claim(f"predecessor/{at}", "review_number", token.stretch, fiscal_year=at)
            open_year = None
        elif open_year and token.kind is Kind.DASH:
            ledger.use(open_year.stretch)
            at = _year(open_year, year)
            ledger.claim(f"predecessor/{at}", "review_number", token.stretch, fiscal_year=at)
            open_year = None
        elif open_year and profile.pattern("ministry").match(token.text):
            ledger.claim(f"predecessor/{_year(open_year, year)}", "ministry", token.stretch)
    bare_years += [open_year] if open_year else []


def _year(token: Token, near: int) -> int:
    return int(str(parse_value("fiscal_year", token.text, {"fiscal_year": near})["fiscal_year"]))


def _read_flow(blocks: Sequence[Block], profile: Profile, year: int, ledger: Ledger) -> None:
    """Claim a block of the flow of money: its letter, and on the line below it name and amount."""
    lines = [line for block in blocks for line in block.lines]
    for above, line in pairwise(lines):
        letter, tokens = Stretch.of_lines((above,)).strip(), tokens_of_line(line)
        if not profile.pattern("block_letter").match(letter.text) or len(tokens) != 2:
            continue
        if tokens[0].kind is Kind.WORDS and tokens[1].kind is Kind.AMOUNT:
            subject = f"block/{fold_letter(letter.text)}"
            ledger.claim(subject, "label", letter)
            ledger.claim(subject, "name", tokens[0].stretch)
            ledger.claim(subject, "amount", tokens[1].stretch, fiscal_year=year - 1)


def fold_letter(text: str) -> str:
    """Return the ASCII letter of a block, printed in either width.

    >>> fold_letter("Ａ.")
    'A'
    """
    letter = key_form(text).rstrip(".")
    return letter.upper()


def _read_payments(blocks: Sequence[Block], profile: Profile, year: int, unit: str, ledger: Ledger) -> None:
    """Claim the amounts of the list of payees, where ten ranks meet ten equal amounts and no other."""
    pages = {block.page for block in blocks if profile.label(block.stretch.text) == "payments"}
    page = [block for block in blocks if block.page in pages]
    lone = [tokens_of(block)[0] for block in page if len(tokens_of(block)) == 1]
    ranks = [token for token in lone if profile.pattern("rank_of_payments").match(fold(token.text))]
    decimals = [
        token
        for block in page
        for token in tokens_of(block)
        if "." in token.text and token.kind is Kind.NUMBER and not ledger.is_used(token.stretch)
    ]
    amounts = equal_values([token for token in decimals if token.text == _commonest(decimals)], _RANKS)
    if len({token.text for token in ranks}) != len(ranks) or len(ranks) < _RANKS - 1:
        return
    for place, token in enumerate(amounts, 1):
        ledger.claim(f"payment/A/{place}", "amount", token.stretch, "equal_values", fiscal_year=year - 1, unit=unit)


def _commonest(tokens: Sequence[Token]) -> str:
    texts = [token.text for token in tokens]
    return max(texts, key=texts.count) if texts else ""


def equal_values(tokens: Sequence[Token], count: int) -> list[Token]:
    """Return the tokens where there are exactly as many as cells and all print the same; else none."""
    return list(tokens) if len({token.text for token in tokens}) == 1 and len(tokens) == count else []
