"""Findings judged by hand: every rule is accounted for, and one that is often wrong says so itself."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from hyoka_kg.errors import LayoutError
from hyoka_kg.pipeline.findings import integrity_rules
from hyoka_kg.pipeline.judgements import JUDGED_COLUMNS, Judged, judged_rules
from hyoka_kg.query import load_catalogue

FOLDER = Path(__file__).parent / "judged"
HEADERS = {str(query.header["rule"]): query.header for query in load_catalogue("integrity")}
# A rule below it is mended, or told as something to know together with its false alarms.
LEAST_PRECISION_RATIO = 0.95
JUDGED = judged_rules(FOLDER)
SAMPLE_SIZE = 20
# Of these rules fewer were at hand: all of them are judged.
FEWER = {
    "BUD-02": 5,
    "BUD-03": 2,
    "BUD-05": 1,
    "BUD-06": 1,
    "ID-04": 1,
    "IND-01": 1,
    "IND-02": 3,
    "IND-03": 4,
    "IND-05": 3,
    "IND-07": 1,
    "IND-08": 1,
    "IND-10": 3,
    "IND-11": 1,
    "IND-12": 13,
    "LAW-01": 1,
    "NORM-02": 8,
    "NORM-03": 6,
    "NORM-05": 8,
    "NOTE-01": 1,
    "PROV-03": 12,
    "STG-03": 5,
    "TIME-02": 3,
    "TXT-01": 19,
    "TXT-02": 3,
    "X-05": 1,
    "X-06": 1,
    "X-08": 2,
}
# A second sample was drawn of these, of other projects and of at most three or four for each ministry.
TWICE = {
    "BEH-02",
    "BEH-05",
    "BUD-01",
    "BUD-04",
    "BUD-08",
    "BUD-14",
    "GOAL-01",
    "ID-02",
    "IND-06",
    "NORM-06",
    "X-01",
    "X-02",
    "X-07",
}
# Not judged: the rule finds nothing in the corpora. A row goes when a file comes.
OPEN_FILE = FOLDER / "open" / "rules.csv"
OPEN_COLUMNS = ["rule", "findings", "why"]


def _open() -> list[dict[str, str]]:
    with OPEN_FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        assert rows.fieldnames == OPEN_COLUMNS
        return list(rows)


OPEN = {row["rule"] for row in _open()}


def _rows(rule: str) -> list[dict[str, str]]:
    with (FOLDER / f"{rule}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_rule_is_judged_or_open() -> None:
    assert set(JUDGED) == {rule.rule for rule, _ in integrity_rules()} - OPEN


def test_twenty_findings_are_judged_or_all_that_there_are() -> None:
    assert {rule: judged.findings_count for rule, judged in JUDGED.items()} == {
        rule: FEWER.get(rule, SAMPLE_SIZE) * (1 + (rule in TWICE)) for rule in JUDGED
    }
    assert set(JUDGED) >= TWICE
    assert set(FEWER) <= set(JUDGED)
    assert all(0 < number < SAMPLE_SIZE for number in FEWER.values())


def test_a_rule_that_is_open_finds_nothing() -> None:
    assert {row["findings"] for row in _open()} == {"0"}
    assert all(row["why"] for row in _open())


@pytest.mark.parametrize("rule", sorted(JUDGED))
def test_a_finding_is_judged_once_and_with_a_reason(rule: str) -> None:
    rows = _rows(rule)
    assert len({(row["focus"], row["reason"]) for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[A-Za-z0-9./-]+", row["focus"]), "without the base of the IRI"
        assert row["document"]
        assert row["reason"]


@pytest.mark.parametrize("rule", sorted(JUDGED))
def test_a_rule_that_is_often_wrong_is_info_and_tells_its_false_alarms(rule: str) -> None:
    header = HEADERS[rule]
    if JUDGED[rule].true_count < LEAST_PRECISION_RATIO * JUDGED[rule].findings_count:
        assert header["severity"] == "Info"
        assert header["false_alarms_ja"]
        assert header["false_alarms_en"]


def test_counts_are_of_true_and_of_all(tmp_path: Path) -> None:
    _write(tmp_path, "BUD-01,xx-1,doc/xx/1,true,as printed", "BUD-01,xx-2,doc/xx/2,false,another unit")
    assert judged_rules(tmp_path) == {"BUD-01": Judged(findings_count=2, true_count=1)}
    assert judged_rules(tmp_path / "absent") == {}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "no finding is judged"),
        (["BUD-02,xx-1,doc/xx/1,true,as printed"], "a row is of the rule 'BUD-02'"),
        (["BUD-01,xx-1,doc/xx/1,perhaps,as printed"], "'perhaps' is neither true nor false"),
    ],
)
def test_a_file_that_says_something_else_is_refused(lines: list[str], told: str, tmp_path: Path) -> None:
    _write(tmp_path, *lines)
    with pytest.raises(LayoutError, match=told):
        judged_rules(tmp_path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "BUD-01.csv").write_text("rule,verdict\nBUD-01,true\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="the columns are not rule, document, focus, verdict, reason"):
        judged_rules(tmp_path)


def _write(folder: Path, *lines: str) -> None:
    text = "".join(f"{line}\n" for line in (",".join(JUDGED_COLUMNS), *lines))
    (folder / "BUD-01.csv").write_text(text, encoding="utf-8")
