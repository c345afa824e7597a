"""Each command prints what it promises, in each format, and ends with the exit code that the README names."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
CELL = "hyk:doc/mic/ex-ante/fy2017/08/entry/9/budget/executed/2016"


@pytest.fixture(scope="module")
def run(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `hyoka` as its own process, in an empty folder, on the built sample."""
    folder = tmp_path_factory.mktemp("elsewhere")

    def call(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "HYOKA_STORE": str(store_folder), **env}
        command = [sys.executable, "-m", "hyoka_kg.cli", *arguments]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, cwd=folder, env=environment, check=False
        )

    return call


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_query_prints_the_same_rows_in_every_format(run: Run) -> None:
    rows = _table(run("query", "cq10", "--format", "csv").stdout)
    years = [2012, 2015, 2016, 2016, 2017, 2017, 2018, 2018, 2019, 2019, 2020]
    assert [row["fy"] for row in rows] == [str(year) for year in years]
    records = json.loads(run("query", "cq10", "--format", "json").stdout)
    assert [record["fy"] for record in records] == years
    markdown = run("query", "cq10", "--format", "md").stdout.splitlines()
    assert markdown[:2] == ["| fy | project | document |", "| --- | --- | --- |"]
    assert len(markdown) == 13
    assert "11 row(s)" in run("query", "cq10").stdout


def test_query_takes_a_file_and_typed_parameters(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "count.rq"
    file.write_text("SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", encoding="utf-8")
    assert json.loads(run("query", str(file), "--format", "json").stdout) == [{"n": 176}]
    rows = _table(run("query", "cq11", "-p", "project=juki-net-security", "--format", "csv").stdout)
    assert [row["fy"] for row in rows] == [str(year) for year in range(2010, 2022)]
    assert len({row["review_number"] for row in rows}) == 8


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("query", "tr99"), 2, "Did you mean tr0"),
        (("query", "cq04", "-p", "fy=２０１６"), 2, "'２０１６' is not a value for 'fy' (integer, for example 2016)"),
        (("query", "cq04", "-p", "year=2016"), 2, "cq04 has no parameter 'year'. It takes: document, fy"),
        (("query", "cq04", "-p", "2016"), 2, "'2016' is not NAME=VALUE"),
        (("query", "absent.rq"), 2, "absent.rq: cannot read the query"),
        (("receipt", "77.7時間"), 2, "No statement is '77.7時間'"),
        (("describe", "hyk:project/mic/no-such"), 2, "Nothing is said of 'hyk:project/mic/no-such'"),
        (("info", "--store", "nowhere"), 5, "There is no store at nowhere. Build one: hyoka build --store nowhere"),
        (("doctor", "--store", "nowhere"), 5, "There is no store at nowhere"),
        (("check", "--data", "nowhere"), 3, "Restore the file, or name another"),
        (("parse",), 3, "standard input: 1 line(s) could not be answered"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_says_what_to_do_next(run: Run, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = run(*arguments, stdin="not json\n")
    assert (answer.returncode, told in answer.stderr) == (code, True), answer.stderr
    assert "Traceback" not in answer.stderr


def test_queries_lists_every_question_with_its_parameters(run: Run) -> None:
    rows = _table(run("queries", "--format", "csv").stdout)
    assert len(rows) == 37
    assert rows[5]["parameters"] == "document=hyk:doc/mic/ex-ante/fy2017/08 fy=2017 limit=10"


def test_findings_are_counted_by_rule_and_severity(run: Run) -> None:
    rows = _table(run("findings", "--format", "csv").stdout)
    counts = Counter((row["severity"], row["rule"]) for row in rows)
    assert not [key for key in counts if key[0] == "Violation"]
    assert counts["Warning", "BUD-01"] == 9
    assert counts["Warning", "BUD-05"] == 1
    only = _table(run("findings", "--rule", "BUD-05", "--format", "csv").stdout)
    assert [(row["focus"], row["page"], row["line"]) for row in only] == [
        ("hyk:doc/mic/ex-ante/fy2017/08/policy/budget/executed/2015", "11", "1356")
    ]
    assert run("findings", "--severity", "Violation", "--format", "csv").stdout.count("\n") == 1


def test_a_receipt_names_paper_page_and_line(run: Run) -> None:
    text = run("receipt", "56.9時間").stdout
    assert text.startswith("mic-ex-ante-fy2017-08, page 1, line 57 (confidence B)\n")
    records = json.loads(run("receipt", CELL, "--json").stdout)
    assert [(r["document"], r["page"], r["line_from"], r["quote"]) for r in records] == [
        ("mic-ex-ante-fy2017-08", 6, 913, "(２百万円)")
    ]


@pytest.mark.source
def test_a_receipt_marks_the_words_in_the_source(run: Run, source_papers: list[Path]) -> None:
    text = run("receipt", CELL, "--source", str(source_papers[0])).stdout
    assert "    913 | 【(２百万円)】\n" in text
    assert text.count(" | ") == 5
    split = run("receipt", "5", "--source", str(source_papers[1])).stdout
    assert "    149 | 【5】 5 4 4 4\n" in split
    assert "    149 | 5 【5】 4 4 4\n" in split


def test_describe_tells_which_graph_says_what(run: Run) -> None:
    rows = _table(run("describe", "hyk:review-number/mic/fy2018/0036", "--format", "csv").stdout)
    said = {(row["graph"], row["property"], row["value"]) for row in rows if row["direction"] == "out"}
    assert ("hyg:registry", "hyoka:identifies", "hyk:project/mic/juki-net-security") in said
    assert {row["graph"] for row in rows if row["direction"] == "in"} >= {
        "hyg:doc/mic/review-sheet/fy2018/0036/r1",
        "hyg:qa/0.1.0",
    }


def test_exports_hold_the_same_graph(run: Run) -> None:
    import pyoxigraph as ox

    formats = {
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    quads = {name: set(ox.parse(run("export", "--format", name).stdout, format=form)) for name, form in formats.items()}
    assert quads["nquads"] == quads["trig"] == quads["jsonld"]
    turtle = set(ox.parse(run("export", "--format", "turtle").stdout, format=ox.RdfFormat.TURTLE))
    assert {quad.triple for quad in turtle} == {quad.triple for quad in quads["nquads"]}
    lines = run("export").stdout.splitlines()
    assert lines == sorted(lines)


def test_info_and_doctor_agree_on_the_build(run: Run) -> None:
    report = json.loads(run("info", "--json").stdout)
    assert report["documents"] == ["mic-ex-ante-fy2017-08", "mic-review-sheet-fy2018-0036"]
    assert sum(report["graphs"].values()) == report["quads"]
    text = run("doctor").stdout
    assert f"build {report['build']}, {report['quads']:,} quads, whole" in text


def test_parse_reads_values_line_by_line(run: Run) -> None:
    lines = [{"kind": "amount", "string": "(２百万円)"}, {"kind": "amount", "string": "１，２a４"}]
    answers = [json.loads(line) for line in run("parse", stdin="\n".join(map(json.dumps, lines))).stdout.splitlines()]
    assert answers[0]["yen"] == "2000000"
    assert "unparsed" in answers[1]


def test_validate_judges_the_built_graph_again(run: Run) -> None:
    answer = run("validate", "--json")
    counts = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert counts == json.loads(run("info", "--json").stdout)["findings"]


def test_check_counts_what_it_read(run: Run) -> None:
    counts = json.loads(run("check", "--json").stdout)
    assert [row["against_source"] for row in counts.values()] == [False, False]


@pytest.mark.source
def test_check_finds_every_quote_at_its_place(run: Run, source_papers: list[Path]) -> None:
    sources = [part for paper in source_papers for part in ("--source", str(paper))]
    counts = json.loads(run("check", "--json", *sources).stdout)
    assert [row["against_source"] for row in counts.values()] == [True, True]
    assert sum(row["cells"] for row in counts.values()) == 981


@pytest.mark.source
def test_a_source_that_was_changed_is_refused(run: Run, source_papers: list[Path], tmp_path: Path) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_text(source_papers[0].read_text(encoding="utf-8") + " ", encoding="utf-8")
    answer = run("check", "--source", str(changed))
    assert answer.returncode == 3
    assert "which no document was transcribed from" in answer.stderr


def test_lineage_prints_a_river_json_and_a_picture(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("lineage", "juki-net-security", "--json").stdout)
    sheets = [sheet["sheet"] for sheet in told["sheets"]]
    assert sheets[:2] == ["mic/fy2010/0032-2", "mic/fy2011/0038"]
    assert {"mic/fy2017/0039", "mic/fy2018/0036"} <= set(sheets)
    by_sheet = {sheet["sheet"]: sheet for sheet in told["sheets"]}
    assert by_sheet["mic/fy2018/0036"]["initial_jpy"] == 4_000_000
    assert by_sheet["mic/fy2018/0036"]["executed_jpy"] == 2_000_000
    assert ("mic/fy2017/0039", "mic/fy2018/0036") in {(link["earlier"], link["later"]) for link in told["links"]}
    river = run("lineage", "mic/fy2018/0036", "--svg", str(tmp_path / "river.svg"))
    assert river.returncode == 0
    assert "mic/fy2018/0036" in (tmp_path / "river.svg").read_text(encoding="utf-8")
    assert "● FY2018  mic/fy2018/0036" in run("lineage", "mic/fy2017/0039").stdout
    assert run("lineage", "no-such-project").returncode == 2


def test_lineage_why_without_corpora_says_what_to_do(run: Run) -> None:
    told = run("lineage", "--why", "mic/fy2018/0034", "mic/fy2019/0034")
    assert told.returncode == 5
    assert "hyoka identify" in told.stderr
    assert run("lineage", "--why", "mic/fy2018/0034").returncode == 2
