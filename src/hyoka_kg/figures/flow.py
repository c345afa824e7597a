"""Draw where the money of a review sheet goes: from its blocks to the largest payees and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hyoka_kg.figures.amounts import Row, Share, amount_of, largest, shown
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, WARNING, Page, rectangle
from hyoka_kg.figures.svg import element, height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_WIDTH, _NAMES, _BAR = 980.0, 300.0, 16.0
_STEP, _LEAST, _GAP = 46.0, 4.0, 10.0
_MOST, _MOST_BLOCKS = 8, 12
_FILLS = ("#9cc0e4", "#a8d3b9", "#e8c88f", "#c5b3de", "#e3aaa3", "#9fd0d6", "#cfcf9c", "#dfabc8")


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    stated: Decimal | None
    payees: list[Share]
    paid: Decimal


def flow_figure(payments: Rows, *, language: Language = "ja") -> Figure:
    """Draw the rows of `pictures/flow` for one review sheet.

    Raises:
        NothingToDraw: The sheet states no payment above zero.
    """
    labels = labels_of("flow", language)
    table = payments.as_text()
    blocks = [block for block in _blocks(table, labels) if block.payees]
    if not blocks:
        raise NothingToDraw(labels("nothing"))
    page = Page(labels("title"), _WIDTH)
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 10
    most = max(block.paid for block in blocks)
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        _draw(page, block, _FILLS[number % len(_FILLS)], most, labels)
    if len(blocks) > _MOST_BLOCKS:
        page.text(labels("more", count=len(blocks) - _MOST_BLOCKS), NOTE_SIZE, fill=MUTED)
    documents = labels("separator").join(dict.fromkeys(row["document_name"] for row in table))
    page.text(labels("receipt", places=documents), NOTE_SIZE, fill=MUTED)
    return page.figure("\n".join(line for block in blocks for line in _sentences(block, labels)), table)


def _blocks(table: Sequence[Row], labels: Labels) -> Iterator[_Block]:
    for block in dict.fromkeys(row["block_iri"] for row in table):
        rows = [row for row in table if row["block_iri"] == block]
        shares = [Share(row["payee"], amount_of(row["amount_mjpy"]) or Decimal(0)) for row in rows if row["payee"]]
        name = labels("block", block=rows[0]["block"], name=rows[0]["block_name"]).strip()
        paid = sum((share.amount for share in shares if share.amount > 0), Decimal(0))
        yield _Block(name, amount_of(rows[0]["total_mjpy"]), largest(shares, _MOST, labels("rest")), paid)


def _draw(page: Page, block: _Block, fill: str, most: Decimal, labels: Labels) -> None:
    left, right = MARGIN + _NAMES, _WIDTH - MARGIN - _NAMES
    top, place, y = page.y, page.y, page.y
    height = len(block.payees) * _STEP
    scale = float(block.paid / most)
    source = max(_LEAST, height * 0.8 * scale)
    for share in block.payees:
        thick = max(1.0, source * float(share.amount / block.paid))
        page.draw(_band(left + _BAR, place, right, y + 4, thick, fill))
        page.draw(rectangle(right, y + 4, _BAR, max(_LEAST, thick), fill, "#5d6675"))
        words = wrap_text(_share(share, labels), _NAMES - _BAR - 12, NOTE_SIZE, 3)
        page.draw(text_lines(right + _BAR + 8, y, words, NOTE_SIZE, fill=INK))
        place += thick
        # A bar that is thicker than a step pushes those under it down.
        y += max(_STEP, max(_LEAST, thick) + _GAP)
    page.draw(rectangle(left, top, _BAR, source, fill, "#5d6675"))
    words = wrap_text(labels("source", block=block.name, amount=shown(block.paid)), _NAMES - 12, SIZE, 3)
    page.draw(text_lines(left - 8, top, words, SIZE, fill=INK, weight="bold", anchor="end"))
    notes = wrap_text(_difference(block, labels), _NAMES - 12, NOTE_SIZE, 4)
    page.draw(text_lines(left - 8, top + height_of(words, SIZE), notes, NOTE_SIZE, fill=WARNING, anchor="end"))
    page.y = top + max(y - top, height_of(words, SIZE) + height_of(notes, NOTE_SIZE), place - top) + 14


def _band(x1: float, y1: float, x2: float, y2: float, thick: float, fill: str) -> str:
    bend = (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {y1:.1f} C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f} "
        f"V{y2 + thick:.1f} C{bend:.1f} {y2 + thick:.1f} {bend:.1f} {y1 + thick:.1f} {x1:.1f} {y1 + thick:.1f} Z"
    )
    return element("path", d=path, fill=fill, fill_opacity="0.55", stroke="none")


def _share(share: Share, labels: Labels) -> str:
    name = labels("rest_of", name=share.name, count=share.count) if share.count > 1 else share.name
    return labels("payee", name=name, amount=shown(share.amount))


def _difference(block: _Block, labels: Labels) -> str:
    if block.stated is None or block.stated == block.paid:
        return ""
    return labels("difference", stated=shown(block.stated), difference=shown(block.stated - block.paid))


def _sentences(block: _Block, labels: Labels) -> Iterator[str]:
    yield labels("source", block=block.name, amount=shown(block.paid)) + _difference(block, labels)
    for share in block.payees:
        yield labels("alt_payee", payee=_share(share, labels))
