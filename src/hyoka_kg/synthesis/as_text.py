"""Write a placed sheet as the text layer that a PDF extractor leaves: blocks out of order, cells torn and glued.

What happens is what two real text layers show: cells of one row share a line, vertical words come one character a line,
headings stand in the middle of data, a long cell lies in distant parts, a page break is three or more blank lines.
`disorder` says how much: 0 is the order of reading, 1 tears every row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from hyoka_kg.synthesis.boxes import Box
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.placing import Line, Placed
from hyoka_kg.synthesis.words import rates, words

_REACH = 25.0  # how many blocks a block may move at disorder 1
_PAGE_GAP = 3
_PAIR = 2  # lines of a budget with what was executed of it


@dataclass(frozen=True, slots=True)
class _Run:
    """A line of a box on its way to the text."""

    box: Box
    line: Line


_TextLine = list[_Run]


@dataclass(slots=True)
class _Block:
    """Lines that stay together, and where they want to stand."""

    key: float
    lines: list[_TextLine]


@dataclass(slots=True)
class TextLayer:
    """The text of a sheet and where its boxes' characters went.

    Attributes:
        lines: The lines, in order.
        places: For each box the runs (line number from 1, first character there, first character in the box, length).
        orphans: Marks that belong to no box: (line number, page, text).
    """

    lines: list[str] = field(default_factory=list)
    places: dict[int, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    orphans: list[tuple[int, int, str]] = field(default_factory=list)


def write_text(placed: list[Placed], chance: Random, disorder: float) -> TextLayer:
    """Return the text layer of a sheet."""
    layer = TextLayer()
    pages = sorted({line.page for one in placed for line in one.lines})
    for page in pages:
        if page != pages[0]:
            layer.lines += [""] * (_PAGE_GAP + chance.randint(0, 2))
        blocks = list(_blocks(placed, page, chance, disorder))
        for block in sorted(blocks, key=lambda one: one.key):
            _write_block(layer, block)
        if happens(chance, rates("layout")["orphan_mark"]):
            _write_orphan(layer, page, chance)
    return layer


def _blocks(placed: list[Placed], page: int, chance: Random, disorder: float) -> Iterator[_Block]:
    here = [(one, [line for line in one.lines if line.page == page]) for one in placed]
    rows = groupby(((one, lines) for one, lines in here if lines), key=lambda pair: pair[0].box.row)
    for position, (_, row) in enumerate(rows):
        yield from _row_blocks(list(row), position, chance, disorder)


def _row_blocks(
    row: list[tuple[Placed, list[Line]]], position: int, chance: Random, disorder: float
) -> Iterator[_Block]:
    """Yield the cells of one row: they keep their order and their place together, but for those that are torn away."""
    units: list[_Unit] = []
    for one, lines in row:
        if _is_torn(one.box, lines, chance, disorder):
            yield from _tear(one.box, lines, position, chance, disorder)
        elif len(lines) > 1:
            units.append(_Unit([[_Run(one.box, line)] for line in lines if line.text], is_tall=True))
        elif lines[0].text:
            _join_run(units, _Run(one.box, lines[0]), breaks=happens(chance, disorder * 0.6))
    if happens(chance, rates("layout")["staggered_row"]):
        units = _stagger(units)
    place = _move(position, chance, disorder)
    yield from (_Block(place, unit.lines) for unit in units if unit.lines)


def _is_torn(box: Box, lines: list[Line], chance: Random, disorder: float) -> bool:
    """A label leaves its row easily, and a tall one always; a tall cell now and then, a value of one line seldom."""
    is_tall = len(lines) > 1
    if not box.facts:
        return is_tall or happens(chance, disorder * 0.4)
    return happens(chance, disorder * (0.6 if is_tall else 0.05))


def _tear(box: Box, lines: list[Line], position: int, chance: Random, disorder: float) -> Iterator[_Block]:
    """Yield a box of its own, seldom in two distant parts."""
    runs = [[_Run(box, line)] for line in lines if line.text]
    if len(runs) > 3 and happens(chance, disorder * 0.3):
        cut = chance.randrange(1, len(runs))
        yield _Block(_move(position, chance, disorder), runs[:cut])
        runs = runs[cut:]
    if runs:
        yield _Block(_move(position, chance, disorder), runs)


@dataclass(slots=True)
class _Unit:
    """Lines of a row between two blank lines: one tall cell, or cells of one line side by side."""

    lines: list[_TextLine]
    is_tall: bool


def _join_run(units: list[_Unit], run: _Run, *, breaks: bool) -> None:
    """Put a cell of one line behind the cells before it: on their line, or on a line of its own below."""
    if not units or units[-1].is_tall:
        units.append(_Unit([[run]], is_tall=False))
    elif breaks:
        units[-1].lines.append([run])
    else:
        units[-1].lines[-1].append(run)


def _stagger(units: list[_Unit]) -> list[_Unit]:
    """Move the blank lines of a row from between cells of two lines into them, where cells follow each other."""
    staggered: list[_Unit] = []
    for unit in units:
        is_pair = unit.is_tall and len(unit.lines) == _PAIR and _is_money(unit)
        if staggered and staggered[-1].is_tall and len(staggered[-1].lines) == 1:
            staggered[-1].lines += unit.lines[:1] if is_pair else unit.lines
            staggered += [_Unit(unit.lines[1:], is_tall=True)] if is_pair else []
        elif is_pair:
            staggered += [_Unit([line], is_tall=True) for line in unit.lines]
        else:
            staggered.append(unit)
    return staggered


def _is_money(unit: _Unit) -> bool:
    return all(fact.kind == "money" for line in unit.lines for run in line for _, fact in run.box.facts)


def _move(position: int, chance: Random, disorder: float) -> float:
    return position + chance.uniform(0, _REACH * disorder)


def _write_block(layer: TextLayer, block: _Block) -> None:
    for line in block.lines:
        text = ""
        for run in line:
            text += " " if text else ""
            places = layer.places.setdefault(id(run.box), [])
            places.append((len(layer.lines) + 1, len(text), run.line.start, len(run.line.text)))
            text += run.line.text
        layer.lines.append(text)
    layer.lines.append("")


def _write_orphan(layer: TextLayer, page: int, chance: Random) -> None:
    mark = chance.choice(words()["orphan_marks"])
    layer.orphans.append((len(layer.lines) + 1, page, mark))
    layer.lines += [mark, ""]


def fact_spans(layer: TextLayer, box: Box) -> list[str]:
    """Return, for each fact of a box, its places as transcriptions write them: `12:0-4;13:0-2`."""
    runs = layer.places.get(id(box), [])
    return [";".join(_pieces(runs, start, start + len(fact.printed))) for start, fact in box.facts]


def _pieces(runs: list[tuple[int, int, int, int]], start: int, end: int) -> Iterator[str]:
    for number, column, first, length in sorted(runs, key=lambda run: run[2]):
        low, high = max(start, first), min(end, first + length)
        if low < high:
            yield f"{number}:{column + low - first}-{column + high - first}"
