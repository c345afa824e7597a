"""Rows of tables in the text of a review sheet: name, label, unit and values of one block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hyoka_kg.model import Block, Stretch
from hyoka_kg.normalization import parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.tokens import Kind, Token, is_wrapped_number, tokens_of

_VALUE_KINDS = {Kind.NUMBER, Kind.DASH, Kind.AMOUNT}
_PERCENT = "%"


@dataclass(frozen=True)
class TableRow:
    """A row as a block prints it.

    Attributes:
        block: The block.
        name: Words before the label, or before the unit where the label is torn away.
        label: The token of the label, or None.
        key: Key of the label, or None.
        unit: Token of the unit between label and values, or None.
        values: The values, in printed order.
    """

    block: Block
    name: Stretch | None
    label: Token | None
    key: str | None
    unit: Token | None
    values: tuple[Token, ...]

    @property
    def page(self) -> int:
        """Return the page of the row."""
        return self.block.page

    @property
    def is_percent(self) -> bool:
        """Return whether the values are printed as per cent."""
        return any(value.facts.get("unit") == _PERCENT for value in self.values)

    @property
    def is_bare(self) -> bool:
        """Return whether only values are printed."""
        return self.name is None and self.label is None and self.unit is None

    @property
    def measure(self) -> str:
        """Return what its numbers count: the unit, or the only word before the values where a label is torn away."""
        if self.unit:
            return self.unit.text
        return self.name.text if self.name and self.label is None else ""


def rows_of(blocks: Iterable[Block], profile: Profile) -> list[TableRow]:
    """Return the blocks that are rows of a table, in printed order.

    A number that its narrow cell wraps breaks its row into blocks: the values behind it are of the same row, and so are
    the label and the unit before it.
    """
    rows: list[TableRow] = []
    before: TableRow | None = None
    is_open = False
    for block in blocks:
        is_wrapped = is_wrapped_number(block)
        row = _row(block, profile)
        if row and before and before.label and row.is_bare and (is_wrapped or is_open):
            if rows and rows[-1] is before:
                rows.pop()
            before, is_open = replace(before, values=before.values + row.values), True
            rows.append(before)
            continue
        before, is_open = row or _head(block, profile), False
        rows += [row] if row else []
    return rows


def _head(block: Block, profile: Profile) -> TableRow | None:
    """Return what a block prints of a row before its values: the name, the label and perhaps the unit."""
    return _parsed(block, tokens_of(block), [], profile)


def _row(block: Block, profile: Profile) -> TableRow | None:
    tokens = tokens_of(block)
    count = next((at for at, token in enumerate(reversed(tokens)) if not is_value(token)), len(tokens))
    head, values = tokens[: len(tokens) - count], tokens[len(tokens) - count :]
    if not values or (len(values) == 1 and values[0].kind is Kind.DASH and not head):
        return None
    return _parsed(block, head, values, profile)


def _parsed(block: Block, head: Sequence[Token], values: Sequence[Token], profile: Profile) -> TableRow | None:
    places = [at for at, token in enumerate(head) if profile.label(token.text)]
    if len(places) > 1:
        return None
    place = places[0] if places else None
    behind = head[place + 1 :] if place is not None else head[-1:] if len(head) > 1 else []
    if len(behind) > 1 or (behind and behind[0].kind is Kind.YEAR):
        return None
    # A dash between label and values may be a unit or a value: the number of values tells, so it counts as a value.
    before = head[:place] if place is not None else head[:-1] if len(head) > 1 else head
    label = head[place] if place is not None else None
    name = Stretch(tuple(part for token in before for part in token.stretch.parts)) if before else None
    key = profile.label(label.text) if label else None
    return TableRow(block, name, label, key, behind[0] if behind else None, tuple(values))


def is_value(token: Token) -> bool:
    """Return whether a token is a value of a row: a number, a percentage, a ratio, or a dash."""
    if token.kind in _VALUE_KINDS:
        return True
    is_rate = token.kind is Kind.QUANTITY and token.facts.get("unit") == _PERCENT
    return is_rate or "numerator" in parse_value("ratio", token.text)


def keys_of(block: Block, profile: Profile) -> set[str]:
    """Return the keys of the labels that a block is or holds."""
    found = {profile.label(block.stretch.text)} | {profile.label(token.text) for token in tokens_of(block)}
    return {key for key in found if key}


def loose_values(blocks: Iterable[Block]) -> list[Token]:
    """Return the values that stand alone in their block: torn away from their row, or of no row."""
    alone = [tokens for block in blocks if len(tokens := tokens_of(block)) == 1]
    return [tokens[0] for tokens in alone if is_value(tokens[0]) and tokens[0].kind is not Kind.DASH]
