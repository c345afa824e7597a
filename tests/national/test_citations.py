"""The sheets of the corpora cite strategies: each citation a node with quote and place, linked as far as it tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.linking.citations import SheetCitations, StrategyIndex
from hyoka_kg.model import Node, SheetKey, SheetPart
from hyoka_kg.sources.registry import read_registry

KEY = SheetKey("mic", 2021, "0001")
PLACE = "0123456789abcdef/1#/related_plans"


@pytest.fixture(scope="module")
def index(root: Path) -> StrategyIndex:
    return StrategyIndex.of(read_registry(root / "data" / "registry"))


def _linked(index: StrategyIndex, node: Node) -> tuple[list[Node], SheetCitations]:
    citations = SheetCitations(index)
    return citations.link(SheetPart(KEY, "", "0001", "ためし", [node])).nodes, citations


def _box(text: str) -> Node:
    values = (("as_printed", text), ("citation_kind", "cited-by-project"))
    return Node("citation", "entry/1/citation/1", "entry/1", PLACE, values)


def _prose(text: str, box: str = "overview") -> Node:
    return Node("text", f"entry/1/cell/{box}", "entry/1", PLACE, (("box", box), ("as_printed", text)))


def _all(node: Node, name: str) -> list[str]:
    return [value for field, value in node.values if field == name]


def test_each_citation_of_a_box_has_its_quote_place_work_and_version(index: StrategyIndex) -> None:
    text = "国家防衛戦略、防衛力整備計画（令和４年１２月１６日閣議決定）"
    nodes, _ = _linked(index, _box(text))
    assert [node.path for node in nodes] == ["entry/1/citation/1-1", "entry/1/citation/1-2"]
    assert [_all(node, "as_printed")[0] for node in nodes] == [
        "国家防衛戦略",
        "防衛力整備計画（令和４年１２月１６日閣議決定）",
    ]
    assert [_all(node, "version") for node in nodes] == [
        ["national-defense-strategy/2022-12-16"], ["defense-buildup-program/2022-12-16"],
    ]  # fmt: skip
    assert [_all(node, "method") for node in nodes] == [["date-of-the-next-title"], ["printed-date"]]
    assert [node.place for node in nodes] == [f"{PLACE}&char=0,6", f"{PLACE}&char=7,{len(text)}"]


def test_a_quote_that_is_gone_takes_its_edge_with_it(index: StrategyIndex) -> None:
    whole, _ = _linked(
        index, _box("エネルギー基本計画（令和3年10月22日閣議決定）\n水産基本計画（令和4年3月25日閣議決定）")
    )
    rest, _ = _linked(index, _box("水産基本計画（令和4年3月25日閣議決定）"))
    assert {v for node in whole for v in _all(node, "version")} - {
        v for node in rest for v in _all(node, "version")
    } == {"strategic-energy-plan/2021-10-22"}


def test_a_contradiction_keeps_the_work_and_leaves_the_version_open(index: StrategyIndex) -> None:
    [node], _ = _linked(index, _box("世界最先端IT国家創造宣言（平成29年5月30日閣議決定）"))
    assert _all(node, "work") == ["it-nation-declaration"]
    assert (_all(node, "version"), _all(node, "flag")) == ([], ["impossible-pair"])


def test_a_clause_that_only_citations_know_is_made_once_with_those_around_it(index: StrategyIndex) -> None:
    nodes, citations = _linked(
        index,
        _box(
            "消費者基本計画（令和２年３月31日閣議決定）第５章１．（４）\n消費者基本計画（令和２年３月31日閣議決定）第５章"
        ),
    )
    base = "consumer-basic-plan/2020-03-31/at/"
    assert [_all(node, "clause") for node in nodes] == [[f"{base}c5.n1.p4"], [f"{base}c5"]]
    assert {clause.clause_id: clause.parent for clause in citations.clauses.values()} == {
        f"{base}c5": "", f"{base}c5.n1": f"{base}c5", f"{base}c5.n1.p4": f"{base}c5.n1",
    }  # fmt: skip


def test_a_path_of_a_registered_clause_leads_to_it(index: StrategyIndex) -> None:
    [node], citations = _linked(index, _box("経済財政運営と改革の基本方針2016（平成28年6月2日閣議決定）第3章5(3)⑤"))
    assert _all(node, "clause") == ["basic-policy-economic-fiscal-management/2016-06-02/c4"]
    assert citations.clauses == {}


def test_a_dash_declares_none_and_a_heading_is_no_citation(index: StrategyIndex) -> None:
    [dash], _ = _linked(index, _box("－"))
    assert (dash.kind, _all(dash, "box"), _all(dash, "status")) == ("text", ["related-plans"], ["dash"])
    [heading], _ = _linked(index, _box("【施設】"))
    assert (heading.kind, _all(heading, "status")) == ("text", [])


def test_two_lines_that_name_no_document_are_two_cells(index: StrategyIndex) -> None:
    lines = [_box("－"), _box("―")._replace(path="entry/1/citation/2")]
    nodes = SheetCitations(index).link(SheetPart(KEY, "", "0001", "ためし", lines)).nodes
    assert [(node.path, _all(node, "as_printed")) for node in nodes] == [
        ("entry/1/cell/related-plans", ["－"]),
        ("entry/1/cell/related-plans-2", ["―"]),
    ]


def test_a_text_that_names_a_strategy_keeps_its_cell_and_gains_a_link(index: StrategyIndex) -> None:
    cell, citation = _linked(index, _prose("「日本再興戦略2016」（平成28年6月2日閣議決定）に基づき実施する。"))[0]
    assert cell.kind == "text"
    assert _all(citation, "version") == ["japan-revitalization-strategy/2016-06-02"]
    assert (_all(citation, "citation_kind"), citation.owner) == (["cited-in-text"], "entry/1")
    assert len(_linked(index, _prose("「日本再興戦略2016」に", box="remarks"))[0]) == 1


def test_what_was_read_is_counted(index: StrategyIndex) -> None:
    _, citations = _linked(index, _box("エネルギー基本計画（令和3年10月22日閣議決定）、ためしの計画"))
    kind = "cited-by-project"
    assert citations.counts["strings"] == 1
    assert [citations.counts[f"{kind}: {what}"] for what in ("citations", "works", "versions", "unknown-title")] == [
        2,
        1,
        1,
        1,
    ]
