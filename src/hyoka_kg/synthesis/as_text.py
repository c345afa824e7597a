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
        run: list[_Run] = []
        for one, lines in row:
            if len(lines) == 1 and not _is_torn(one.box, chance, disorder):
                run.append(_Run(one.box, lines[0]))
            else:
                yield from _tear(one.box, lines, position, chance, disorder)
        yield from _break_run(run, position, chance, disorder)


def _is_torn(box: Box, chance: Random, disorder: float) -> bool:
    """A label leaves its row easily, a value seldom."""
    return happens(chance, disorder * (0.05 if box.facts else 0.4))


def _tear(box: Box, lines: list[Line], position: int, chance: Random, disorder: float) -> Iterator[_Block]:
    """Yield a box of its own, seldom in two distant parts."""
    runs = [[_Run(box, line)] for line in lines if line.text]
    if len(runs) > 3 and happens(chance, disorder * 0.3):
        cut = chance.randrange(1, len(runs))
        yield _Block(_move(position, chance, disorder), runs[:cut])
        runs = runs[cut:]
    if runs:
        yield _Block(_move(position, chance, disorder), runs)


def _break_run(run: list[_Run], position: int, chance: Random, disorder: float) -> Iterator[_Block]:
    """Yield the cells of one row in their order, on one line or on a few lines that follow each other."""
    filled = [one for one in run if one.line.text]
    if not filled:
        return
    lines: list[_TextLine] = [[filled[0]]]
    for one in filled[1:]:
        if happens(chance, disorder * 0.6):
            lines.append([one])
        else:
            lines[-1].append(one)
    yield _Block(_move(position, chance, disorder), lines)


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
