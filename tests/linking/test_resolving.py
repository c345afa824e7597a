"""What a citation means is told by its date, its edition, or the title beside it; a doubt stays open."""

from __future__ import annotations

from typing import Any

import pytest

from hyoka_kg.linking.citations import Flag, Method, StrategyIndex, resolve_text
from hyoka_kg.linking.citations.clauses import find_clause
from hyoka_kg.linking.citations.resolving import Resolved
from hyoka_kg.linking.citations.sheets import SheetCitations
from hyoka_kg.model import Node, SheetKey, SheetPart
from hyoka_kg.normalization.citations import MatchText, places_at

# Works by name: the days of their versions, with what numbers each.
WORKS = {
    "まち計画": {"2015-06-30": "revision:2015", "2018-06-15": "year:2018"},
    "村計画": {"2015-06-30": "", "2018-06-15": ""},
    "川計画": {"2013-02-01": "ordinal:1", "2018-02-01": ""},
    "海計画": {"2018-06-15": ""},
}


def index_of(**more: list[dict[str, str]]) -> StrategyIndex:
    registry: dict[str, Any] = {
        "strategies": [{"strategy_id": name, "name_ja": name, "editions": "series"} for name in WORKS],
        "strategy_versions": [
            {"strategy_id": name, "version_id": f"{name}/{day}", "version_date": day, "edition": edition}
            for name, days in WORKS.items()
            for day, edition in days.items()
        ],
        "strategy_names": [],
        "strategy_succession": [],
        "clauses": [],
    }
    return StrategyIndex.of(registry | more)


@pytest.fixture(scope="module")
def index() -> StrategyIndex:
    clauses = [
        {"version_id": "海計画/2018-06-15", "path": "Ⅰ", "clause_id": "海計画/2018-06-15/c1"},
        {"version_id": "海計画/2018-06-15", "path": "Ⅰ→（１）", "clause_id": "海計画/2018-06-15/c2"},
    ]
    return index_of(clauses=clauses)


def days(one: Resolved) -> list[str]:
    return [version.rpartition("/")[2] for version in one.versions]


@pytest.mark.parametrize(
    ("string", "found", "told"),
    [
        ("まち計画2015（平成27年6月30日決定）", ["2015-06-30"], Method.DATE),
        ("まち計画2016（平成27年6月30日決定）", [], Flag.IMPOSSIBLE_PAIR),
        ("第3次川計画", [], Flag.EDITION_UNKNOWN),
        ("第1次川計画", ["2013-02-01"], Method.EDITION),
        ("村計画2015", ["2015-06-30"], Method.EDITION),
        ("村計画2016", [], Flag.EDITION_UNKNOWN),
        ("川計画（平成29年度策定）", ["2018-02-01"], Method.DATE),
        ("川計画（平成28年度策定）", [], Flag.DATE_UNKNOWN),
        ("川計画（平成30年度策定）", [], Flag.DATE_UNKNOWN),
        ("村計画", [], Flag.VERSION_NOT_STATED),
    ],
)
def test_a_version_is_told_or_the_reason_why_not(
    string: str, found: list[str], told: Method | Flag, index: StrategyIndex
) -> None:
    [one] = resolve_text(string, index)
    assert days(one) == found
    assert told in {one.method, *one.flags}


def test_a_title_shares_the_date_of_the_next_one_in_the_row(index: StrategyIndex) -> None:
    first, second, third = resolve_text("まち計画、村計画（平成30年6月15日決定）、川計画（平成25年2月1日決定）", index)
    assert (days(first), first.method, first.flags) == (["2018-06-15"], Method.SHARED_DATE, ())
    assert (days(second), second.method) == (["2018-06-15"], Method.DATE)
    assert days(third) == ["2013-02-01"]


@pytest.mark.parametrize(
    ("string", "method"),
    [
        ("村計画、・・・海計画（平成30年6月15日決定）", Method.SHARED_DATE),
        ("村計画、・・・・海計画（平成30年6月15日決定）", Method.NAME),
        ("村計画、海計画（平成30年6月）", Method.NAME),
        ("村計画、海計画（令和元年6月15日決定）", Method.NAME),
        ("村計画2015、海計画（平成30年6月15日決定）", Method.EDITION),
    ],
)
def test_a_date_is_shared_only_nearby_to_the_day_and_with_what_has_none(
    string: str, method: Method, index: StrategyIndex
) -> None:
    assert resolve_text(string, index)[0].method == method


def test_what_a_citation_means_is_a_key_with_its_paths(index: StrategyIndex) -> None:
    [one] = resolve_text("海計画（平成30年6月15日決定）第２章", index)
    assert {one: 1}[one] == 1
    assert [path.printed for path in one.paths] == ["第２章"]


def test_clauses_that_no_excerpt_prints_are_made_below_the_one_it_does(index: StrategyIndex) -> None:
    version = "海計画/2018-06-15"
    [path] = places_at(MatchText.of("Ⅰ→（１）→②→ア"), 0).paths
    clause, made = find_clause(version, path, index)
    assert clause == made[-1].clause_id != made[0].clause_id
    assert [(one.parent, one.marker, one.depth) for one in made] == [
        (f"{version}/c2", "②", 3),
        (made[0].clause_id, "ア", 4),
    ]
    [known] = places_at(MatchText.of("Ⅰ→（１）"), 0).paths
    assert find_clause(version, known, index) == (f"{version}/c2", ())


def part(*nodes: Node) -> SheetPart:
    return SheetPart(SheetKey("mic", 2021, "0001"), "", "0001", "", list(nodes))


def citation(printed: str, path: str = "entry/1/citation/1") -> Node:
    values = (("as_printed", printed), ("sequence", "1"), ("citation_kind", "related-plan"))
    return Node("citation", path, "entry/1", "file#row=1", values)


def test_each_citation_of_a_box_is_a_node_with_its_place_work_version_and_clause(index: StrategyIndex) -> None:
    sheets = SheetCitations(index)
    budget = Node("budget", "entry/1/budget/1", "entry/1", "file#row=2", ())
    linked = sheets.link(part(citation("村計画、海計画（平成30年6月15日決定）Ⅰ（２）"), budget)).nodes
    assert [node.path for node in linked] == ["entry/1/citation/1-1", "entry/1/citation/1-2", "entry/1/budget/1"]
    assert linked[2] == budget
    second = dict(linked[1].values)
    assert (second["work"], second["version"], second["cited_path"]) == ("海計画", "海計画/2018-06-15", "Ⅰ→（２）")
    assert second["as_printed"].startswith("海計画（")
    assert linked[1].place == "file#row=1&char=4,25"
    assert list(sheets.clauses) == [second["clause"]]
    assert sheets.clauses[second["clause"]].parent == "海計画/2018-06-15/c1"
    assert sheets.counts["strings"] == 1
    assert sheets.counts["related-plan: versions"] == sheets.counts["related-plan: clauses"] + 1 == 2


@pytest.mark.parametrize(
    ("printed", "path", "wanted"),
    [
        ("－", "entry/1/citation/1", ("entry/1/cell/related-plans", "dash")),
        ("（令和6年）", "entry/1/citation/2", ("entry/1/cell/related-plans-2", None)),
    ],
)
def test_a_line_that_names_nothing_stays_a_text_and_a_dash_declares_it(
    printed: str, path: str, wanted: tuple[str, str | None], index: StrategyIndex
) -> None:
    sheets = SheetCitations(index)
    [node] = sheets.link(part(citation(printed, path))).nodes
    values = dict(node.values)
    assert (node.kind, values["as_printed"], values["box"]) == ("text", printed, "related-plans")
    assert (node.path, values.get("status")) == wanted
    assert sheets.counts["strings without a citation"] == 1


def test_prose_keeps_its_text_and_gains_what_it_mentions(index: StrategyIndex) -> None:
    def text(box: str) -> Node:
        values = (("box", box), ("as_printed", "「海計画」に基づき"))
        return Node("text", f"entry/1/cell/{box}", "entry/1", "file", values)

    purpose, bureau = text("purpose"), text("bureau")
    kept, mentioned, other = SheetCitations(index).link(part(purpose, bureau)).nodes
    assert (kept, other) == (purpose, bureau)
    assert (mentioned.kind, mentioned.path) == ("citation", "entry/1/citation/purpose")
    assert dict(mentioned.values)["work"] == "海計画"
    assert mentioned.place == "file#char=0,4"
