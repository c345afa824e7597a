"""The rows of the table of means (達成手段): which amounts, sections and numbers belong to which title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hyoka_kg.model import Stretch
from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.sources.ex_ante.items import Item, ItemKind
from hyoka_kg.sources.reading.echo import pair_by_echo
from hyoka_kg.sources.reading.tokens import Token, kinds

ONLY_GAP = "only_gap"
SEQUENCE = "constant_offset"
ECHO = "name_echo"
_FEWEST_PAIRS = 3


@dataclass
class Found:
    """A stretch of a row, and the rule that put it there; empty where it stands behind its title."""

    stretch: Stretch
    rule: str = ""


@dataclass
class EntryRow:
    """A row of the table: its title, and what follows it in the text; `ways` are the rows that its tokens may be."""

    title: Item
    number: Found | None = None
    tokens: list[Token] = field(default_factory=list)
    tokens_rule: str = ""
    ways: list[list[Token]] = field(default_factory=list)
    after: list[Item] = field(default_factory=list)
    overview: Found | None = None
    section: Found | None = None
    review_number: Found | None = None

    @property
    def n(self) -> int | None:
        """Return the number of the row, where it is told."""
        return int(re.sub(r"\D", "", fold(self.number.stretch.text))) if self.number else None


@dataclass
class Page:
    """The rows of a page, and the items that no row holds yet."""

    rows: list[EntryRow]
    loose_tokens: list[list[Token]]
    loose_numbers: list[Stretch]
    loose_items: list[Item]


def gather(items: Iterable[Item], row_pattern: re.Pattern[str]) -> Page:
    """Return the rows of one page: values behind a title are its own until the row is complete."""
    page = Page([], [], [], [])
    is_fresh = False
    for item in items:
        row = page.rows[-1] if page.rows else None
        if item.kind is ItemKind.TITLE:
            page.rows.append(EntryRow(item, Found(item.number) if item.number else None))
            is_fresh = True
        elif item.kind is ItemKind.NUMBER:
            page.loose_numbers.append(item.stretch)
        elif item.kind is ItemKind.VALUES:
            if row is None or not is_fresh or not _take(row, item.tokens, row_pattern):
                page.loose_tokens.append(list(item.tokens))
        elif item.kind is not ItemKind.LABEL:
            (row.after if row else page.loose_items).append(item)
            is_fresh = False
    page.loose_tokens = _joined(page.loose_tokens)
    return page


def _take(row: EntryRow, tokens: Iterable[Token], pattern: re.Pattern[str]) -> bool:
    if pattern.fullmatch(kinds(row.tokens)):
        return False
    row.tokens += tokens
    return True


def _joined(runs: list[list[Token]]) -> list[list[Token]]:
    """Return runs of tokens, those joined that stand in neighbouring blocks (one blank line apart)."""
    joined: list[list[Token]] = []
    for run in runs:
        last = joined[-1][-1].stretch.parts[-1].line.number if joined else None
        if last is not None and run[0].stretch.parts[0].line.number - last <= _BLOCK_DISTANCE:
            joined[-1] += run
        else:
            joined.append(list(run))
    return joined


_BLOCK_DISTANCE = 2


def complete(page: Page, row_pattern: re.Pattern[str]) -> None:
    """Give each gap of a page what is left over, where only one gap and one remainder fit."""
    _complete_tokens(page, row_pattern)
    bare = [row for row in page.rows if row.number is None]
    if len(bare) == 1 and len(page.loose_numbers) == 1:
        bare[0].number = Found(page.loose_numbers.pop(), ONLY_GAP)


def _complete_tokens(page: Page, pattern: re.Pattern[str]) -> None:
    short = [row for row in page.rows if not pattern.fullmatch(kinds(row.tokens))]
    if len(short) != 1 or len(page.loose_tokens) != 1:
        return
    own, loose = short[0].tokens, page.loose_tokens[0]
    whole = [run for at in range(len(own) + 1) if pattern.fullmatch(kinds(run := own[:at] + loose + own[at:]))]
    if whole:
        short[0].ways, short[0].tokens_rule = whole, ONLY_GAP
        short[0].tokens = whole[0] if len(whole) == 1 else own
        page.loose_tokens.clear()


def assign_sections(page: Page) -> None:
    """Give each row its section and the prose before it; where the text runs on, by the name that it repeats."""
    groups = [[item for item in row.after if item.kind is ItemKind.SECTION] for row in page.rows]
    settled = [row for row, group in zip(page.rows, groups, strict=True) if len(group) == 1 and _is_own(row, group[0])]
    pool = [row for row in page.rows if row not in settled]
    for row in settled:
        _give(row, row.after, next(item for item in row.after if item.kind is ItemKind.SECTION), "")
    loose = [(row.after, item) for row in pool for item in row.after if item.kind is ItemKind.SECTION]
    loose += [(page.loose_items, item) for item in page.loose_items if item.kind is ItemKind.SECTION]
    names = [(row.title.name or row.title.stretch).text for row in pool]
    paired = pair_by_echo(names, [section.stretch.text for _, section in loose])
    for at, place in paired:
        _give(pool[at], *loose[place], ECHO)
    loose = [one for place, one in enumerate(loose) if place not in {pair[1] for pair in paired}]
    bare = [row for row in page.rows if row.section is None]
    if len(bare) == 1 and len(loose) == 1:
        _give(bare[0], *loose[0], ONLY_GAP)


def _is_own(row: EntryRow, section: Item) -> bool:
    """Return whether a section stands before the review number that closes the row, so that it was not moved there."""
    numbers = [at for at, item in enumerate(row.after) if item.kind is ItemKind.REVIEW_NUMBER]
    return not numbers or row.after.index(section) < numbers[0]


def _give(row: EntryRow, stream: list[Item], section: Item, rule: str) -> None:
    row.section = Found(section.stretch, rule)
    place = stream.index(section)
    if place and stream[place - 1].kind is ItemKind.PROSE:
        row.overview = Found(stream[place - 1].stretch, rule)


def assign_review_numbers(pages: list[Page]) -> list[tuple[str, str]]:
    """Give each row its review number: the one behind it, if the numbers of the sheet run with those of the rows.

    Returns:
        Places and literals of numbers that contradict the run of the others; they are given to no row.
    """
    adjacent = [(row, _numbers_behind(row)) for page in pages for row in page.rows]
    pairs = [(row.n, _plain(numbers[0])) for row, numbers in adjacent if len(numbers) == 1 and row.n]
    offset = _constant_offset([(n, plain) for n, plain in pairs if n and plain is not None])
    problems: list[tuple[str, str]] = []
    loose: list[Stretch] = [
        item.stretch for page in pages for item in page.loose_items if item.kind is ItemKind.REVIEW_NUMBER
    ]
    for row, numbers in adjacent:
        fits = [number for number in numbers if offset is None or _plain(number) in (None, (row.n or 0) + offset)]
        if len(numbers) == 1 and fits:
            row.review_number = Found(numbers[0])
        else:
            loose += numbers
    if offset is not None:
        loose = _place_by_offset([row for row, _ in adjacent], loose, offset)
    problems += [(str(number.pieces[0]), number.text) for number in loose]
    return problems


def _place_by_offset(rows: list[EntryRow], loose: list[Stretch], offset: int) -> list[Stretch]:
    left = []
    for number in loose:
        plain = _plain(number)
        fits = [row for row in rows if row.review_number is None and plain is not None and row.n == plain - offset]
        if len(fits) == 1:
            fits[0].review_number = Found(number, SEQUENCE)
        else:
            left.append(number)
    return left


def _numbers_behind(row: EntryRow) -> list[Stretch]:
    return [item.stretch for item in row.after if item.kind is ItemKind.REVIEW_NUMBER]


def _plain(number: Stretch) -> int | None:
    facts = parse_value("project_number", number.text)
    return int(str(facts["number"])) if set(facts) == {"number"} else None


def _constant_offset(pairs: list[tuple[int, int]]) -> int | None:
    """Return what the numbers exceed those of the rows by, where nearly all pairs agree."""
    offsets = Counter(plain - n for n, plain in pairs)
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count >= _FEWEST_PAIRS and count * 5 >= len(pairs) * 4 else None
