"""Draw where the money of a paper goes: the largest projects and the rest, by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hyoka_kg.figures.amounts import Share, largest, shown, spending_of
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, Page, rectangle
from hyoka_kg.figures.svg import Area, height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_WIDTH, _HEIGHT, _PAD, _MOST, _FEWEST = 900.0, 420.0, 6.0, 8, 2
_FILLS = ("#c9dcf2", "#dcefe4", "#f6e3c5", "#ece6f4", "#f4dfdd", "#d5ecef", "#e9e9d2", "#f3dbe8", "#e4e7ee")


def treemap_figure(money: Rows, *, language: Language = "ja") -> Figure:
    """Draw the rows of `pictures/execution` for one paper: budgets of the year that most projects state.

    Raises:
        NothingToDraw: Fewer than two projects of the paper have a budget above zero.
    """
    labels = labels_of("treemap", language)
    table = money.as_text()
    told = [one for one in spending_of(table) if one.budget > 0]
    years = Counter(one.year for one in told)
    year = max(years, key=lambda one: (years[one], one), default=0)
    shares = largest((Share(one.name, one.budget) for one in told if one.year == year), _MOST, labels("rest"))
    if len(shares) < _FEWEST:
        raise NothingToDraw(labels("nothing"))
    total = sum((share.amount for share in shares), Decimal(0))
    name = " ".join(labels.fiscal_year(year))
    page = Page(labels("title", year=name, total=shown(total)), _WIDTH)
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 8
    areas = list(squarify([float(share.amount) for share in shares], Area(MARGIN, page.y, page.room, _HEIGHT)))
    for number, (share, area) in enumerate(zip(shares, areas, strict=True)):
        _draw(page, number, share, area, total, labels)
    page.y += _HEIGHT + 10
    for number, share in enumerate(shares):
        page.text(_line(number, share, total, labels), NOTE_SIZE)
    documents = labels("separator").join(dict.fromkeys(row["document_name"] for row in table))
    page.text(labels("receipt", places=documents), NOTE_SIZE, fill=MUTED)
    return page.figure("\n".join(_line(n, share, total, labels) for n, share in enumerate(shares)), table)


def squarify(values: Sequence[float], area: Area) -> Iterator[Area]:
    """Yield an area for each value, in order, as square as they come (Bruls, Huizing, van Wijk, 2000).

    Args:
        values: Numbers above zero, largest first.
        area: What they fill.
    """
    rest, left = list(values), area
    while rest:
        count = _best_count(rest, left)
        row, share = rest[:count], sum(rest[:count]) / sum(rest)
        upright = left.width >= left.height
        length = left.width * share if upright else left.height * share
        place = 0.0
        for value in row:
            part = value / sum(row)
            if upright:
                yield Area(left.x, left.y + place, length, left.height * part)
                place += left.height * part
            else:
                yield Area(left.x + place, left.y, left.width * part, length)
                place += left.width * part
        rest = rest[count:]
        left = (
            Area(left.x + length, left.y, left.width - length, left.height)
            if upright
            else Area(left.x, left.y + length, left.width, left.height - length)
        )


def _best_count(rest: Sequence[float], left: Area) -> int:
    def worst(count: int) -> float:
        row, side = rest[:count], min(left.width, left.height)
        length = sum(row) / sum(rest) * max(left.width, left.height)
        sides = [(side * value / sum(row), length) for value in row]
        return max(max(a, b) / max(min(a, b), 1e-9) for a, b in sides)

    count = 1
    while count < len(rest) and worst(count + 1) <= worst(count):
        count += 1
    return count


def _draw(page: Page, number: int, share: Share, area: Area, total: Decimal, labels: Labels) -> None:
    page.draw(
        rectangle(area.x + 1, area.y + 1, area.width - 2, area.height - 2, _FILLS[number % len(_FILLS)], "#ffffff")
    )
    room = area.width - 2 * _PAD
    full = wrap_text(_line(number, share, total, labels), room, SIZE) if room > 6 * SIZE else []
    # A small part bears its number only; its name stands in the list below.
    lines = full if full and height_of(full, SIZE) <= area.height - 2 * _PAD else [str(number + 1)]
    if height_of(lines, SIZE) <= area.height - 2 and room > SIZE:
        page.draw(text_lines(area.x + _PAD, area.y + min(_PAD, area.height / 10), lines, SIZE, fill=INK))


def _line(number: int, share: Share, total: Decimal, labels: Labels) -> str:
    name = labels("rest_of", name=share.name, count=share.count) if share.count > 1 else share.name
    return labels(
        "line", number=number + 1, name=name, amount=shown(share.amount), part=f"{share.amount * 100 / total:.1f}"
    )
