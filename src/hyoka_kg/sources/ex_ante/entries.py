"""The table of means of achievement (達成手段) of an ex-ante sheet, from text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from hyoka_kg.model import Block, Stretch
from hyoka_kg.sources.ex_ante.columns import claim_column, columns_of, issues_of
from hyoka_kg.sources.ex_ante.items import ItemKind, items_of
from hyoka_kg.sources.ex_ante.policy_money import read_policy_money
from hyoka_kg.sources.ex_ante.rows import (
    EntryRow,
    Page,
    assign_review_numbers,
    assign_sections,
    complete,
    gather,
)
from hyoka_kg.sources.ex_ante.sections import claim_indicators, split_section
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.ledger import Ledger

_ROW_END = re.compile("A[DNF]")


def row_pattern(columns: int) -> re.Pattern[str]:
    """Return what the tokens of a whole row are: a budget a year, executed amounts behind it, then the references.

    The last year is not yet over, so nothing is executed in it; numbers without a unit are no budgets beside amounts.
    """
    before = columns - 1
    return re.compile(f"(?:(?:[AD]E?){{{before}}}[AD]|(?:[DN]E?){{{before}}}[DN])[DNF]")


def read_entries(blocks: Sequence[Block], profile: Profile, years: Sequence[int], ledger: Ledger) -> None:
    """Claim every project of the table.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        years: Fiscal years of the columns of amounts.
        ledger: Where claims go.
    """
    pattern = row_pattern(len(years))
    pages = []
    for _, group in groupby(blocks, key=lambda block: block.page):
        items = items_of(group, profile)
        if any(item.kind is ItemKind.SECTION for item in items):
            pages.append(gather(items, pattern))
    for page in pages:
        complete(page, pattern)
        assign_sections(page)
    read_policy_money(blocks, pages, profile, years, pattern, ledger)
    for place, text in assign_review_numbers(pages):
        ledger.issue("review_number_unplaced", f"line {place}", text)
    for page in pages:
        _report_loose(page, ledger)
        for row in page.rows:
            _claim_row(row, profile, years, pattern, ledger)


def _report_loose(page: Page, ledger: Ledger) -> None:
    for run in page.loose_tokens:
        ledger.issue("amounts_unplaced", f"line {run[0].stretch.pieces[0]}", " ".join(token.text for token in run))
    for row in page.rows:
        if row.number is None:
            ledger.issue("number_missing", f"line {row.title.stretch.pieces[0]}", row.title.stretch.text)


def _claim_row(row: EntryRow, profile: Profile, years: Sequence[int], pattern: re.Pattern[str], ledger: Ledger) -> None:
    if row.number is None or row.title.name is None or row.title.year is None:
        return
    subject = f"entry/{row.n}"
    ledger.claim(subject, "number", row.number.stretch, row.number.rule)
    ledger.claim(subject, "name", row.title.name, row.number.rule)
    ledger.claim(subject, "start_fiscal_year", row.title.year, row.number.rule)
    ledger.use(row.title.stretch)
    _claim_amounts(row, subject, years, pattern, ledger)
    if row.review_number:
        ledger.claim(subject, "review_number", row.review_number.stretch, row.review_number.rule)
    else:
        ledger.open(subject, "review_number", row.title.stretch.page)
    _claim_section(row, subject, profile, years[-1], ledger)


def _claim_amounts(row: EntryRow, subject: str, years: Sequence[int], pattern: re.Pattern[str], ledger: Ledger) -> None:
    page = row.title.stretch.page
    word = "".join(token.kind for token in row.tokens)
    if not pattern.fullmatch(word):
        if row.ways:
            _claim_agreed(row, subject, years, ledger)
            return
        if _ROW_END.fullmatch(word):
            _claim_row_end(row, subject, years, ledger)
            return
        _open_amounts(row, subject, years, ledger, page)
        return
    for year, column in zip(years, columns_of(row.tokens[:-1]), strict=True):
        claim_column(subject, year, column, row.tokens_rule, ledger)
        if column[1] is None and year != years[-1]:
            ledger.absent(subject, "executed", page, year)
    ledger.claim(subject, "related_indicators", row.tokens[-1].stretch, row.tokens_rule)


def _claim_agreed(row: EntryRow, subject: str, years: Sequence[int], ledger: Ledger) -> None:
    """Claim the columns in which all rows agree that the tokens may be; the others stay open."""
    columns = [columns_of(way[:-1]) for way in row.ways]
    for year, same in zip(years, zip(*columns, strict=True), strict=True):
        if len({id(budget) for budget, _ in same}) == 1:
            claim_column(subject, year, same[0], row.tokens_rule, ledger)
        else:
            ledger.open(subject, "current", row.title.stretch.page, "row_incomplete", year)
    ledger.claim(subject, "related_indicators", row.ways[0][-1].stretch, row.tokens_rule)


def _claim_row_end(row: EntryRow, subject: str, years: Sequence[int], ledger: Ledger) -> None:
    """Claim the last budget and the references, which end a row; the years before them were torn away."""
    budget, references = row.tokens
    for year in years[:-1]:
        ledger.open(subject, "current", row.title.stretch.page, "row_incomplete", year)
    ledger.claim(subject, "current", budget.stretch, "row_end", fiscal_year=years[-1], issues=issues_of(budget))
    ledger.claim(subject, "related_indicators", references.stretch, "row_end")


def _open_amounts(row: EntryRow, subject: str, years: Sequence[int], ledger: Ledger, page: int) -> None:
    for year in years:
        ledger.open(subject, "current", page, "row_incomplete", year)
    ledger.open(subject, "related_indicators", page, "row_incomplete")
    if row.tokens:
        ledger.issue("row_incomplete", subject, " ".join(token.text for token in row.tokens))


def _claim_section(row: EntryRow, subject: str, profile: Profile, year: int, ledger: Ledger) -> None:
    if row.overview:
        ledger.claim(subject, "overview", row.overview.stretch, row.overview.rule, is_passage=True)
    if row.section:
        claim_section(row.section.stretch, subject, profile, year, ledger, row.section.rule)


def claim_section(stretch: Stretch, subject: str, profile: Profile, year: int, ledger: Ledger, rule: str = "") -> None:
    """Claim outcomes, outputs and the contribution of a project from its section."""
    section = split_section(stretch, profile, ledger)
    if section.outcome:
        claim_indicators(section.outcome, f"{subject}/indicator/outcome", profile, ledger, year, rule)
    if section.output:
        claim_indicators(section.output, f"{subject}/indicator/output", profile, ledger, year, rule)
    if section.contribution:
        ledger.claim(subject, "contribution", section.contribution, rule, is_passage=True)
