"""Forms of the synthetic ministry that were changed: each mutation raises its issue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import ClaimState
from hyoka_kg.pipeline.comparing import bare
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.sources.grid.reader import read_grid
from hyoka_kg.sources.profiles import load_profile
from hyoka_kg.sources.raw.pdf import read_pdf


@pytest.fixture
def sheet(ministry: Path) -> Path:
    return sorted((ministry / "documents").glob("*review-sheet-fy2018*.xlsx"))[0]


def find(book: Any, text: str) -> Any:
    return next(cell for row in book.active.iter_rows() for cell in row if bare(str(cell.value or "")) == text)


def test_an_untouched_sheet_has_no_refusal(sheet: Path) -> None:
    assert {issue.code for issue in read_form(sheet).issues} <= {
        "hidden_sheet",
        "sum_differs",
        "execution_above_budget",
    }


def test_a_shifted_year_is_no_column(sheet: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    find(book, "28年度").value = "31年度"
    book.save(tmp_path / "shifted.xlsx")
    reading = read_form(tmp_path / "shifted.xlsx")
    assert "years_out_of_order" in {issue.code for issue in reading.issues}
    assert not [claim for claim in reading.claims if claim.field == "initial"]


def test_two_marks_in_one_item_are_refused(sheet: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    row = find(book, "受益者との負担関係は妥当であるか。").row
    mark = next(cell for cell in book.active[row] if cell.value in ("○", "△", "×", "‐"))
    mark.value = "○△"
    book.save(tmp_path / "marks.xlsx")
    reading = read_form(tmp_path / "marks.xlsx")
    assert "two_marks" in {issue.code for issue in reading.issues}
    claim = next(claim for claim in reading.claims if claim.key == ("check/7", "mark", None))
    assert claim.state is ClaimState.OPEN


def test_swapped_amounts_break_their_rate_or_sum(sheet: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    row = find(book, "計").row
    first, second = [cell for cell in book.active[row] if isinstance(cell.value, int | float)][:2]
    first.value, second.value = (second.value or 0) + 500, first.value
    book.save(tmp_path / "swapped.xlsx")
    assert {"sum_differs", "rate_differs"} & {issue.code for issue in read_form(tmp_path / "swapped.xlsx").issues}


def test_an_amount_in_another_unit_is_named(ministry: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(next((ministry / "documents").glob("*ex-ante*.xlsx")))
    amounts = [cell for row in book.active.iter_rows() for cell in row if "百万円" in str(cell.value or "")]
    assert len(amounts) > 5
    amounts[0].value = amounts[0].value.replace("百万円", "万円")
    book.save(tmp_path / "unit.xlsx")
    assert "unit_differs" in {issue.code for issue in read_form(tmp_path / "unit.xlsx").issues}


def test_a_missing_rule_makes_no_value(ministry: Path) -> None:
    grid = read_pdf(next((ministry / "documents").glob("*review-sheet*.pdf")))
    page = list(grid.pages[0])
    label = next(cell for cell in page if cell.text == "当初予算")
    row = sorted((c for c in page if c.box.y0 == label.box.y0 and c.box.x0 > label.box.x0), key=lambda c: c.box.x0)
    first, second = row[:2]
    merged = replace(first, box=replace(first.box, x1=second.box.x1), text=f"{first.text} {second.text}")
    pages = (tuple(merged if cell is first else cell for cell in page if cell is not second), *grid.pages[1:])
    reading = read_grid(replace(grid, pages=pages), load_profile("review-sheet-2018"))
    spoiled = [claim for claim in reading.claims if claim.field == "initial" and claim.rule == "cell_spans_columns"]
    assert [claim.fiscal_year for claim in spoiled] == [2015, 2016]


def test_a_changed_form_stops_with_the_label_that_is_missing(sheet: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    find(book, "当初予算").value = "最初の予算"
    book.save(tmp_path / "changed.xlsx")
    with pytest.raises(LayoutError, match=r"initial: 当初予算.*extends"):
        read_form(tmp_path / "changed.xlsx")
