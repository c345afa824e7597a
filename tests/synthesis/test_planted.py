"""What the generator promises: the same seed gives the same bytes, and each planted defect is in truth and document."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hyoka_kg.model import Locator, SourceText
from hyoka_kg.sources.transcription.spans import parse_spans
from hyoka_kg.synthesis import Kind, Request, Route, synthesize


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


TEXT = Request(3, 6, 2018, 2019, Kind.BOTH, Route.TEXT, 0.2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "ministry"
    synthesize(TEXT, folder)
    return folder


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    return read_lines(folder / "cells.jsonl")


@pytest.fixture(scope="module")
def planted(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for defect in read_lines(folder / "defects.jsonl"):
        found[defect["kind"]].append(defect)
    return found


def lines_of(folder: Path, document: str) -> list[str]:
    return (folder / "documents" / f"{document}.txt").read_text(encoding="utf-8").split("\n")


def printed_at(folder: Path, cell: dict[str, Any]) -> str:
    source = SourceText("", tuple(lines_of(folder, cell["document"])))
    return "".join(source.quote(parse_spans(cell["where"]["text"], Locator(cell["document"], 0))))


def test_a_seed_gives_the_same_bytes_and_another_seed_others(folder: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again", tmp_path / "other"
    small = Request(3, 1, 2018, 2018, Kind.REVIEW_SHEET, Route.ALL, 0.2)
    synthesize(small, again)
    synthesize(small, tmp_path / "once-more")
    synthesize(Request(4, 1, 2018, 2018, Kind.REVIEW_SHEET, Route.TEXT, 0.2), other)
    names = sorted(str(path.relative_to(again)) for path in again.rglob("*") if path.is_file())
    assert len([name for name in names if name.startswith("documents/")]) == 3
    assert [name for name in names if (again / name).read_bytes() != (tmp_path / "once-more" / name).read_bytes()] == []
    assert (again / "cells.jsonl").read_bytes() != (other / "cells.jsonl").read_bytes()


SIGNS: dict[str, Callable[[str], bool]] = {
    "wide_digits": lambda text: re.search("[０-９]", text) is not None,
    "no_thousands_separator": lambda text: re.search("[0-9０-９]{4}", text) is not None,
    "mixed_width_bracket": lambda text: text.startswith("(") and text.endswith("）"),
    "unit_left_out": lambda text: re.fullmatch("約?[0-9０-９,，.．]+(以上|以内|以下)?", text) is not None,
    "unit_one_character_short": lambda text: "万円" in text and "百万円" not in text,
}


def test_each_defect_of_a_literal_is_in_the_truth_and_in_the_text(
    folder: Path, truth: list[dict[str, Any]], planted: dict[str, list[dict[str, Any]]]
) -> None:
    cells = {(c["document"], c["subject"], c["field"], c["fiscal_year"]): c for c in truth}
    checked = Counter()
    for kind, sign in SIGNS.items():
        for defect in planted.get(kind, []):
            cell = cells[defect["document"], defect["subject"], defect["field"], defect["fiscal_year"]]
            assert kind in cell["defects"]
            assert sign("".join(printed_at(folder, cell).split())), (kind, cell["printed"])
            checked[kind] += 1
    assert checked["wide_digits"] > 20
    assert checked["no_thousands_separator"] > 2
    assert checked["mixed_width_bracket"] > 0


def test_missing_cells_are_told_and_nothing_is_printed_for_them(
    truth: list[dict[str, Any]], planted: dict[str, list[dict[str, Any]]]
) -> None:
    told = {(one["document"], one["subject"], one["field"], one["fiscal_year"]) for one in planted["missing_cell"]}
    blank = [cell for cell in truth if "missing_cell" in cell.get("defects", ())]
    assert len(told) == len(blank) > 10
    assert {(c["document"], c["subject"], c["field"], c["fiscal_year"]) for c in blank} == told
    assert {(cell["printed"], cell["status"], cell["where"]["text"]) for cell in blank} == {("", "not-printed", "")}


def test_orphan_marks_and_page_breaks_stand_where_they_are_told(
    folder: Path, truth: list[dict[str, Any]], planted: dict[str, list[dict[str, Any]]]
) -> None:
    assert len(planted["orphan_mark"]) > 10
    for defect in planted["orphan_mark"]:
        place, _, mark = defect["detail"].removeprefix("text ").partition(": ")
        assert lines_of(folder, defect["document"])[int(place) - 1] == mark
    assert len(planted["page_break_in_cell"]) > 2
    for document in {cell["document"] for cell in truth}:
        pages = {page for cell in truth if cell["document"] == document for page in cell["pages"]}
        text = "\n".join(lines_of(folder, document))
        assert len(re.findall(r"\S\n{4,}", text)) == len(pages) - 1


def test_cells_are_wrapped_and_years_follow_the_era(folder: Path, truth: list[dict[str, Any]]) -> None:
    wrapped = [cell for cell in truth if cell["kind"] != "prose" and ";" in cell["where"].get("text", "")]
    assert len(wrapped) > 50
    own = [cell for cell in truth if (cell["subject"], cell["field"]) == ("document", "title")]
    titles = {cell["document"]: cell["printed"] for cell in own if "review-sheet" in cell["document"]}
    eras = {year: {text[:2] for name, text in titles.items() if f"-fy{year}-" in name} for year in (2018, 2019)}
    assert eras == {2018: {"平成"}, 2019: {"令和"}}


def test_projects_are_renumbered_and_some_share_their_name(tmp_path: Path) -> None:
    synthesize(Request(1, 300, 2017, 2018, Kind.BOTH, Route.FACTS), tmp_path / "facts")
    with (tmp_path / "facts" / "identity.csv").open(encoding="utf-8") as file:
        identity = list(csv.DictReader(file))
    with (tmp_path / "facts" / "sheets.csv").open(encoding="utf-8") as file:
        names = Counter((one["fiscal_year"], one["name"]) for one in csv.DictReader(file))
    events = Counter(event for one in identity for event in one["events"].split(";"))
    assert events["renumbered"] > 200
    assert 0 < sum(count for count in names.values() if count > 1) == events["same-name-twin"]
