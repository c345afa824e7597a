"""What sums, elimination and headings tell of the rows of a torn sheet, and what they leave open; all of it ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.model import ClaimState, FormReading
from hyoka_kg.pipeline.reading import read_form

HEAD = "事業名 ためし事業 担当部局庁 架空局\n\n"
TITLE = "平成30年度行政事業レビューシート 架空省\n\n"
MONEY = "当初予算 100 110 120 163 155\n\n計 100 110 120 163 155\n\n執行額 90 99 108\n\n執行率（％） 90% 90% 90%\n\n"
ITEMS = "歳出予算目 30年度当初予算 31年度要求\n\n"
Told = dict[tuple[str, str, int | None], str]


def read(folder: Path, text: str) -> FormReading:
    path = folder / "sheet.txt"
    path.write_text(text, encoding="utf-8")
    return read_form(path)


def told(reading: FormReading, subject: str) -> Told:
    return {
        claim.key: claim.printed
        for claim in reading.claims
        if claim.subject.startswith(subject) and claim.state is not ClaimState.OPEN and claim.printed
    }


def amounts(reading: FormReading, subject: str) -> dict[tuple[str, int | None], str]:
    return {(key[0], key[2]): printed for key, printed in told(reading, subject).items() if key[1] == "amount"}


def test_an_item_that_lacks_a_value_is_told_by_both_sums(tmp_path: Path) -> None:
    items = "職員旅費 92.1 1.9\n\n諸謝金 65.8\n\n委員等旅費 20.5 87.3\n\n計 163 155\n\n50.4\n\n"
    found = amounts(read(tmp_path, TITLE + HEAD + MONEY + ITEMS + items), "budget-item/2")
    assert found == {("budget-item/2", 2018): "50.4", ("budget-item/2", 2019): "65.8"}


def test_an_item_that_fits_no_sum_stays_open(tmp_path: Path) -> None:
    items = "職員旅費 92.1 1.9\n\n諸謝金 64.8\n\n委員等旅費 20.5 87.3\n\n計 163 155\n\n40.0\n\n"
    reading = read(tmp_path, TITLE + HEAD + MONEY + ITEMS + items)
    assert amounts(reading, "budget-item/2") == {}
    assert amounts(reading, "budget-item/1") == {("budget-item/1", 2018): "92.1", ("budget-item/1", 2019): "1.9"}


def test_a_total_of_items_that_lacks_a_value_is_the_budget_of_the_sheet(tmp_path: Path) -> None:
    items = "職員旅費 92.1 67.7\n\n委員等旅費 70.9 87.3\n\n計 155\n\n163\n\n"
    found = amounts(read(tmp_path, TITLE + HEAD + MONEY + ITEMS + items), "budget-item/total")
    assert found == {("budget-item/total", 2018): "163", ("budget-item/total", 2019): "155"}


FLOW = "Ａ\n民間事業者 120.7百万円\n台帳の入力\n\nＢ\n公益法人 35.3百万円\n台帳の入力\n\n費目・使途\n\n"


@pytest.mark.parametrize("total", ["計 120.7 計 35.3\n\n", "120.7 35.3\n\n", ""])
def test_expenses_add_up_to_what_their_blocks_were_paid(tmp_path: Path, total: str) -> None:
    rows = "雑役務費 案内板 54.6 借料 案内板 25.2\n\n人件費 研修 旅費 点検 10.1\n\n消耗品費 紙 24.9\n\n41.2\n\n"
    other = "株式会社架空測器 苗木の育成 24.5\n\n"
    found = amounts(read(tmp_path, TITLE + HEAD + MONEY + FLOW + rows + other + total), "expense/")
    sums = {("expense/A/total", 2017): "120.7", ("expense/B/total", 2017): "35.3"} if total else {}
    assert found == sums | {
        ("expense/A/1", 2017): "54.6",
        ("expense/A/2", 2017): "41.2",
        ("expense/A/3", 2017): "24.9",
        ("expense/B/1", 2017): "25.2",
        ("expense/B/2", 2017): "10.1",
    }


def test_expenses_that_add_up_in_two_ways_stay_open(tmp_path: Path) -> None:
    rows = "雑役務費 案内板 60.0\n\n消耗品費 紙 60.7\n\n借料 機器 60.0\n\n旅費 点検 35.3\n\n計 120.7 計 35.3\n\n"
    found = amounts(read(tmp_path, TITLE + HEAD + MONEY + FLOW + rows), "expense/")
    assert set(found) == {("expense/A/total", 2017), ("expense/B/total", 2017)}


POLICY = "定量的指標 単位 27年度 28年度 29年度\n\n中間目標\n年度\n\n目標年度\n32年度\n\n"


def test_rows_of_the_policy_without_their_labels_are_told_by_elimination(tmp_path: Path) -> None:
    rows = "実績値\n\n台帳の更新率 ％ 81 77 88\n\n目標値\n\n78 80 81 - 85\n\n"
    reading = read(tmp_path, TITLE + HEAD + MONEY + POLICY + rows)
    assert told(reading, "policy/indicator/1") == {
        ("policy/indicator/1", "name", None): "台帳の更新率",
        ("policy/indicator/1", "unit", None): "％",
        **{("policy/indicator/1", "actual", year): value for year, value in ((2015, "81"), (2016, "77"), (2017, "88"))},
        **{("policy/indicator/1", "target", year): value for year, value in ((2015, "78"), (2016, "80"), (2017, "81"))},
        ("policy/indicator/1", "interim_goal", None): "-",
        ("policy/indicator/1", "goal", 2020): "85",
    }


def test_two_rows_that_may_be_the_targets_stay_open(tmp_path: Path) -> None:
    rows = "台帳の更新率 実績値 ％ 81 77 88\n\n目標値\n\n78 80 81 - 85\n\n70 71 72 - 85\n\n"
    found = told(read(tmp_path, TITLE + HEAD + MONEY + POLICY + rows), "policy/indicator/1")
    assert {key[1] for key in found} == {"name", "unit", "actual"}


def test_a_sheet_without_a_title_is_of_the_year_that_two_headings_tell(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + MONEY + ITEMS)
    assert (reading.form, reading.fiscal_year) == ("review-sheet/2018", 2018)
    assert "title_missing" in {issue.code for issue in reading.issues}
    assert told(reading, "entry/1")["entry/1", "requested", 2019] == "155"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + MONEY,
        HEAD + MONEY + "歳出予算目 30年度当初予算 32年度要求\n",
        HEAD + MONEY + ITEMS + "29年度当初予算\n",
        MONEY + ITEMS,
    ],
    ids=["no heading", "years apart", "two budgets", "a label lacks"],
)
def test_headings_that_do_not_agree_tell_no_form(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert (reading.form, reading.claims) == ("", ())


def test_a_wide_number_that_its_cell_wraps_keeps_its_row_together(tmp_path: Path) -> None:
    rows = "成果目標及び成果実績（アウトカム）\n\n利用者数 成果実績 人\n\n４１，５０\n５\n\n50,954 60,403\n- -\n\n"
    more = "目標値 人 41,505 50,954 60,403 - 79,301\n\n達成度 ％ 100.0 １００．\n\n０\n\n100.0 - -\n\n"
    found = told(read(tmp_path, TITLE + HEAD + MONEY + rows + more), "entry/1/indicator/outcome-1")
    assert found["entry/1/indicator/outcome-1", "actual", 2015].replace("⏎", "") == "４１，５０５"
    assert found["entry/1/indicator/outcome-1", "actual", 2017] == "60,403"
