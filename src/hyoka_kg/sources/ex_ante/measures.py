"""The stream of an indicator page: names with marks, values with years, texts of narrow and wide columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from hyoka_kg.model import Block, Stretch
from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.tokens import Kind, Token, as_token, tokens_of, tokens_of_line

# A column of values has at most twelve characters a line; longer lines are of the column of reasons.
NARROW = 13
_MARK_LINES = 2
_VALUE_KINDS = {Kind.AMOUNT, Kind.DASH, Kind.NUMBER, Kind.YEAR, Kind.QUANTITY, Kind.RELATIVE}


class CellKind(StrEnum):
    """What a block of an indicator page is."""

    NAME = "name"
    MARK = "mark"
    VALUES = "values"
    NARROW = "narrow"
    WIDE = "wide"
    LABEL = "label"


@dataclass
class MeasureCell:
    """A block of an indicator page."""

    kind: CellKind
    stretch: Stretch
    tokens: list[Token] = field(default_factory=list)


@dataclass
class Measure:
    """A measurement indicator (測定指標): its mark, its name, and the cells of its row as far as they are told."""

    mark: Stretch | None
    name: Stretch
    kind: Stretch
    reform: Stretch | None
    kpi: Stretch | None
    row: list[Token]
    mark_rule: str = ""
    family: str | None = None

    @property
    def n(self) -> int | None:
        """Return its number, where the mark is told."""
        facts = parse_value("mark", self.mark.text) if self.mark else {}
        return int(str(facts["n"])) if "n" in facts else None


def cells_of(blocks: Iterable[Block], profile: Profile) -> list[MeasureCell]:
    """Return the cells of a page in printed order."""
    return [cell for block in blocks for cell in _cells_of_block(block, profile)]


def _cells_of_block(block: Block, profile: Profile) -> list[MeasureCell]:
    stretch = block.stretch
    folded = fold(stretch.text)
    if profile.pattern("kind").search(folded):
        return [MeasureCell(CellKind.NAME, stretch)]
    if "n" in parse_value("mark", stretch.text) and not folded.strip().startswith("("):
        return [MeasureCell(CellKind.MARK, stretch.strip())]
    tokens = tokens_of(block)
    if {token.kind for token in tokens} <= _VALUE_KINDS:
        return [MeasureCell(CellKind.VALUES, stretch, tokens)]
    if _ends_with_mark(tokens, len(block.lines)):
        return [MeasureCell(CellKind.MARK, tokens[-1].stretch)]
    if profile.label(stretch.text):
        return [MeasureCell(CellKind.LABEL, stretch)]
    if len(block.lines) > 1 and {token.kind for token in tokens_of_line(block.lines[0])} <= _VALUE_KINDS:
        return [cell for lines in (block.lines[:1], block.lines[1:]) for cell in _cells_of_block(Block(lines), profile)]
    width = max(len(line.text.strip()) for line in block.lines)
    if tokens[0].kind is Kind.YEAR and len(block.lines) > 1:
        rest = stretch.cut(len(tokens[0].text)).strip()
        return [MeasureCell(CellKind.VALUES, tokens[0].stretch, tokens[:1]), _text(rest, width - len(tokens[0].text))]
    return [_text(stretch, width)]


def _ends_with_mark(tokens: list[Token], lines: int) -> bool:
    """Return whether a block is the name of a means with the mark of the indicator beside it."""
    *words, mark = tokens
    is_mark = "n" in parse_value("mark", mark.text) and not fold(mark.text).startswith("(")
    return is_mark and bool(words) and lines <= _MARK_LINES and {word.kind for word in words} == {Kind.WORDS}


def _text(stretch: Stretch, width: int) -> MeasureCell:
    return MeasureCell(CellKind.NARROW if width <= NARROW else CellKind.WIDE, stretch)


def measures_of(cells: list[MeasureCell], profile: Profile) -> list[Measure]:
    """Return the indicators of a page, each with the mark before it and the row behind it, as far as they follow."""
    measures = []
    for place, cell in enumerate(cells):
        if cell.kind is CellKind.NAME and find_measure_name(cell.stretch, profile).name:
            measures.append(_measure(cells, place, profile))
    _give_only_mark(measures, cells)
    return measures


@dataclass(frozen=True, slots=True)
class MeasureName:
    """A name of an indicator with what stands behind it: its kind and its marks of the action program."""

    name: Stretch
    kind: Stretch | None
    reform: Stretch | None
    kpi: Stretch | None


def find_measure_name(stretch: Stretch, profile: Profile) -> MeasureName:
    """Return the parts of a cell that names an indicator; without its kind the whole is the name."""
    kind = profile.pattern("kind").search(fold(stretch.text))
    if kind is None:
        return MeasureName(stretch, None, None, None)
    name = Stretch(tuple(part for part in stretch.cut(0, kind.start()).parts if part.text.strip()))
    behind = stretch.cut(kind.end())
    found = stretch.cut(kind.start(), kind.end())
    return MeasureName(name, found, _find(behind, profile, "reform"), _find(behind, profile, "kpi"))


def _measure(cells: list[MeasureCell], place: int, profile: Profile) -> Measure:
    stretch = cells[place].stretch
    found = find_measure_name(stretch, profile)
    own, name = _split_mark(found.name)
    before = cells[place - 1] if place else None
    mark_place = place - 1
    if before and before.kind is CellKind.NARROW and _is_bullet(before.stretch, profile) and _is_bullet(name, profile):
        name, mark_place = before.stretch + name, place - 2
    mark = own or _mark_at(cells, mark_place)
    return Measure(
        mark,
        name,
        found.kind or Stretch(()),
        found.reform,
        found.kpi,
        _row(cells, place + 1),
    )


def _is_bullet(stretch: Stretch, profile: Profile) -> bool:
    return profile.pattern("bullet").match(stretch.text) is not None


def _mark_at(cells: list[MeasureCell], place: int) -> Stretch | None:
    return cells[place].stretch if place >= 0 and cells[place].kind is CellKind.MARK else None


def _split_mark(stretch: Stretch) -> tuple[Stretch | None, Stretch]:
    first = Stretch(stretch.parts[:1])
    if len(stretch.parts) > 1 and "n" in parse_value("mark", first.text):
        return first.strip(), Stretch(tuple(part for part in stretch.parts[1:] if part.text.strip()))
    return None, Stretch(tuple(part for part in stretch.parts if part.text.strip()))


def _find(stretch: Stretch, profile: Profile, name: str) -> Stretch | None:
    match = profile.pattern(name).search(fold(stretch.text)) if stretch else None
    return stretch.cut(match.start(), match.end()) if match else None


def _row(cells: list[MeasureCell], start: int) -> list[Token]:
    """Return the cells behind a name as tokens, up to the next name, mark, label or column of reasons."""
    row: list[Token] = []
    for cell in cells[start:]:
        if cell.kind is CellKind.VALUES:
            row += cell.tokens
        elif cell.kind is CellKind.NARROW:
            row.append(as_token(cell.stretch))
        else:
            break
    return row


def _give_only_mark(measures: list[Measure], cells: list[MeasureCell]) -> None:
    taken = {id(measure.mark) for measure in measures}
    loose = [cell.stretch for cell in cells if cell.kind is CellKind.MARK and id(cell.stretch) not in taken]
    bare = [measure for measure in measures if measure.mark is None]
    numbers = {measure.n for measure in measures}
    # A mark that another row bears already is of no row: extractors leave marks of the margin behind.
    loose = [mark for mark in loose if int(str(parse_value("mark", mark.text)["n"])) not in numbers]
    if len(loose) == 1 and len(bare) == 1:
        bare[0].mark, bare[0].mark_rule = loose[0], "only_gap"
