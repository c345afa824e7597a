"""The registry of strategies is coherent, and the transcribed papers cite what the reader would find."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from hyoka_kg.linking.citations import Flag, Method, StrategyIndex, resolve_text
from hyoka_kg.model import Registry
from hyoka_kg.sources.transcription import read_documents

IMPOSSIBLE = [
    "世界最先端IT国家創造宣言（平成29年5月30日閣議決定）",
    "経済財政運営と改革の基本方針2024（令和５年６月21日閣議決定）",
    "未来投資戦略2017(平成30年2月6日閣議決定）",
    "成長戦略2018（令和元年６月21日閣議決定）",
    "第6期科学技術基本計画（令和3年3月26日閣議決定）",
]


def test_the_registry_is_as_large_as_it_should_be(registry: Registry) -> None:
    assert len(registry["strategies"]) >= 1000
    assert len(registry["strategy_versions"]) >= 1000
    assert len([row for row in registry["strategies"] if not row["strategy_id"].startswith("plan-")]) == 282


def test_a_misprint_is_no_work_of_its_own(strategies: StrategyIndex) -> None:
    """Numbers of works that turned out to be misprints of others are withdrawn, and not issued again."""
    withdrawn = {"plan-0756", "plan-0757", "plan-0784", "plan-0649", "plan-0576", "plan-0758"}
    assert withdrawn & {use.strategy_id for uses in strategies.names.values() for use in uses} == set()
    [one] = resolve_text("経済財政運営と改革の基礎方針2018（平成30年6月15日閣議決定）", strategies)
    assert one.versions == ("basic-policy-economic-fiscal-management/2018-06-15",)
    assert one.flags == (Flag.TITLE_MISPRINT,)


def test_a_year_in_brackets_is_not_the_day_behind_it(strategies: StrategyIndex) -> None:
    title = "食品健康影響評価技術研究及び食品安全確保総合調査の優先実施課題"
    [one] = resolve_text(f"{title}（平成31年度）（平成30年９月４日食品安全委員会決定）", strategies)
    assert [version.rpartition("/")[2] for version in one.versions] == ["2018-09-04"]
    [alone] = resolve_text("水産基本計画（平成29年）", strategies)
    assert alone.versions == ("fisheries-basic-plan/2017-04-28",)


def test_every_version_says_its_evidence_and_is_a_day(registry: Registry) -> None:
    for row in registry["strategy_versions"]:
        date.fromisoformat(row["version_date"])
        assert row["version_id"].endswith(row["version_date"])
        assert row["evidence"], row["version_id"]
        assert row["adopted"] <= row["version_date"]


def test_no_name_stands_for_two_works(strategies: StrategyIndex) -> None:
    shared = {key: uses for key, uses in strategies.names.items() if len(uses) > 1}
    assert shared == {}


def test_a_work_of_one_version_has_one(registry: Registry, strategies: StrategyIndex) -> None:
    assert len(strategies.only) >= 70
    assert all(len(strategies.versions[work]) == 1 for work in strategies.only)


def test_ids_are_slugs_or_numbers(registry: Registry) -> None:
    for row in registry["strategies"]:
        assert re.fullmatch(r"plan-[0-9]{4}|[a-z0-9]+(?:-[a-z0-9]+)+", row["strategy_id"])
        assert row["name_en"] or row["strategy_id"].startswith("plan-")


def test_the_series_of_the_declaration_is_four_works_in_a_row(registry: Registry) -> None:
    chain = {row["predecessor"]: (row["successor"], row["relation"]) for row in registry["strategy_succession"]}
    assert chain["it-nation-declaration"] == ("it-nation-data-declaration", "merged")
    assert chain["it-nation-data-declaration"] == ("digital-nation-declaration", "renamed")
    assert chain["digital-nation-declaration"] == ("digital-priority-plan", "replaced")


def test_a_revision_and_a_title_with_its_year_are_different_works(strategies: StrategyIndex) -> None:
    [revised] = resolve_text("「日本再興戦略」改訂2015", strategies)
    [titled] = resolve_text("日本再興戦略2016", strategies)
    assert (revised.strategy_id, titled.strategy_id) == (
        "japan-revitalization-strategy",
        "japan-revitalization-strategy-2016",
    )
    assert revised.versions == ("japan-revitalization-strategy/2015-06-30",)


@pytest.mark.parametrize("string", IMPOSSIBLE)
def test_an_impossible_pair_is_flagged_and_left_open(string: str, strategies: StrategyIndex) -> None:
    [one] = resolve_text(string, strategies)
    assert (bool(one.strategy_id), one.versions, one.flags) == (True, (), (Flag.IMPOSSIBLE_PAIR,))


@pytest.mark.parametrize(
    ("string", "version", "method"),
    [
        ("骨太の方針2019", "basic-policy-economic-fiscal-management/2019-06-21", Method.EDITION),
        ("第6次エネルギー基本計画", "strategic-energy-plan/2021-10-22", Method.EDITION),
        ("エネルギー基本計画（平成30年7月）", "strategic-energy-plan/2018-07-03", Method.DATE),
        ("消費者基本計画（R2.3.31閣議決定、R3.6.15改定）", "consumer-basic-plan/2021-06-15", Method.DATE),
        ("明日の日本を支える観光ビジョン", "tourism-vision/2016-03-30", Method.ONLY_VERSION),
        ("世界最先端ＩＴ国家想像宣言（平成25年6月14日閣議決定）", "it-nation-declaration/2013-06-14", Method.DATE),
    ],
)
def test_a_version_is_found_by_what_is_printed(
    string: str, version: str, method: Method, strategies: StrategyIndex
) -> None:
    [one] = resolve_text(string, strategies)
    assert (one.versions, one.method) == ((version,), method)
    assert (Flag.TITLE_MISPRINT in one.flags) == ("想像" in string)


@pytest.mark.parametrize(
    "string", ["エネルギー基本計画", "農林水産省エネルギー基本計画", "地球温暖化対策計画（令和9年1月1日）"]
)
def test_no_version_is_better_than_a_wrong_one(string: str, strategies: StrategyIndex) -> None:
    [one] = resolve_text(string, strategies)
    assert one.versions == ()
    assert one.flags


def test_the_curated_citations_of_the_papers_are_what_the_reader_finds(root: Path, strategies: StrategyIndex) -> None:
    told: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for document in read_documents(root / "data" / "documents"):
        for cell in document.cells:
            if re.fullmatch(r"(?:.*/)?citation/[0-9]+", cell.subject) and cell.field in {"title", "dates", "version"}:
                told[document.head.id, cell.subject][cell.field] = cell.value if cell.field == "version" else cell.text
    dated = {subject: cells for subject, cells in told.items() if cells.get("dates") and cells.get("version")}
    assert len(dated) >= 11
    for subject, cells in dated.items():
        [one] = resolve_text(f"{cells['title']}（{cells['dates']}）", strategies)
        assert one.versions in {(cells["version"],), ()}, subject
    found = [
        cells
        for cells in dated.values()
        if resolve_text(f"{cells['title']}（{cells['dates']}）", strategies)[0].versions
    ]
    assert len(found) >= 10
