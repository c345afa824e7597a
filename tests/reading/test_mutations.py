"""A sheet that is changed in one place raises the issue of that place; unchanged, it raises none.

The sheets are those of the synthetic ministry, read from their workbook once and changed as cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import ClaimState, FormReading, Grid, GridCell
from hyoka_kg.pipeline.reading import read_form, read_source
from hyoka_kg.sources.raw.workbook import read_workbook
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

REVIEW, EX_ANTE = "review-sheet", "ex-ante"
# Sheets in which the ministry planted nothing; the hidden sheet of a workbook holds its lists of choices.
STEMS = {REVIEW: "kaku-review-sheet-fy2018-0003", EX_ANTE: "kaku-ex-ante-fy2018-01"}
OF_EVERY_WORKBOOK = {"hidden_sheet"}
Cells = list[GridCell]


@dataclass(frozen=True)
class Mutation:
    form: str
    change: Callable[[Table], None]
    raises: frozenset[str]


MUTATIONS: dict[str, Mutation] = {}


def mutation(form: str, *raises: str) -> Callable[[Callable[[Table], None]], None]:
    """Note a change that must raise each of the issues named."""

    def note(change: Callable[[Table], None]) -> None:
        MUTATIONS[change.__name__] = Mutation(form, change, frozenset(raises))

    return note


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


class Table:
    """The cells of a sheet, found by what they print and by their rows and columns, and changed in place."""

    def __init__(self, grid: Grid) -> None:
        self.cells: Cells = list(grid.pages[0])

    def cell(self, text: str, nth: int = 0) -> GridCell:
        return [cell for cell in self.cells if bare(cell.text) == text][nth]

    def row(self, label: GridCell) -> Cells:
        """Return the cells right of a label, in its row."""
        beside = [c for c in self.cells if c.box.y0 == label.box.y0 and c.box.x0 >= label.box.x1]
        return sorted(beside, key=lambda cell: cell.box.x0)

    def write(self, cell: GridCell, text: str) -> None:
        self.cells[self.cells.index(cell)] = replace(cell, text=text, stored=None)

    def swap(self, one: Cells, other: Cells) -> None:
        texts = [(cell.text, twin.text) for cell, twin in zip(one, other, strict=True)]
        for cell, twin, (first, second) in zip(one, other, texts, strict=True):
            self.write(cell, second)
            self.write(twin, first)

    def drop(self, cells: Cells) -> None:
        self.cells = [cell for cell in self.cells if cell not in cells]

    def money(self, column: int) -> Cells:
        """Return the values of one year in the table of money, from 当初予算 to 計."""
        labels = ("当初予算", "補正予算", "前年度から繰越し", "翌年度へ繰越し", "予備費等", "計")
        return [self.row(self.cell(label))[column] for label in labels]


# --- the review sheet -------------------------------------------------------------------------------------------------


@mutation(REVIEW, "cell_spans_columns")
def a_rule_line_between_two_years_is_gone(table: Table) -> None:
    first, second = table.row(table.cell("当初予算"))[:2]
    merged = replace(first, box=replace(first.box, x1=second.box.x1), text=f"{first.text}\n{second.text}")
    table.drop([second])
    table.cells[table.cells.index(first)] = merged


@mutation(REVIEW, "years_out_of_order")
def two_columns_are_swapped_with_their_years(table: Table) -> None:
    years = [table.cell("28年度"), table.cell("29年度")]
    table.swap([years[0], *table.money(1)], [years[1], *table.money(2)])


@mutation(REVIEW, "rate_differs")
def two_columns_of_money_are_swapped_under_their_years(table: Table) -> None:
    table.swap(table.money(1), table.money(2))


@mutation(REVIEW, "carry_over_differs")
def a_carry_over_is_another_the_next_year(table: Table) -> None:
    table.write(table.row(table.cell("翌年度へ繰越し"))[0], "▲77")


@mutation(REVIEW, "years_out_of_order")
def one_year_is_shifted(table: Table) -> None:
    table.write(table.cell("28年度"), "30年度")


@mutation(REVIEW, "years_not_of_sheet")
def all_years_of_money_are_shifted(table: Table) -> None:
    for before, after in (("31年度要求", "32年度要求"), *((f"{n}年度", f"{n + 1}年度") for n in (30, 29, 28, 27))):
        table.write(table.cell(before), after)


@mutation(REVIEW, "years_not_of_sheet")
def the_title_is_of_another_year(table: Table) -> None:
    title = next(cell for cell in table.cells if "行政事業レビューシート" in cell.text and "平成" in cell.text)
    table.write(title, "平成２８年度行政事業レビューシート")


@mutation(REVIEW, "two_marks")
def a_mark_is_doubled(table: Table) -> None:
    row = table.row(table.cell("受益者との負担関係は妥当であるか。"))
    table.write(row[0], row[0].text + "△")


@mutation(REVIEW, "sum_differs")
def a_total_is_wrong(table: Table) -> None:
    total = table.row(table.cell("計"))[0]
    table.write(total, str(int(total.text) + 5))


@mutation(REVIEW, "rate_differs")
def a_rate_is_wrong(table: Table) -> None:
    table.write(table.row(table.cell("執行率（％）"))[0], "12%")


@mutation(REVIEW, "execution_above_budget", "rate_differs")
def a_digit_is_doubled_in_an_execution(table: Table) -> None:
    executed = table.row(table.cell("執行額"))[0]
    table.write(executed, executed.text + "0")


@mutation(REVIEW, "sum_differs", "items_differ")
def the_total_of_the_items_is_wrong(table: Table) -> None:
    table.write(table.row(table.cell("計", 1))[0], "9999")


@mutation(REVIEW, "sum_differs")
def an_item_of_the_budget_is_dropped(table: Table) -> None:
    first = next(cell for cell in table.cells if cell.box.y0 == table.cell("歳出予算目").box.y1)
    table.drop([cell for cell in table.cells if cell.box.y0 == first.box.y0])


@mutation(REVIEW, "achievement_inverted")
def actual_and_target_are_swapped(table: Table) -> None:
    actual, target = table.row(table.cell("成果実績"))[1:4], table.row(table.cell("目標値"))[1:4]
    table.swap(actual, target)


@mutation(REVIEW, "achievement_differs")
def a_rate_of_achievement_is_wrong(table: Table) -> None:
    table.write(table.row(table.cell("達成度"))[1], "311.1")


@mutation(REVIEW, "actual_of_a_year_to_come")
def planned_and_actual_activity_are_swapped(table: Table) -> None:
    table.swap(table.row(table.cell("活動実績"))[1:], table.row(table.cell("当初見込み"))[1:])


@mutation(REVIEW, "quotient_differs")
def a_unit_cost_is_wrong(table: Table) -> None:
    formula = table.row(table.cell("計算式"))[1]
    table.write(formula, "1,000/3")


@mutation(REVIEW, "row_missing")
def a_row_of_the_checks_is_dropped(table: Table) -> None:
    row = table.cell("受益者との負担関係は妥当であるか。").box.y0
    table.drop([cell for cell in table.cells if cell.box.y0 == row])


@mutation(REVIEW, "corporate_number_invalid")
def a_digit_of_a_corporate_number_is_wrong(table: Table) -> None:
    number = next(cell for cell in table.cells if re.fullmatch("[0-8][0-9]{12}", cell.text))
    table.write(number, str((int(number.text[0]) + 1) % 9) + number.text[1:])


# --- the ex-ante sheet ------------------------------------------------------------------------------------------------


def budgets(table: Table) -> Cells:
    """Return the cells of the first project's budgets, oldest year first."""
    return [cell for cell in table.row(next(c for c in table.cells if c.text.startswith("(1)"))) if "円" in cell.text]


@mutation(EX_ANTE, "unit_differs")
def millions_become_ten_thousands_in_a_cell(table: Table) -> None:
    cell = budgets(table)[0]
    table.write(cell, cell.text.replace("百万円", "万円", 1))


@mutation(EX_ANTE, "policy_sum_differs")
def two_years_of_one_project_are_swapped(table: Table) -> None:
    table.swap(budgets(table)[:1], budgets(table)[1:2])


@mutation(EX_ANTE, "row_missing", "policy_sum_differs")
def a_project_is_dropped(table: Table) -> None:
    row = next(c for c in table.cells if c.text.startswith("(2)")).box.y0
    table.drop([cell for cell in table.cells if cell.box.y0 == row])


@mutation(EX_ANTE, "policy_sum_differs")
def the_budget_of_the_policy_is_wrong(table: Table) -> None:
    label = next(cell for cell in table.cells if bare(cell.text) == "政策の予算額・執行額")
    last = [c for c in table.cells if label.box.y0 <= c.box.y0 < label.box.y1 and "円" in c.text][-1]
    table.write(last, "1,234百万円")


@mutation(EX_ANTE, "number_repeats")
def two_projects_bear_one_number(table: Table) -> None:
    first, second = (next(c for c in table.cells if c.text == number) for number in ("0001", "0002"))
    table.write(second, first.text)


@mutation(EX_ANTE, "actual_of_a_year_to_come")
def targets_and_actuals_are_swapped(table: Table) -> None:
    mark = next(cell for cell in table.cells if cell.text == "①")
    values = [c for c in table.cells if mark.box.y0 <= c.box.y0 < mark.box.y1 and c.box.x0 > mark.box.x1]
    rows = sorted({cell.box.y0 for cell in values})
    lower = sorted((cell for cell in values if cell.box.y0 == rows[1]), key=lambda cell: cell.box.x0)
    upper = [min((c for c in values if c.box.y0 == rows[0]), key=lambda c: abs(c.box.x0 - x.box.x0)) for x in lower]
    table.swap(upper, lower)


@mutation(EX_ANTE, "years_far_from_sheet")
def the_title_of_the_policy_sheet_is_of_another_year(table: Table) -> None:
    title = next(cell for cell in table.cells if "事前分析表" in cell.text)
    table.write(title, title.text.replace("30", "28").replace("３０", "２８"))


# ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Grid]:
    folder = tmp_path_factory.mktemp("mutations") / "out"
    synthesize(Request(11, 3, 2018, 2018, Kind.BOTH, Route.XLSX, 0.0), folder)
    return {form: read_workbook(folder / "documents" / f"{stem}.xlsx") for form, stem in STEMS.items()}


def read(grid: Grid, cells: Cells) -> FormReading:
    return read_source(replace(grid, pages=(tuple(cells), *grid.pages[1:])))


def codes(reading: FormReading) -> set[str]:
    return {issue.code for issue in reading.issues} - OF_EVERY_WORKBOOK


@pytest.mark.parametrize("form", sorted(STEMS))
def test_an_unchanged_sheet_raises_nothing(grids: dict[str, Grid], form: str) -> None:
    reading = read(grids[form], Table(grids[form]).cells)
    assert codes(reading) == set()
    assert not [claim.key for claim in reading.claims if claim.state is ClaimState.OPEN]


def test_every_rule_is_tried_on_both_forms() -> None:
    assert len(MUTATIONS) == 26
    assert {one.form for one in MUTATIONS.values()} == {REVIEW, EX_ANTE}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_changed_sheet_raises_its_issue(grids: dict[str, Grid], name: str) -> None:
    mutation = MUTATIONS[name]
    table = Table(grids[mutation.form])
    mutation.change(table)
    assert table.cells != list(grids[mutation.form].pages[0])
    reading = read(grids[mutation.form], table.cells)
    assert mutation.raises <= codes(reading)
    assert all(issue.place and issue.detail for issue in reading.issues)


@pytest.mark.parametrize("label", ["計", "執行額", "事業名", "当初予算"])
def test_a_dropped_row_on_which_the_sheet_depends_stops(grids: dict[str, Grid], label: str) -> None:
    table = Table(grids[REVIEW])
    rows = {cell.box.y0 for cell in table.cells if bare(cell.text) == label}
    table.drop([cell for cell in table.cells if cell.box.y0 in rows])
    with pytest.raises(LayoutError, match=f"{label}.*extends"):
        read(grids[REVIEW], table.cells)


UNITS = ["予算額・執行額（単位:百万円）", "支出額（百万円）", "金額(百万円）", "契約額（百万円）"]


@pytest.mark.parametrize("heading", UNITS)
def test_a_heading_in_another_unit_stops_before_any_amount_is_read(grids: dict[str, Grid], heading: str) -> None:
    table = Table(grids[REVIEW])
    cell = table.cell(heading)
    table.write(cell, cell.text.replace("百万円", "万円"))
    with pytest.raises(LayoutError, match=r"gives amounts in 万円; review-sheet/2018 reads them in 百万円.*money_unit"):
        read(grids[REVIEW], table.cells)


# --- by text: a line for another ------------------------------------------------------------------------------------

HEADING = "27年度 28年度 29年度 30年度 31年度要求"
# what is printed, what is printed instead, and the issue that it raises
IN_TEXT = {
    "a total": ("計 79 68 61 69 72", "計 79 99 61 69 72", "sum_differs"),
    "a rate": ("執行率（％） 86% 82% 87%", "執行率（％） 12% 82% 87%", "rate_differs"),
    "an execution": ("執行額 68 56 53", "執行額 680 56 53", "execution_above_budget"),
    "the total of the items": ("計 69 72", "計 99 72", "items_differ"),
}
# what is printed, what is printed instead, and the words with which the reading stops
STOPS_TEXT = {
    "the unit": ("（単位:百万円）", "（単位:千円）", r"\(line \d+\) gives amounts in 千円"),
    "two years": (HEADING, "27年度 29年度 28年度 30年度 31年度要求", "years of one heading ascend"),
    "all years": (HEADING, "28年度 29年度 30年度 31年度 32年度要求", "request of a sheet of FY2018 is for FY2019"),
    "the title": ("平成３０年度行政", "平成２８年度行政", "request of a sheet of FY2016 is for FY2017"),
}
OF_THIS_TEXT = {"lists_not_told"}


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("text") / "out"
    synthesize(Request(11, 3, 2018, 2018, Kind.REVIEW_SHEET, Route.TEXT, 0.0), folder)
    return (folder / "documents" / f"{STEMS[REVIEW]}.txt").read_text(encoding="utf-8")


def read_text(text: str, folder: Path) -> FormReading:
    (folder / "sheet.txt").write_text(text, encoding="utf-8")
    return read_form(folder / "sheet.txt")


def test_an_unchanged_text_raises_nothing(text: str, tmp_path: Path) -> None:
    assert {issue.code for issue in read_text(text, tmp_path).issues} <= OF_THIS_TEXT


@pytest.mark.parametrize("name", IN_TEXT)
def test_a_changed_line_raises_its_issue(text: str, tmp_path: Path, name: str) -> None:
    before, after, code = IN_TEXT[name]
    assert text.count(before) == 1
    reading = read_text(text.replace(before, after), tmp_path)
    assert code in {issue.code for issue in reading.issues}


@pytest.mark.parametrize("name", STOPS_TEXT)
def test_a_changed_heading_stops_the_reading_of_a_text(text: str, tmp_path: Path, name: str) -> None:
    before, after, words = STOPS_TEXT[name]
    assert before in text
    with pytest.raises(LayoutError, match=words):
        read_text(text.replace(before, after, 1), tmp_path)
