"""Break the inputs on purpose: each break stops with its place, and the former store still serves."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_kg.config import data_dir
from hyoka_kg.errors import HyokaError
from hyoka_kg.pipeline import build, read_report
from hyoka_kg.sources.transcription.reader import CELL_COLUMNS
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.validation.shapes import judge

EX_ANTE = "documents/mic-ex-ante-fy2017-08"
Rows = list[dict[str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the data folder to break."""
    target = tmp_path / "data"
    for folder in ("registry", "documents", "national"):
        shutil.copytree(data_dir() / folder, target / folder)
    return target


def edit(path: Path, change: Callable[[Rows], None]) -> None:
    """Change the rows of a table of cells."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def table_with(data: Path, subject: str, field: str) -> Path:
    """Return the table of the ex-ante sheet that holds a cell."""
    for path in sorted((data / EX_ANTE).glob("*.csv")):
        if path.name != "texts.csv" and f"\n{subject},{field}," in path.read_text(encoding="utf-8"):
            return path
    raise AssertionError(f"{subject} {field} is in no table")


def change_cell(data: Path, subject: str, field: str, /, **values: str) -> Path:
    path = table_with(data, subject, field)

    def change(rows: Rows) -> None:
        next(row for row in rows if (row["subject"], row["field"]) == (subject, field)).update(values)

    edit(path, change)
    return path


def a_wrong_span(data: Path) -> str:
    change_cell(data, "entry/9", "name", spans="906-907")
    return r"entries\.csv, row \d+: the literal .* has 1 line\(s\) and its place has 2"


def a_span_one_character_short(data: Path) -> str:
    change_cell(data, "entry/9", "name", spans="906:0-25")
    return r"entries\.csv, row \d+: '住民.*' has 26 character\(s\) and its place 906:0-25 has 25"


def a_span_in_no_notation(data: Path) -> str:
    change_cell(data, "entry/9", "review_number", spans="line 932")
    return r"row \d+, column spans: cannot read 'line 932' as a place"


def a_duplicate_entry_number(data: Path) -> str:
    change_cell(data, "entry/10", "number", printed="(9)")
    return r"violation\(s\) of .*STR-05"


def a_duplicate_cell(data: Path) -> str:
    path = table_with(data, "entry/9", "review_number")
    edit(path, lambda rows: rows.append(next(r for r in rows if r["field"] == "review_number").copy()))
    return r"row \d+: entry/\d+ review_number  is stated already at .*row \d+"


def a_number_used_twice_in_one_year(data: Path) -> str:
    change_cell(data, "entry/10", "review_number", printed="0039")
    return r"the number 0039 of FY2017 stands at entry/\d+ and at entry/\d+"


def an_unregistered_number(data: Path) -> str:
    change_cell(data, "entry/9", "review_number", printed="0999")
    return r"the number 0999 of FY2017 is not in data/registry/review_numbers\.csv"


def a_number_registered_twice(data: Path) -> str:
    path = data / "registry/review_numbers.csv"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("mic,2017,0039,"))
    path.write_text(f"{text}{line.replace('juki-net-security', 'cms')}\n", encoding="utf-8")
    return r"review_numbers\.csv, row \d+: mic 2017 0039 stands already at|is in no row of projects"


def an_unknown_status(data: Path) -> str:
    change_cell(data, "entry/9", "current", status="probably")
    return r"column status: 'probably' is not a status\. Use one of: reported, zero"


def an_amount_that_is_none(data: Path) -> str:
    change_cell(data, "entry/9", "current", printed="五百万円")
    return r"entry/9 current"


def a_missing_column(data: Path) -> str:
    path = table_with(data, "entry/9", "name")
    header = ",".join(CELL_COLUMNS)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(header, header.replace(",status", ""), 1), encoding="utf-8")
    return r"entries\.csv, row 1: the columns are not those of this table \(missing: status\)"


def a_row_with_a_stray_comma(data: Path) -> str:
    path = table_with(data, "entry/9", "name")
    path.write_text(
        path.read_text(encoding="utf-8").replace("\nentry/9,name,", "\nentry/9,name,,", 1), encoding="utf-8"
    )
    return r"row \d+: 12 cells where the header names 11"


def a_file_in_shift_jis(data: Path) -> str:
    path = table_with(data, "entry/9", "name")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", "replace"))
    return r"entries\.csv, line \d+: byte 0x[0-9a-f]{2} is not UTF-8\. Save the file as UTF-8"


def a_reading_that_is_nowhere(data: Path) -> str:
    change_cell(data, "entry/9", "name", reading="EA-999")
    return r"column reading: 'EA-999' is not in data/registry/readings\.csv"


def an_unknown_field(data: Path) -> str:
    change_cell(data, "entry/9", "name", field="nickname")
    return r"The field 'nickname' of 'entry/9' is unknown\. Add a row to graph/forms/fields\.csv"


def a_page_that_is_not_there(data: Path) -> str:
    change_cell(data, "entry/9", "name", page="13")
    return r"row \d+: page 13 is not one of the 12 pages"


def a_missing_table(data: Path) -> str:
    (data / "registry/projects.csv").unlink()
    return r"Cannot read .*projects\.csv: No such file"


def a_head_without_its_hash(data: Path) -> str:
    path = data / EX_ANTE / "document.yml"
    path.write_text(re.sub(r"(?m)^\s+sha256:.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    return r"document\.yml: the entry 'sha256' is missing"


BREAKS = [
    a_wrong_span, a_span_one_character_short, a_span_in_no_notation, a_duplicate_entry_number, a_duplicate_cell,
    a_number_used_twice_in_one_year,
    an_unregistered_number, a_number_registered_twice, an_unknown_status, an_amount_that_is_none, a_missing_column,
    a_row_with_a_stray_comma, a_file_in_shift_jis, a_reading_that_is_nowhere, an_unknown_field,
    a_page_that_is_not_there, a_missing_table, a_head_without_its_hash,
]  # fmt: skip


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda function: function.__name__)
def test_a_break_stops_with_its_place_and_the_former_store_serves(
    break_it: Callable[[Path], str], data: Path, store_folder: Path
) -> None:
    before = EmbeddedStore.open(store_folder).count()
    expected = break_it(data)
    with pytest.raises(HyokaError, match=expected):
        build(store_folder, data=data)
    assert EmbeddedStore.open(store_folder).count() == before
    assert len(list((store_folder / "builds").iterdir())) == 1


@pytest.mark.source
def test_every_quote_stands_at_its_place(source_papers: list[Path], tmp_path: Path) -> None:
    report = build(tmp_path / "store", source_papers)
    assert report.sourced == ["mic-ex-ante-fy2017-08", "mic-review-sheet-fy2018-0036"]


@pytest.mark.source
def test_a_quote_that_is_elsewhere_is_named(source_papers: list[Path], data: Path, tmp_path: Path) -> None:
    change_cell(data, "entry/9", "review_number", spans="931")
    with pytest.raises(HyokaError, match=r"entry/9 review_number\): at 931 stands \[''\], not \['0039'\]"):
        build(tmp_path / "store", source_papers, data)


@pytest.mark.source
def test_a_changed_source_is_refused(source_papers: list[Path], tmp_path: Path) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_bytes(source_papers[0].read_bytes() + b"\n")
    with pytest.raises(HyokaError, match="which no document was transcribed from"):
        build(tmp_path / "store", [changed])


def test_a_source_that_is_not_text_is_refused(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n\xff\xfe")
    with pytest.raises(HyokaError, match="is not UTF-8 text"):
        build(tmp_path / "store", [scan])


def test_the_same_inputs_give_the_same_bytes(store_folder: Path, tmp_path: Path) -> None:
    # The second build judges anew, or the order of its findings would not be put to the test.
    judge.cache_clear()
    assert build(tmp_path / "again") == read_report(store_folder)
