"""Questions about the citations of strategies, on the sample and on sheets of our own beside it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from hyoka_kg.graph.clauses import state_cited_clauses
from hyoka_kg.graph.lean import SheetClaim, SheetWriter, state_claims
from hyoka_kg.graph.registry import state_fiscal_year
from hyoka_kg.linking import IssuedNumbers
from hyoka_kg.linking.citations import SheetCitations, StrategyIndex
from hyoka_kg.model import Node, SheetKey, SheetPart
from hyoka_kg.pipeline import trace
from hyoka_kg.query import load_catalogue, run_canned, run_maintenance
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.store import EmbeddedStore

CATALOGUE = load_catalogue()
SOURCE = "0123456789abcdef/1#"
# What the box 関係する計画、通知等 prints on sheets that nobody published.
BOXES = {
    (2021, "9001"): "デジタル社会の実現に向けた重点計画（令和3年6月18日閣議決定）",
    (2021, "9002"): "デジタル社会の実現に向けた重点計画（令和３年６月18日閣議決定）、防災基本計画",
    (2021, "9003"): "デジタル社会の形成に関する重点計画（令和3年6月18日閣議決定）",
    (2021, "9004"): "世界最先端IT国家創造宣言（平成29年5月30日閣議決定）",
    (2021, "9005"): "世界最先端IT国家想像宣言（平成27年6月30日閣議決定）Ⅲ－４－（１）",
    (2021, "9006"): "デジタル社会の実現に向けた重点計画",
    (2021, "9007"): "ためしの計画（令和3年6月18日閣議決定）",
    (2021, "9008"): "－",
    (2021, "9009"): "",
    (2021, "9010"): "消費者基本計画（令和3年6月15日閣議決定）第５章１（１）③",
    (2015, "9001"): "",
}


def _part(key: SheetKey, box: str) -> SheetPart:
    place = f"{SOURCE}/{key.number}"
    citation = (("as_printed", box), ("citation_kind", "cited-by-project"))
    money = (("phase", "executed"), ("fiscal_year", str(key.fiscal_year)), ("amount", "12000000"))
    nodes = [
        Node("document", "", "", f"{place}/document", ()),
        Node("entry", "entry/1", "", f"{place}/name", (("name", f"ためし{key.number}"),)),
        Node("budget", "entry/1/budget/executed/1", "entry/1", f"{place}/budget", money),
    ]
    if box:
        nodes.append(Node("citation", "entry/1/citation/1", "entry/1", f"{place}/plans", citation))
    return SheetPart(key, "", key.number, f"ためし{key.number}", nodes)


@pytest.fixture(scope="module")
def store(store_folder: Path, root: Path) -> EmbeddedStore:
    registry = read_registry(root / "data" / "registry")
    projects = IssuedNumbers.of(registry)
    citations, writer = SheetCitations(StrategyIndex.of(registry)), SheetWriter(projects)
    engine = ox.Store()
    engine.bulk_extend(EmbeddedStore.open(store_folder).quads())
    parts = [_part(SheetKey("mic", year, number), box) for (year, number), box in BOXES.items()]
    lines = [line for part in parts for line in writer.lines(citations.link(part))]
    claims = [SheetClaim(projects.project_of(part.key, ""), part.key.fiscal_year, part.name, "") for part in parts]
    triples = [*state_claims(claims, frozenset()), *state_cited_clauses(citations.clauses.values())]
    triples += [triple for year in (2015, 2021) for triple in state_fiscal_year(year)]
    lines += [f"{' '.join(triple)} <https://w3id.org/hyoka/graph/ours> .\n" for triple in triples]
    engine.load("".join(lines), format=ox.RdfFormat.N_QUADS)
    return EmbeddedStore(engine)


def _answer(store: EmbeddedStore, name: str, **values: str) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in run_canned(store, CATALOGUE[name], values).as_text()]


def test_every_spelling_of_a_plan_is_told_by_version_and_year(store: EmbeddedStore) -> None:
    plan, version = "デジタル社会の実現に向けた重点計画", "2021-06-18"
    assert _answer(store, "na06", strategy="digital-priority-plan") == [
        (plan, "", "2021", plan, "version-not-stated", "1"),
        (plan, version, "2021", "デジタル社会の実現に向けた重点計画（令和3年6月18日閣議決定）", "", "1"),
        (plan, version, "2021", "デジタル社会の実現に向けた重点計画（令和３年６月18日閣議決定）", "", "1"),
        (plan, version, "2021", "デジタル社会の形成に関する重点計画（令和3年6月18日閣議決定）", "", "1"),
    ]


def test_a_series_is_asked_as_one_with_its_misprints_and_contradictions(store: EmbeddedStore) -> None:
    told = {(row[1], row[4]): row[3] for row in _answer(store, "na06", strategy="it-nation-declaration") if row[4]}
    assert told == {
        ("", "impossible-pair"): "世界最先端IT国家創造宣言（平成29年5月30日閣議決定）",
        ("2015-06-30", "title-misprint"): "世界最先端IT国家想像宣言（平成27年6月30日閣議決定）Ⅲ－４－（１）",
    }
    assert _answer(store, "na06", strategy="it-nation-data-declaration") == _answer(store, "na06")


def test_pairs_that_cannot_be_are_listed_with_who_prints_them(store: EmbeddedStore) -> None:
    row = (
        "2021", "総務省", "mic-review-sheet-fy2021-9004", "世界最先端IT国家創造宣言",
        "世界最先端IT国家創造宣言（平成29年5月30日閣議決定）",
    )  # fmt: skip
    assert _answer(store, "na07") == [row]
    assert _answer(store, "na07", strategy="it-nation-declaration") == [row]
    assert _answer(store, "na07", strategy="digital-priority-plan") == []
    [unknown] = _answer(store, "na07", flag="unknown-title")
    assert unknown[3:] == ("", "ためしの計画（令和3年6月18日閣議決定）")


def test_a_box_that_prints_a_dash_one_that_is_empty_and_one_nobody_has_are_told_apart(store: EmbeddedStore) -> None:
    assert _answer(store, "na08") == [
        ("2015", "not-in-corpus", "1"),
        ("2017", "cited-in-text", "1"),
        ("2017", "policy-only", "22"),
        ("2018", "declared-none", "1"),
        ("2021", "cited-by-project", "5"),
        ("2021", "declared-none", "1"),
        ("2021", "not-stated", "1"),
        ("2021", "title-unknown", "1"),
        ("2021", "work-only", "2"),
    ]
    assert _answer(store, "na08", fiscal_year="2015") == [("2015", "not-in-corpus", "1")]


def test_a_clause_leads_to_the_money_of_the_sheets_that_name_it(store: EmbeddedStore) -> None:
    clause = "it-nation-declaration/2015-06-30/"
    of_the_clause, of_the_one_around = (
        [row for row in _answer(store, "tr02", clause=f"{clause}{number}") if row[0].startswith("ためし")]
        for number in ("c3", "c2")
    )
    assert of_the_clause == of_the_one_around == [
        ("ためし9005", "総務省", "2021", "executed", "12", "cited-by-project", "mic-review-sheet-fy2021-9005")
    ]  # fmt: skip
    assert [row for row in _answer(store, "tr02", clause=f"{clause}c4") if row[0].startswith("ためし")] == []


def test_a_clause_that_only_citations_know_is_traced_by_its_path(store: EmbeddedStore) -> None:
    root = trace(store, "consumer-basic-plan/2021-06-15/at/c5.n1.p1.o3")
    assert root.label == "第５章→１→（１）→③"
    assert [child.label for child in root.children] == ["ためし9010"]
    around = trace(store, "consumer-basic-plan/2021-06-15/at/c5")
    assert [child.label for child in around.children] == ["ためし9010"]


def test_equal_passages_of_two_versions_share_a_hash(store: EmbeddedStore) -> None:
    """The two passages on サイバーセキュリティ are printed alike (lines 1291 and 1342); a third one is another text."""
    rows = run_maintenance(store, "clauses_with_equal_passages").as_text()
    base = "https://w3id.org/hyoka/id/strategy/"
    assert [(row["clause"].removeprefix(base), row["other"].removeprefix(base)) for row in rows] == [
        ("it-nation-declaration/2015-06-30/c7", "japan-revitalization-strategy/2015-06-30/c6")
    ]
