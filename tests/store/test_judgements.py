"""Findings beside a build: kept rule by rule, all or none, and asked by rule, year, ministry, project and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.errors import StoreError
from hyoka_kg.model import Finding, Placed, Severity
from hyoka_kg.store.judgements import Asked, Judgements, Wanted, keep_findings, note_asked
from hyoka_kg.vocabulary import BASE

DOC = f"{BASE}id/doc/mic/ex-ante/fy2017/08"


def placed(rule: str, focus: str, message: str = "too much", **place: str) -> Placed:
    severity = Severity.WARNING if rule.startswith("BUD") else Severity.INFO
    finding = Finding(rule, severity, f"{DOC}/{focus}", (("amount", "12"),), "多すぎる", message)
    where = {"document": "mic-ex-ante-fy2017-08", "ministry": "mic", "fy": "2017", "project": "mic/juki-net-security"}
    return Placed(finding, **{**where, "page": "4", "line": "10", "column": "3", **place})


FIRST = placed("BUD-01", "entry/1")
SECOND = placed("BUD-01", "entry/2", fy="2016", project="mic/other")
OF_A_CELL = placed("IND-01", "entry/1/cell/9", ministry="meti")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "findings.sqlite"
    assert keep_findings(path, "BUD-01", [SECOND, FIRST, FIRST]) == 2
    assert keep_findings(path, "IND-01", [OF_A_CELL]) == 1
    return path


def found(path: Path, start: int = 0, count: int = -1, **wanted: object) -> list[Placed]:
    return list(Judgements(path).find(Wanted(**wanted), start, count))


def test_findings_come_back_as_they_were_in_order_and_once(path: Path) -> None:
    assert found(path) == [FIRST, SECOND, OF_A_CELL]
    assert found(path, start=1, count=1) == [SECOND]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"rules": {"IND-01"}}, [OF_A_CELL]),
        ({"rules": {"BUD-01", "IND-01"}, "fy": "2017"}, [FIRST, OF_A_CELL]),
        ({"severities": {"Warning"}}, [FIRST, SECOND]),
        ({"ministry": "meti"}, [OF_A_CELL]),
        ({"project": "mic/other"}, [SECOND]),
        ({"project": "other"}, [SECOND]),
        ({"project": "ther"}, []),
        ({"rules": {"BUD-02"}}, []),
    ],
)
def test_each_narrowing_gives_what_the_record_admits(
    path: Path, wanted: dict[str, object], expected: list[Placed]
) -> None:
    assert found(path, **wanted) == expected
    asked = Wanted(**wanted)
    admitted = [
        one
        for one in (FIRST, SECOND, OF_A_CELL)
        if asked.admits(one) and asked.admits_rule(one.finding.rule, str(one.finding.severity))
    ]
    assert admitted == expected


def test_a_rule_asked_again_replaces_its_own_findings_alone(path: Path) -> None:
    again = placed("BUD-01", "entry/3")
    assert keep_findings(path, "BUD-01", [again]) == 1
    assert found(path) == [again, OF_A_CELL]
    assert keep_findings(path, "BUD-01", []) == 0
    assert found(path) == [OF_A_CELL]


def test_a_rule_that_fails_while_it_is_asked_leaves_its_former_findings(path: Path) -> None:
    def failing() -> object:
        yield placed("BUD-01", "entry/3")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_findings(path, "BUD-01", failing())
    assert found(path, rules={"BUD-01"}) == [FIRST, SECOND]


def test_a_rule_that_was_cut_keeps_nothing_and_says_why(path: Path) -> None:
    note_asked(path, Asked("IND-01", 1, 0.25, 90, ""))
    assert found(path, rules={"IND-01"}) == [OF_A_CELL]
    note_asked(path, Asked("BUD-01", 0, 60.0, 500, "time"))
    note_asked(path, Asked("IND-01", 0, 1.5, 2000, "memory"))
    assert found(path) == []
    assert Judgements(path).asked() == [Asked("BUD-01", 0, 60.0, 500, "time"), Asked("IND-01", 0, 1.5, 2000, "memory")]


def test_counts_by_rule_and_year_carry_the_first_message(path: Path) -> None:
    assert Judgements(path).by_year().as_text() == [
        {"rule": rule, "severity": severity, "fy": fy, "n": "1", "example_ja": "多すぎる", "example_en": "too much"}
        for rule, severity, fy in [
            ("BUD-01", "warning", "2016"), ("BUD-01", "warning", "2017"), ("IND-01", "info", "2017")
        ]
    ]  # fmt: skip


def test_a_part_is_listed_as_the_page_of_findings_lists_it(path: Path) -> None:
    rows = Judgements(path).listed(Wanted(rules={"BUD-01"}), 0, 1).as_text()
    assert rows == [
        {
            "rule": "BUD-01", "rule_iri": f"{DOC}/entry/1", "severity": "warning", "message_ja": "多すぎる",
            "message_en": "too much", "document": "mic-ex-ante-fy2017-08", "fy": "2017",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("thing", "foci"),
    [
        (f"{BASE}id/project/mic/other", ["entry/2"]),
        (DOC, ["entry/1", "entry/2", "entry/1/cell/9"]),
        (f"{DOC}/entry/1", ["entry/1", "entry/1/cell/9"]),
        (f"{DOC}/entry/1/cell/9", ["entry/1/cell/9"]),
        (f"{DOC}/entry", ["entry/1", "entry/2", "entry/1/cell/9"]),
        (f"{DOC}/entr", []),
        (f"{BASE}id/project/mic/unknown", []),
    ],
)
def test_what_is_kept_about_a_thing_is_about_it_or_below_it(path: Path, thing: str, foci: list[str]) -> None:
    rows = Judgements(path).about(thing).as_text()
    assert [row["rule_iri"].removeprefix(f"{DOC}/") for row in rows] == foci
    assert {(row["page"], row["line"]) for row in rows} <= {("4", "10")}
    assert Judgements(path).about(thing, start=1, count=1).as_text() == rows[1:2]


def test_a_file_that_cannot_be_written_or_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "findings.sqlite"
    with pytest.raises(StoreError, match="Cannot write the findings"):
        keep_findings(path, "BUD-01", [])
    with pytest.raises(StoreError, match="Cannot write the findings"):
        note_asked(path, Asked("BUD-01", 0, 0.0, 0, ""))
    damaged = tmp_path / "findings.sqlite"
    damaged.write_bytes(b"not a database" * 100)
    for read in (Judgements(damaged).asked, Judgements(damaged).by_year):
        with pytest.raises(StoreError, match=r"Cannot read the findings .*Ask again: hyoka judge"):
            read()
