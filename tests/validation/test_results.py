"""What SHACL and an integrity query find becomes one and the same record, with its sentence in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdflib import Graph

from hyoka_kg.errors import QueryError, ShapeViolation
from hyoka_kg.model import Finding, Severity
from hyoka_kg.validation import IntegrityRule, check_shapes, findings_of
from hyoka_kg.vocabulary import compact

ROOT = Path(__file__).resolve().parents[2]
SHAPES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
CASES = sorted(path.parent for path in (ROOT / "tests" / "shapes").glob("*/bad.ttl"))
DATA = "<urn:a> <urn:p> <https://w3id.org/hyoka/id/fy/2017> .\n"
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix hyoka: <https://w3id.org/hyoka/def#> .
<urn:shape> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:property <urn:property> .
<urn:property> sh:path <urn:p> ; sh:hasValue <urn:wanted> ; sh:severity sh:Info .
"""
HEADER = {"rule": "X-99", "severity": "Warning", "message_ja": "{fy}年度は{sum}円です。", "message_en": "{fy}: {sum}."}


def _lines(path: Path) -> list[str]:
    text: str = Graph().parse(path).serialize(format="nt")
    return text.splitlines(keepends=True)


def _shapes(tmp_path: Path, text: str) -> list[Path]:
    path = tmp_path / "shapes.ttl"
    path.write_text(text, encoding="utf-8")
    return [path]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_bad_graph_gives_the_findings_of_its_rule(case: Path) -> None:
    with (case / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = sorted((row["focus"], row["severity"].removeprefix("sh:")) for row in csv.DictReader(file))
    found = [finding for finding in check_shapes(_lines(case / "bad.ttl"), SHAPES) if finding.rule == case.name]
    # Blank nodes of the case have no name to compare.
    assert sorted((_named(finding), str(finding.severity)) for finding in found) == expected
    for finding in found:
        assert "{" not in finding.message_ja + finding.message_en


def _named(finding: Finding) -> str:
    return compact(finding.focus) if finding.focus.startswith(("http", "urn:")) else "_:"


def test_a_shape_without_a_rule_is_told_as_shacl_and_names_path_and_value(tmp_path: Path) -> None:
    assert check_shapes([DATA], _shapes(tmp_path, SHAPE)) == [
        Finding("SHACL", Severity.INFO, "urn:a", (("path", "urn:p"),), "", "")
    ]
    ruled = SHAPE.replace("sh:hasValue <urn:wanted>", "sh:nodeKind sh:Literal").replace(
        "<urn:shape> a", '<urn:shape> hyoka:ruleId "T-01" ; sh:message "{value}です。"@ja, "{value}."@en ; a'
    )
    # The rule stands on the shape, the result on its property: the sentence is that of the shape.
    values = (("path", "urn:p"), ("value", "hyk:fy/2017"))
    assert check_shapes([DATA], _shapes(tmp_path, ruled)) == [
        Finding("T-01", Severity.INFO, "urn:a", values, "hyk:fy/2017です。", "hyk:fy/2017.")
    ]


def test_a_good_graph_gives_none(tmp_path: Path) -> None:
    assert check_shapes([DATA.replace("<urn:p> <", "<urn:q> <")], _shapes(tmp_path, SHAPE)) == []


def test_a_shape_that_cannot_be_run_is_no_clean_graph(tmp_path: Path) -> None:
    # A SELECT of a shape may not say VALUES.
    query = 'sh:sparql [ a sh:SPARQLConstraint ; sh:select "SELECT $this WHERE { VALUES ?x { 1 } }" ]'
    with pytest.raises(ShapeViolation, match="could not be run"):
        check_shapes([DATA], _shapes(tmp_path, SHAPE.replace("sh:hasValue <urn:wanted>", query)))


def test_a_row_of_a_query_is_a_finding_with_its_values_in_the_order_of_the_columns() -> None:
    rule = IntegrityRule.from_header("sums", HEADER)
    (found,) = findings_of(rule, [{"fy": "2017", "focus": "urn:a", "sum": "7"}])
    values = (("fy", "2017"), ("sum", "7"))
    assert found == Finding("X-99", Severity.WARNING, "urn:a", values, "2017年度は7円です。", "2017: 7.")
    assert rule.context == ""


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ({**HEADER, "severity": "Fatal"}, "Fatal"),
        ({k: v for k, v in HEADER.items() if k != "message_en"}, "message_en"),
    ],
)
def test_a_header_that_lacks_or_misspells_something_is_refused_by_the_name_of_its_file(
    header: dict[str, str], named: str
) -> None:
    with pytest.raises(QueryError, match=rf"queries/integrity/sums\.rq: .*{named}"):
        IntegrityRule.from_header("sums", header)
