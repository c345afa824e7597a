"""Draw the money of a project by year: budget and execution as bars, other phases and differing papers in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hyoka_kg.figures.amounts import Row, amount_of, shown
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.labels import Labels, Language, labels_of
from hyoka_kg.figures.nothing import NothingToDraw
from hyoka_kg.figures.page import INK, MARGIN, MUTED, NOTE_SIZE, SIZE, WARNING, Page, rectangle
from hyoka_kg.figures.receipts import receipt_line
from hyoka_kg.figures.svg import height_of, text_lines
from hyoka_kg.figures.text import wrap_text
from hyoka_kg.store import Rows

_WIDTH, _LABELS, _BARS = 900.0, 130.0, 420.0
_BAR_HEIGHT, _GAP = 14.0, 10.0
_BUDGETS = ("current", "initial", "requested")
_EXECUTED = "executed"
_BUDGET_FILL, _SPENT = "#c9dcf2", "#1f4e8c"
_MOST_YEARS = 20

Told = Mapping[str, Sequence[Row]]


def budget_figure(money: Rows, *, title: str | None = None, language: Language = "ja") -> Figure:
    """Draw the rows of `pages/project_money`.

    Of each year and phase the newest paper's amount is drawn; papers that differ are told in words.

    Raises:
        NothingToDraw: No paper states an amount.
    """
    labels = labels_of("budget", language)
    table = money.as_text()
    years = _by_year(table)
    if not years:
        raise NothingToDraw(labels("nothing"))
    page = Page(labels("title", project=title) if title else labels("plain_title"), _WIDTH)
    page.text(labels("legend"), NOTE_SIZE, fill=MUTED)
    page.y += 8
    most = max((amount for told in years.values() for amount in _drawn(told) if amount), default=Decimal(0))
    for year in sorted(years)[-_MOST_YEARS:]:
        _draw_year(page, year, years[year], most, labels)
    if len(years) > _MOST_YEARS:
        page.text(labels("more", count=len(years) - _MOST_YEARS), NOTE_SIZE, fill=MUTED)
    page.text(receipt_line(({**row, "stated_in": row["document"]} for row in table), labels), NOTE_SIZE, fill=MUTED)
    return page.figure("\n".join(_sentences(years, labels)), table)


def _by_year(table: Sequence[Row]) -> dict[int, dict[str, list[Row]]]:
    years: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(table, key=lambda row: (row["issued"], row["document"])):
        if row["fy"].isdecimal() and amount_of(row["amount_mjpy"]) is not None:
            years[int(row["fy"])][row["phase"]].append(row)
    return years


def _newest(told: Told, phase: str) -> Decimal | None:
    return amount_of(told[phase][-1]["amount_mjpy"]) if told.get(phase) else None


def _budget(told: Told) -> tuple[str, Decimal] | None:
    for phase in _BUDGETS:
        amount = _newest(told, phase)
        if amount is not None:
            return phase, amount
    return None


def _drawn(told: Told) -> list[Decimal | None]:
    budget = _budget(told)
    return [budget[1] if budget else None, _newest(told, _EXECUTED)]


def _draw_year(page: Page, year: int, told: Told, most: Decimal, labels: Labels) -> None:
    top, x = page.y, MARGIN + _LABELS
    budget, executed = _budget(told), _newest(told, _EXECUTED)
    lines = labels.fiscal_year(year)
    page.draw(text_lines(MARGIN, top, lines, SIZE, fill=INK))
    for order, (amount, fill) in enumerate(((budget and budget[1], _BUDGET_FILL), (executed, _SPENT))):
        if amount is not None and most > 0:
            width = max(0.0, float(amount / most) * _BARS)
            page.draw(rectangle(x, top + 2 + order * (_BAR_HEIGHT + 2), width, _BAR_HEIGHT, fill))
    words = wrap_text(_headline(budget, executed, labels), _WIDTH - MARGIN - x - _BARS - 12, SIZE)
    page.draw(text_lines(x + _BARS + 12, top, words, SIZE, fill=INK))
    page.y = top + max(height_of(lines, SIZE), height_of(words, SIZE), 2 * _BAR_HEIGHT + 6)
    for text, colour in (
        (_other_phases(told, budget, labels), MUTED),
        *((d, WARNING) for d in _differing(told, labels)),
    ):
        if text:
            below = wrap_text(text, _WIDTH - MARGIN - x, NOTE_SIZE)
            page.draw(text_lines(x, page.y, below, NOTE_SIZE, fill=colour))
            page.y += height_of(below, NOTE_SIZE)
    page.y += _GAP


def _headline(budget: tuple[str, Decimal] | None, executed: Decimal | None, labels: Labels) -> str:
    spent = labels("unknown") if executed is None else shown(executed)
    if budget is None:
        return labels("executed_only", executed=spent)
    rate = ""
    # A rate of the whole budget only: a request or an initial budget is not what could be spent.
    if executed is not None and budget[1] > 0 and budget[0] == "current":
        rate = labels("rate", rate=f"{executed * 100 / budget[1]:.1f}")
    return labels("both", phase=labels.code("phases", budget[0]), budget=shown(budget[1]), executed=spent, rate=rate)


def _other_phases(told: Told, budget: tuple[str, Decimal] | None, labels: Labels) -> str:
    drawn = {_EXECUTED, budget[0] if budget else ""}
    parts = [
        labels("phase", phase=labels.code("phases", phase), amount=shown(amount))
        for phase in sorted(told, key=labels.order("phases"))
        if phase not in drawn and (amount := _newest(told, phase)) is not None
    ]
    return labels("separator").join(parts)


def _differing(told: Told, labels: Labels) -> Iterator[str]:
    for phase in sorted(told, key=labels.order("phases")):
        if any(_differ(one, other) for one in told[phase] for other in told[phase]):
            stated = [
                labels("stated", amount=shown(amount_of(row["amount_mjpy"]) or Decimal(0)), document=row["document"])
                for row in told[phase]
            ]
            words = labels("separator").join(dict.fromkeys(stated))
            yield labels("differs", phase=labels.code("phases", phase), stated=words)


def _differ(one: Row, other: Row) -> bool:
    """Return whether two papers differ by more than the rounding of both."""
    first, second = amount_of(one["amount_mjpy"]), amount_of(other["amount_mjpy"])
    if first is None or second is None:
        return False
    units = [amount_of(row.get("unit_mjpy", "")) or Decimal(0) for row in (one, other)]
    return abs(first - second) > sum(units, Decimal(0)) / 2


def _sentences(years: Mapping[int, Told], labels: Labels) -> Iterator[str]:
    for year in sorted(years):
        told = years[year]
        name = " ".join(labels.fiscal_year(year))
        yield labels("alt_year", year=name, words=_headline(_budget(told), _newest(told, _EXECUTED), labels))
        yield from _differing(told, labels)
