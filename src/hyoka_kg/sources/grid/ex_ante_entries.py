"""The means of achievement and the money of the policy of an ex-ante sheet, from cells."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.model import Box, Part, Stretch
from hyoka_kg.normalization import fold, parse_value
from hyoka_kg.sources.ex_ante.entries import claim_section
from hyoka_kg.sources.ex_ante.items import HEADINGS
from hyoka_kg.sources.grid.ex_ante import crossing, end_of, year_columns, year_of
from hyoka_kg.sources.grid.sheet import Placed, Sheet, printing
from hyoka_kg.sources.grid.writing import Writer


def read_entries(sheet: Sheet, writer: Writer, year: int) -> None:
    """Claim the means of achievement: one row a title."""
    for heading in sheet.labels.get("entries", ()):
        later = [one for one in sheet.labels["entries"] if one.box.y0 > heading.box.y0]
        end = min([end_of(sheet, heading, ("policy_money", "strategies")), *(one.box.y0 for one in later)])
        budget = next(iter(sheet.overlapping(heading, "budget")), None)
        years = year_columns(sheet, budget, year - 1, writer) if budget else []
        for cell in printing(sheet.within(heading.box.x0, heading.box.y1, heading.box.x1, end)):
            _claim_entry(sheet, heading, cell, years, writer)


def _claim_entry(sheet: Sheet, heading: Placed, cell: Placed, years: list[tuple[int, Box]], writer: Writer) -> None:
    title = parse_value("means_title", cell.stretch.printed, {"fiscal_year": writer.year})
    if "n" not in title:
        writer.ledger.issue("title_unread", cell.cell.place, cell.text[:60])
        return
    subject = f"entry/{title['n']}"
    _claim_title(subject, cell.stretch, str(title["name"]), writer)
    for at, column in years:
        _claim_budget(subject, at, crossing(sheet, column, cell.box), at != years[-1][0], writer)
    for key, field in (("related", "related_indicators"), ("review_number", "review_number")):
        head = next(iter(sheet.overlapping(heading, key)), None)
        told = printing(crossing(sheet, head.box, cell.box)) if head else []
        if len(told) == 1:
            writer.claim(subject, field, told[0].stretch)
        elif told:
            writer.refuse(subject, field, told)
    overview = next(iter(sheet.overlapping(heading, "overview")), None)
    if overview:
        _claim_overview(subject, printing(crossing(sheet, overview.box, cell.box)), writer)


def _claim_title(subject: str, stretch: Stretch, name: str, writer: Writer) -> None:
    text = stretch.text
    folded = fold(text)
    close, start = folded.find(")") + 1, text.find(name)
    writer.claim(subject, "number", stretch.cut(0, close).strip())
    writer.claim(subject, "name", stretch.cut(start, start + len(name)))
    bracket = folded.rfind("(")
    writer.claim(subject, "start_fiscal_year", stretch.cut(bracket + 1, len(folded.rstrip()) - 1))
    writer.ledger.use(stretch)


def _claim_budget(subject: str, year: int, cells: list[Placed], has_execution: bool, writer: Writer) -> None:
    told = [cell for cell in cells if cell.block and cell.key is None]
    if not told:
        writer.ledger.absent(subject, "current", cells[0].cell.page if cells else 1, year)
        return
    parts = [part for cell in told for part in cell.stretch.parts]
    budget, executed = _split_budget(Stretch(tuple(parts)))
    if budget is None:
        writer.refuse(subject, "current", told, year)
        return
    writer.claim(subject, "current", budget, fiscal_year=year)
    if executed:
        writer.claim(subject, "executed", executed, fiscal_year=year)
    elif has_execution:
        writer.ledger.absent(subject, "executed", told[0].cell.page, year)


def _split_budget(stretch: Stretch) -> tuple[Stretch | None, Stretch | None]:
    facts = parse_value("budget_cell", stretch.printed)
    if "budget" not in facts:
        amount = parse_value("amount", stretch.printed)
        return (stretch, None) if "missing" in amount else (None, None)
    place = fold(stretch.text).find("(")
    if place <= 0:
        return stretch, None
    return stretch.cut(0, place).strip(), stretch.cut(place).strip()


def _claim_overview(subject: str, cells: Sequence[Placed], writer: Writer) -> None:
    parts = tuple(part for cell in cells for part in cell.stretch.parts)
    if not parts:
        return
    stretch = Stretch(parts)
    found = (writer.profile.pattern(f"{name}_heading").search(fold(stretch.text)) for name in HEADINGS)
    starts = [match.start() for match in found if match]
    cut = min(starts, default=len(stretch.text))
    before = _trimmed(stretch.cut(0, cut))
    if before:
        writer.claim(subject, "overview", before, is_passage=True)
    if starts:
        claim_section(stretch.cut(cut), subject, writer.profile, writer.year, writer.ledger)


def _trimmed(stretch: Stretch) -> Stretch:
    parts: tuple[Part, ...] = tuple(part for part in stretch.parts if part.text.strip())
    return Stretch(parts)


def read_policy_money(sheet: Sheet, writer: Writer, year: int) -> None:
    """Claim the money of the policy: amounts beside or below the years, in their order."""
    heading = sheet.first("policy_money")
    if heading is None:
        return
    end = end_of(sheet, heading, ("strategies", "strategy_title"))
    cells = printing(sheet.within(heading.box.x0, heading.box.y0, float("inf"), end))
    amounts = [cell for cell in cells if "budget" in parse_value("budget_cell", cell.stretch.printed)]
    headed = [cell for cell in cells if year_of(cell.text, writer) is not None]
    for cell in headed:
        writer.label(cell)
    years = [year_of(cell.text, writer) for cell in headed] or [year - 2, year - 1, year]
    if len(amounts) != len(years):
        writer.ledger.issue("row_incomplete", "policy", f"{len(amounts)} ≠ {len(years)}")
        return
    for at, cell in zip(years, sorted(amounts, key=lambda one: one.box.x0), strict=True):
        _claim_budget("policy", at or year, [cell], at != year, writer)
