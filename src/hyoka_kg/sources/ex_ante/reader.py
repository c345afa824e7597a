"""Read an ex-ante analysis sheet from text: records with receipts, and what was left."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Block, FormReading, Line, TextLayer
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.ex_ante.entries import read_entries
from hyoka_kg.sources.ex_ante.head import read_head
from hyoka_kg.sources.ex_ante.indicators import read_indicators
from hyoka_kg.sources.ex_ante.marked_rows import read_marked_rows
from hyoka_kg.sources.ex_ante.strategies import Edition, read_strategies
from hyoka_kg.sources.profiles import Profile, find_year, label_key
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, tokens_of, tokens_of_line
from hyoka_kg.sources.reading.told import reading_of_text

_COLUMNS = 3


def read_ex_ante(layer: TextLayer, profile: Profile, editions: Sequence[Edition] = ()) -> FormReading:
    """Return what the text of a sheet tells.

    Args:
        layer: The text.
        profile: What the form prints.
        editions: Editions of cabinet plans that the registry knows.

    Raises:
        LayoutError: The sheet does not name its fiscal year, on which all of its columns depend.
    """
    year = find_year(layer.texts, profile)
    if year is None:
        raise LayoutError(
            "The title of the sheet, with its fiscal year in brackets, was not found. Without it no column has a year."
        )
    ledger = Ledger()
    money_years = list(range(year - _COLUMNS + 1, year + 1))
    target_years = _header_years(layer.blocks, profile, year)
    read_head(layer.blocks, profile, ledger)
    if target_years:
        read_marked_rows(layer.blocks, target_years, year, ledger)
        read_indicators(layer.blocks, profile, target_years, year, ledger)
    else:
        ledger.issue("years_not_found", "measurement indicators", f"FY{year}")
    read_entries(layer.blocks, profile, money_years, ledger)
    read_strategies(_strategy_blocks(layer.blocks, profile), profile, editions, ledger)
    _use_labels(layer.blocks, profile, ledger)
    return reading_of_text(layer, profile, year, ledger)


def _header_years(blocks: Sequence[Block], profile: Profile, year: int) -> list[int] | None:
    """Return the years of the columns of targets, if headings print them: those around the sheet's own year.

    They stand side by side in one line, or torn apart, each alone, on the page that the heading of targets is on.
    """
    expected = [year - 1, year, year + 1]
    rows = [(block.page, years) for block in blocks for line in block.lines if (years := _years(line, year))]
    if any(found[at : at + _COLUMNS] == expected for _, found in rows for at in range(len(found))):
        return expected
    pages = {block.page for block in blocks if _prints(block, profile, "targets")}
    alone = {
        one
        for block in blocks
        if block.page in pages and {token.kind for token in tokens_of(block)} == {Kind.YEAR}
        for line in block.lines
        for one in _years(line, year)
    }
    return expected if set(expected) <= alone else None


def _years(line: Line, year: int) -> list[int]:
    tokens = [token for token in tokens_of_line(line) if token.kind is Kind.YEAR]
    found = [parse_value("fiscal_year", token.text, {"fiscal_year": year}).get("fiscal_year") for token in tokens]
    return [one for one in found if isinstance(one, int)]


def _prints(block: Block, profile: Profile, key: str) -> bool:
    texts = [block.stretch.text, *(token.text for token in tokens_of(block))]
    return any(profile.label(text) == key for text in texts)


def _strategy_blocks(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    """Return the blocks from the page on whose text holds the heading of the table."""
    headings = [key for key, name in profile.labels.items() if name in ("strategies", "strategy_title")]
    pages = [block.page for block in blocks if any(key in label_key(block.stretch.text) for key in headings)]
    return [block for block in blocks if pages and block.page >= pages[0]]


def _use_labels(blocks: Sequence[Block], profile: Profile, ledger: Ledger) -> None:
    for block in blocks:
        if profile.label(block.stretch.text):
            ledger.use(block.stretch)
        for line in block.lines:
            if profile.label(line.text):
                ledger.use(Block((line,)).stretch)
