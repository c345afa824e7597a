"""Every literal of the value tables is read as the design says, row by row."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from hyoka_kg.normalization import KINDS, parse_value

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DESIGN = rows("value_table.csv")
DECISIONS = rows("value_decisions.csv")


def name_of(row: dict[str, str]) -> str:
    return f"{row['kind']} {row['string']}"


def test_the_tables_are_whole() -> None:
    assert (len(DESIGN), len(DECISIONS)) == (52, 233)
    assert {row["kind"] for row in DECISIONS} >= KINDS


@pytest.mark.parametrize("row", DESIGN + DECISIONS, ids=name_of)
def test_a_literal_is_read_as_the_table_says(row: dict[str, str]) -> None:
    expected = json.loads(row["expected"])
    parsed = parse_value(row["kind"], row["string"], json.loads(row["context"]))
    if "unparsed" in expected:
        assert parsed["unparsed"] == row["string"]
        assert parsed["reason"]
    else:
        assert parsed == expected


@pytest.mark.parametrize("row", DESIGN, ids=name_of)
@pytest.mark.parametrize("wrap", ["\n", "\r\n", ""])
def test_a_line_wrap_of_any_kind_changes_nothing(row: dict[str, str], wrap: str) -> None:
    parsed = parse_value(row["kind"], row["string"].replace("⏎", wrap), json.loads(row["context"]))
    assert parsed == json.loads(row["expected"])


@pytest.mark.parametrize("context", [None, {}, {"fiscal_year": "2018", "unit": 3}, {"unit": ""}, {"unit": "－"}])
def test_a_context_that_tells_nothing_is_no_context(context: dict[str, object] | None) -> None:
    assert parse_value("indicator_value", "47", context)["issues"] == ["unit_missing"]
    assert parse_value("fiscal_year", "30年度", context)["fiscal_year"] == 2018


@pytest.mark.parametrize("text", ["開始予定なし", "終了予定", "終了予定なしと決定", "未定", "終了年度"])
def test_only_the_words_themselves_say_that_there_is_no_end(text: str) -> None:
    assert parse_value("fiscal_year", "終了予定なし") == {"fiscal_year": None, "open_ended": True}
    assert parse_value("fiscal_year", text)["unparsed"] == text
