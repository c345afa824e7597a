"""Each year from FY2014 to FY2023 has its own profile; a label that is gone stops with its name and the way out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import ClaimState, Grid
from hyoka_kg.pipeline.reading import read_source
from hyoka_kg.sources.profiles import load_profile, load_profiles
from hyoka_kg.sources.raw.workbook import read_workbook
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

YEARS = range(2014, 2024)
# Sheets of these are read here: the last of 平成, and 元年.
READ = range(2018, 2020)
REQUIRED = load_profile("review-sheet-2018").content["required"]


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Grid]:
    folder = tmp_path_factory.mktemp("years") / "out"
    synthesize(Request(11, 1, READ[0], READ[-1], Kind.REVIEW_SHEET, Route.XLSX, 0.0), folder)
    files = sorted((folder / "documents").glob("*.xlsx"))
    return {int(file.stem.split("-fy")[1][:4]): read_workbook(file) for file in files}


def test_each_year_has_a_profile_of_its_own(grids: dict[int, Grid]) -> None:
    assert sorted(grids) == list(READ)
    names = {profile.name for profile in load_profiles()}
    assert names >= {f"review-sheet/{year}" for year in YEARS} | {"ex-ante/2017", "ex-ante/2018"}


@pytest.mark.parametrize("year", READ)
def test_a_sheet_is_read_by_the_profile_of_its_year(grids: dict[int, Grid], year: int) -> None:
    reading = read_source(grids[year])
    assert (reading.form, reading.fiscal_year) == (f"review-sheet/{year}", year)
    told = {claim.fiscal_year for claim in reading.claims if claim.field == "initial"}
    executed = {claim.fiscal_year for claim in reading.claims if claim.field == "executed"}
    assert told <= {year - 3, year - 2, year - 1, year}
    assert executed == {year - 3, year - 2, year - 1}
    assert "profile_of_another_year" not in {issue.code for issue in reading.issues}
    fields = {claim.field for claim in reading.claims if claim.state is not ClaimState.OPEN}
    assert fields >= {"name", "review_number", "current", "execution_rate", "actual", "target", "mark", "payee"}


@pytest.mark.parametrize("key", REQUIRED)
def test_a_label_that_is_gone_stops_with_its_name_and_the_way_out(grids: dict[int, Grid], key: str) -> None:
    profile = load_profile("review-sheet-2018")
    cells = tuple(
        replace(cell, text="新しい欄") if profile.label(cell.text) == key else cell for cell in grids[2018].pages[0]
    )
    wanted = f"{key}: {profile.content['labels'][key][0]}"
    with pytest.raises(LayoutError) as refusal:
        read_source(replace(grids[2018], pages=(cells,)))
    assert wanted in str(refusal.value)
    assert "below `labels` of the profile of that year" in str(refusal.value)


def test_a_label_that_is_not_known_is_named_in_the_residue(grids: dict[int, Grid]) -> None:
    label = next(cell for cell in grids[2018].pages[0] if cell.text == "事業番号")
    cells = tuple(replace(c, text="事業識別番号") if c is label else c for c in grids[2018].pages[0])
    reading = read_source(replace(grids[2018], pages=(cells,)))
    assert ("entry/1", "review_number", None) not in {claim.key for claim in reading.claims}
    assert [one.place for one in reading.residue if one.text == "事業識別番号"] == [label.place]


def test_a_year_without_a_profile_is_read_by_the_nearest_and_says_so(grids: dict[int, Grid]) -> None:
    cells = tuple(
        replace(cell, text="平成25年度行政事業レビューシート")
        if "レビューシート" in cell.text and "年度" in cell.text
        else cell
        for cell in grids[2018].pages[0]
    )
    reading = read_source(replace(grids[2018], pages=(cells,)))
    assert reading.form == "review-sheet/2014"
    codes = {issue.code for issue in reading.issues}
    assert codes >= {"profile_of_another_year", "years_not_of_sheet"}
    detail = next(issue.detail for issue in reading.issues if issue.code == "profile_of_another_year")
    assert detail == "FY2013 → FY2014"


def test_an_unknown_profile_is_refused_with_those_that_are_known(grids: dict[int, Grid]) -> None:
    with pytest.raises(LayoutError, match=r"no profile 'review-sheet/2030'. Known are .*review-sheet/2023"):
        read_source(grids[2018], "review-sheet/2030")


def test_a_profile_that_is_not_there_is_refused_with_what_to_copy() -> None:
    with pytest.raises(LayoutError, match=r"no profile 'review-sheet-1999'. Copy the nearest YAML"):
        load_profile("review-sheet-1999")
