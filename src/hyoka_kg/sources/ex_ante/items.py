"""The blocks of an ex-ante sheet, told apart: titles of projects, runs of amounts, sections, numbers, prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hyoka_kg.model import Block, Stretch
from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.tokens import Kind, Token, tokens_of

_YEAR_BRACKET = re.compile(r"\(([^()]{2,10})\)")
_LEADING_NUMBER = re.compile(r"\(([0-9]{1,2})\)\s*")
_LONE_NUMBER = re.compile(r"\(([0-9]{1,2})\)")
HEADINGS = ("outcome", "output", "contribution")
_DIGITS = 4
_ROW_KINDS = {Kind.AMOUNT, Kind.EXECUTED, Kind.DASH, Kind.NUMBER, Kind.REFERENCES}


class ItemKind(StrEnum):
    """What a block of a project page is."""

    TITLE = "T"
    VALUES = "V"
    SECTION = "S"
    REVIEW_NUMBER = "R"
    NUMBER = "N"
    PROSE = "P"
    LABEL = "L"


@dataclass(frozen=True, slots=True)
class Item:
    """A block, or part of one, with what it is and what was found in it."""

    kind: ItemKind
    stretch: Stretch
    number: Stretch | None = None
    name: Stretch | None = None
    year: Stretch | None = None
    tokens: tuple[Token, ...] = ()


def items_of(blocks: Iterable[Block], profile: Profile) -> list[Item]:
    """Return the items of a page in printed order; a block may be a title with the amounts behind it."""
    items: list[Item] = []
    for part in (part for block in blocks for part in _split_at_heading(block, profile)):
        for item in _items_of_block(part, profile):
            if items and _continues(items[-1], item, profile):
                items[-1] = Item(ItemKind.SECTION, items[-1].stretch + item.stretch)
            else:
                items.append(item)
    return items


def _split_at_heading(block: Block, profile: Profile) -> list[Block]:
    """Return a block whose text goes on with a section as two: what is before the first heading, and the section."""
    heading = profile.pattern("any_heading")
    first = next((at for at, line in enumerate(block.lines) if heading.search(fold(line.text.strip()))), 0)
    return [Block(block.lines[:first]), Block(block.lines[first:])] if first else [block]


def _continues(section: Item, item: Item, profile: Profile) -> bool:
    """Return whether a section goes on behind a blank line: it has other headings, and the last was not yet there."""
    if section.kind is not ItemKind.SECTION or item.kind is not ItemKind.SECTION:
        return False
    own, other = (_headings(one, profile) for one in (section, item))
    return own.isdisjoint(other) and "contribution" not in own


def _headings(item: Item, profile: Profile) -> set[str]:
    text = fold(item.stretch.text)
    return {name for name in HEADINGS if profile.pattern(f"{name}_heading").search(text)}


def _items_of_block(block: Block, profile: Profile) -> list[Item]:
    stretch = block.stretch
    folded = fold(stretch.text)
    if profile.pattern("any_heading").search(folded):
        return [Item(ItemKind.SECTION, stretch)]
    if _LONE_NUMBER.fullmatch(folded.strip()):
        return [Item(ItemKind.NUMBER, stretch.strip(), number=stretch.strip())]
    if _is_review_number(folded.strip()):
        return [Item(ItemKind.REVIEW_NUMBER, stretch.strip())]
    tokens = tokens_of(block)
    if {token.kind for token in tokens} <= _ROW_KINDS:
        return _values(tokens)
    if {token.kind for token in tokens} == {Kind.YEAR} or profile.label(stretch.text):
        return [Item(ItemKind.LABEL, stretch)]
    return _title(block, stretch, folded) or [Item(ItemKind.PROSE, stretch)]


def _is_review_number(text: str) -> bool:
    """Return whether a text is a project number: a bare one has four digits or leading zeros, else it is a count."""
    facts = parse_value("project_number", text)
    number = str(facts.get("number") or "")
    return len(number) == _DIGITS or number.startswith("0") or (bool(number) and len(facts) > 1)


def _title(block: Block, stretch: Stretch, folded: str) -> list[Item] | None:
    for bracket in reversed(list(_YEAR_BRACKET.finditer(folded))):
        if "fiscal_year" not in parse_value("fiscal_year", bracket[1], {"fiscal_year": 2015}):
            continue
        tokens = _tokens_behind(block, stretch, bracket.end())
        if tokens is None or "value" in parse_value("indicator_value", folded[: bracket.end()]):
            continue
        number = _LEADING_NUMBER.match(folded)
        start = number.end() if number else 0
        item = Item(
            ItemKind.TITLE,
            stretch.cut(0, bracket.end()),
            number=stretch.cut(0, number.end()).strip() if number else None,
            name=stretch.cut(start, bracket.start()).strip(),
            year=stretch.cut(bracket.start(1), bracket.end(1)),
        )
        if not item.name or parse_value("indicator_value", item.name.text).get("label"):
            return None
        return [item, *_values(tokens)]
    return None


def _values(tokens: list[Token]) -> list[Item]:
    """Return the values of a row, and the review number that may close its line."""
    number = tokens[-1] if tokens and len(tokens) > 1 and _is_review_number(fold(tokens[-1].text)) else None
    values = tokens[:-1] if number else tokens
    items = []
    if values:
        stretch = Stretch(tuple(part for token in values for part in token.stretch.parts))
        items.append(Item(ItemKind.VALUES, stretch, tokens=tuple(values)))
    return [*items, *([Item(ItemKind.REVIEW_NUMBER, number.stretch)] if number else [])]


def _tokens_behind(block: Block, stretch: Stretch, offset: int) -> list[Token] | None:
    """Return the tokens of a row behind an offset, or None where something else stands there."""
    behind = stretch.cut(offset)
    if not behind:
        return []
    first = behind.parts[0]
    tokens = [
        token
        for token in tokens_of(block)
        if (token.stretch.parts[0].line.number, token.stretch.parts[0].start) >= (first.line.number, first.start)
    ]
    covered = "".join("".join(token.text.split()) for token in tokens)
    is_row = {token.kind for token in tokens} <= _ROW_KINDS and covered == "".join(behind.text.split())
    return tokens if is_row else None
