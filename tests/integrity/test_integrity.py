"""Each integrity query returns nothing on a good graph and the planted defect on a bad one."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "queries" / "integrity").glob("*.rq"))
CASES = sorted(path for path in Path(__file__).parent.iterdir() if (path / "expected.csv").is_file())
SEVERITIES = {"Violation", "Warning", "Info"}
VIOLATIONS = {"PROV-04", "STR-05", "X-04"}
BASE = "https://w3id.org/hyoka/id/"

Row = tuple[str, ...]


def _header(path: Path) -> dict[str, Any]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return yaml.safe_load("\n".join(line.removeprefix("#+ ") for line in lines if line.startswith("#+ ")))


HEADERS = {path: _header(path) for path in FILES}
QUERIES = {header["rule"]: path for path, header in HEADERS.items()}


def _plain(text: str) -> str:
    """Return a value without its IRI base, and a number without trailing zeros."""
    return re.sub(r"^(-?\d+)\.0*$|^(-?\d+\.\d*?)0+$", r"\1\2", text.removeprefix(BASE))


def _columns(rule: str) -> list[str]:
    return HEADERS[QUERIES[rule]]["columns"]


def _graph_of(case: Path, name: str) -> Path:
    """Return the file of a case: Turtle, or TriG where the rule is about graphs."""
    (file,) = case.glob(f"{name}.*")
    return file


def _rows(rule: str, graph: Path) -> list[Row]:
    """Return the rows of a rule over a file loaded into the engine that we embed."""
    store = pyoxigraph.Store()
    store.load(path=str(graph))
    solutions = store.query(QUERIES[rule].read_text(encoding="utf-8"))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == _columns(rule)
    return sorted(tuple("" if term is None else _plain(term.value) for term in row) for row in solutions)


def _rdflib_rows(rule: str, graph: Path) -> list[Row]:
    answer = rdflib.Dataset(default_union=True).parse(graph).query(QUERIES[rule].read_text(encoding="utf-8"))
    return sorted(tuple("" if term is None else _plain(str(term)) for term in row) for row in answer)


def _expected(case: Path) -> list[Row]:
    with (case / "expected.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == _columns(case.name)
    return sorted(tuple(row) for row in rows)


def test_there_is_a_case_for_every_rule() -> None:
    assert len(FILES) == 68
    assert [case.name for case in CASES] == sorted(QUERIES)
    # The catalogue finds a query by its id: two of one id would hide each other.
    assert len({header["id"] for header in HEADERS.values()}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_header_tells_rule_severity_and_messages(path: Path) -> None:
    header = HEADERS[path]
    assert re.fullmatch(r"[A-Z]+-\d\d", header["rule"])
    assert header["id"] == header["rule"].lower()
    assert header["severity"] in SEVERITIES
    # A source error is never a Violation: only rules about our own reading stop a build.
    assert (header["severity"] == "Violation") == (header["rule"] in VIOLATIONS)
    assert header["columns"][0] == "focus"
    for name in ("summary", "summary_en", "message_ja", "message_en"):
        assert set(re.findall(r"\{(\w+)\}", header[name])) <= set(header["columns"]) - {"focus"}
    assert header["message_ja"].endswith("。")
    assert header["message_en"].endswith(".")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_good_graph_has_no_finding(case: Path) -> None:
    assert _rows(case.name, _graph_of(case, "good")) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_bad_graph_is_found_with_its_values(case: Path) -> None:
    expected = _expected(case)
    assert expected
    assert _rows(case.name, _graph_of(case, "bad")) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_second_engine_finds_the_same(case: Path) -> None:
    assert _rdflib_rows(case.name, _graph_of(case, "good")) == []
    assert _rdflib_rows(case.name, _graph_of(case, "bad")) == _expected(case)
