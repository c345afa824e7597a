"""A trace leads from a project or indicator to clauses, and from a clause back, each step with its receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.errors import QueryError
from hyoka_kg.pipeline import TraceNode, trace
from hyoka_kg.store import EmbeddedStore

PROJECT, CLAUSE = "juki-net-security", "it-nation-declaration/2015-06-30/c2"
INDICATOR = "hyk:doc/mic/ex-ante/fy2017/08/indicator/4"
EX_ANTE = "mic-ex-ante-fy2017-08"


@pytest.fixture(scope="module")
def store(store_folder: Path) -> EmbeddedStore:
    return EmbeddedStore.open(store_folder)


def _walk(node: TraceNode) -> Iterator[TraceNode]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _labels(root: TraceNode, kind: str) -> list[str]:
    return [node.label for node in _walk(root) if node.kind == kind]


def test_a_project_leads_to_policy_indicators_versions_and_clauses(store: EmbeddedStore) -> None:
    root = trace(store, PROJECT)
    assert (root.kind, _labels(root, "policy")) == ("project", ["電子政府・電子自治体の推進"])
    assert len(_labels(root, "strategy")) == 7
    assert len(_labels(root, "clause")) == 41
    assert len(_labels(root, "objective")) == 3
    leaves = [node for node in _walk(root) if node.kind == "clause"]
    assert all(node.links == ["stated-by-policy"] and node.receipts[0].page in {"11", "12"} for node in leaves)


def test_three_citations_in_the_text_of_a_project_are_its_own(store: EmbeddedStore) -> None:
    root = trace(store, "自治体クラウドの取組の加速に向けた調査研究等")
    own = [child for child in root.children if child.links == ["cited-in-text"]]
    assert [child.label for child in own] == [
        "日本再興戦略2016 2016-06-02",
        "経済財政運営と改革の基本方針2016 2016-06-02",
        "世界最先端ＩＴ国家創造宣言・官民データ活用推進基本計画 2017-05-30",
    ]


def test_a_clause_leads_back_to_projects_and_their_money(store: EmbeddedStore) -> None:
    root = trace(store, CLAUSE)
    assert (root.kind, root.label.partition(" ")[0]) == ("clause", "Ⅲ→４")
    assert "住民基本台帳ネットワークシステムセキュリティ対策経費" in _labels(root, "project")
    assert any(label.startswith("FY2016 executed 2 ") for label in _labels(root, "money"))


def test_an_indicator_leads_to_its_objective_and_what_its_rationale_cites(store: EmbeddedStore) -> None:
    root = trace(store, INDICATOR)
    assert root.kind == "indicator"
    assert len(_labels(root, "objective")) == 1
    assert any("第一次報告書" in label for label in _labels(root, "strategy"))


def test_before_a_paper_was_out_it_said_nothing(store: EmbeddedStore) -> None:
    assert trace(store, PROJECT, date(2017, 1, 1)).children == []
    assert trace(store, PROJECT, date(2100, 1, 1)) == trace(store, PROJECT)


def test_what_is_none_of_the_three_is_refused_with_the_way_out(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="names no project, clause or indicator"):
        trace(store, "hyk:strategy/it-nation-declaration")


def test_the_command_prints_a_tree_and_json(store_folder: Path) -> None:
    runner = CliRunner()
    told = runner.invoke(app, ["trace", PROJECT, "--store", str(store_folder)])
    assert told.exit_code == 0
    assert f"← {EX_ANTE} p.11" in told.output
    tree = json.loads(runner.invoke(app, ["trace", CLAUSE, "--json", "--store", str(store_folder)]).output)
    assert tree["kind"] == "clause"
    assert tree["children"][0]["receipts"][0]["document"] == EX_ANTE
