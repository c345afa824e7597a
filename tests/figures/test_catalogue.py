"""Every picture: drawn of the sample and of extremes, in both languages, no text over another, markup is text."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_kg.errors import QueryError
from hyoka_kg.figures import PICTURES, Asked, Figure, NothingToDraw, Picture, draw_picture
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import EmbeddedStore, GraphStore, Rows

Check = Callable[[str], None]
TextsOf = Callable[[str], list[str]]
TagsOf = Callable[[str], set[str]]

THINGS = {
    "project": "mic/juki-net-security",
    "policy": "mic/e-government",
    "indicator": "hyk:doc/mic/ex-ante/fy2017/08/indicator/4",
    "measurand": "e-gov-accesses",
    "strategy": "it-nation-declaration",
    "document": "mic-ex-ante-fy2017-08",
    "": "",
}
OWN = {"flow": "mic-review-sheet-fy2018-0036"}
# What each picture must say, of the sample.
TOLD = {
    "trace": ["事業（1）", "11ページ 1287行"],
    "numbers": ["0032-2", "同じ番号を使う別の事業（注意・13件）", "平成29年度", "2017"],
    "budget": ["予算計 5 → 執行 2（40.0％）", "令和元年度", "当初 4"],
    "policy": ["関連する指標の記載なし（12事業）", "測定指標（10）", "電子決裁に要する期間"],
    "targets": ["実績 56.9時間（未達）", "単位：時間　小さいほどよい"],
    "measurand": ["実績 481,994千件（達成）"],
    "versions": ["2013-06-14", "箇所 7・引用する政策 1・引用する事業 0"],
    "coverage": ["Ⅲ→４→（１）→②　個人番号カードの普及・利活用の促進", "平成29年度"],
    "execution": ["25,499 → 61（0.2％）", "725 → 779（107.4％）", "9 → 執行額の記載なし"],
    "treemap": ["9. その他（13事業）　1,635百万円（2.5％）"],
    "flow": ["ブロックの額は1.8百万円（差額 0.8）", "その他（2件）　0.2百万円"],
    "findings": ["BUD-02（注意）", "所見の数（計 510件）：規則ごと・公表年度ごと"],
}
LONG = "自治体情報セキュリティ強化対策事業（平成２７年度）「、」。ー" * 6
TEXTS = st.one_of(
    st.sampled_from(["", "総務省ＬＡＮ整備・運用事業", LONG, "W" * 90, "<b>&\"'</b>", "a b\nc", "0036", "新29-0004"]),
    st.text(alphabet="政策評価（）「」、ーabcWM mw012-/Ⅲ①%<>&\"'→", max_size=40),
)
AMOUNTS = st.one_of(st.just(""), st.decimals(min_value=-1000, max_value=10**13, places=3).map(str), st.just("0"))
YEARS = st.sampled_from(["2010", "2012", "2013", "2016", "2017", "2018", "2019", "2024", ""])
COUNTS = st.sampled_from(["0", "1", "3", "12345"])
OF_COLUMN = {
    "fy": YEARS,
    "version_date": st.sampled_from(["2013-06-14", "2015-06-30", "2020-07-17"]),
    "issued": st.sampled_from(["2017-08-31", "2018-08-31"]),
    "owner": st.sampled_from(["own", "any"]),
    "phase": st.sampled_from(["current", "initial", "executed", "requested", "carried-in", "unheard-of"]),
    "role": st.sampled_from(["baseline", "goal", "target", "actual", "reference", "expected"]),
    "comparator": st.sampled_from(["ge", "le", "eq", "approx", "state", ""]),
    "severity": st.sampled_from(["warning", "info", "violation"]),
    "is_own": st.sampled_from(["own", "series"]),
    "link_kind": st.sampled_from(["stated-by-policy", "cited-in-text", "inferred"]),
    "project_iri": st.sampled_from(["p1", "p2", "p3", "p4"]),
    "block_iri": st.sampled_from(["b1", "b2"]),
    "entry": st.sampled_from(["e1", "e2", "e3", "e4", "e5"]),
    "from_sheet": st.sampled_from(["mic/fy2016/0036", "mic/fy2017/0036"]),
    "sheet": st.sampled_from(["mic/fy2016/0036", "mic/fy2017/0036", "mic/fy2018/新29-0004"]),
    "link_status": st.sampled_from(["accepted", "stated", "refuted"]),
    "to_sheet": st.sampled_from(["mic/fy2017/0036", "mic/fy2018/新29-0004"]),
    "page": st.sampled_from(["1", "11", ""]),
    "line": st.sampled_from(["1", "1395", ""]),
    **dict.fromkeys(["n", "n_clauses", "n_policies", "n_projects"], COUNTS),
    **dict.fromkeys(["amount_mjpy", "unit_mjpy", "total_mjpy", "value"], AMOUNTS),
}


@pytest.fixture(scope="module")
def graph(sample_store: Path) -> GraphStore:
    return EmbeddedStore.open(sample_store)


def drawn(graph: GraphStore, name: str, language: str = "ja") -> Figure:
    return draw_picture(graph, name, OWN.get(name, THINGS[PICTURES[name].of]), language)


def test_every_picture_is_tried() -> None:
    assert set(TOLD) == set(PICTURES)
    assert len(PICTURES) == 12


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_sample_says_what_the_papers_say(graph: GraphStore, texts_of: TextsOf, name: str) -> None:
    figure = drawn(graph, name)
    texts = "\n".join(texts_of(figure.svg))
    assert [words for words in TOLD[name] if words not in texts] == []
    assert figure.alt
    assert figure.table


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PICTURES)
def test_no_text_of_the_sample_covers_another(graph: GraphStore, assert_clear: Check, name: str, language: str) -> None:
    assert_clear(drawn(graph, name, language).svg)


@st.composite
def answers(draw: st.DrawFn, picture: Picture) -> list[Rows]:
    found = []
    for folder, name, _ in picture.queries:
        columns = load_catalogue(folder)[name].columns
        row = st.tuples(*(OF_COLUMN.get(column, TEXTS) for column in columns))
        rows = draw(st.lists(row, max_size=9))
        found.append(Rows(columns, [tuple(ox.Literal(text) if text else None for text in one) for one in rows]))
    return found


@pytest.mark.parametrize("name", PICTURES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_covers_another_whatever_the_rows(
    assert_clear: Check, tags_of: TagsOf, name: str, data: st.DataObject
) -> None:
    picture = PICTURES[name]
    rows = data.draw(answers(picture))
    language = data.draw(st.sampled_from(["ja", "en"]))
    titled = {"title": data.draw(TEXTS)} if picture.is_titled else {}
    try:
        figure = picture.draw(*rows, language=language, **titled)
    except QueryError:
        return
    assert_clear(figure.svg)
    assert not tags_of(figure.svg) & {"b", "i", "script"}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PICTURES)
def test_rows_that_carry_no_picture_are_told_in_words(name: str, language: str) -> None:
    picture = PICTURES[name]
    empty = [Rows(load_catalogue(folder)[query].columns, []) for folder, query, _ in picture.queries]
    with pytest.raises(NothingToDraw) as told:
        picture.draw(*empty, language=language)
    assert str(told.value).isascii() == (language == "en")


def test_an_unknown_picture_or_thing_is_told(graph: GraphStore) -> None:
    with pytest.raises(QueryError, match="Did you mean trace"):
        draw_picture(graph, "trac")
    with pytest.raises(QueryError, match="one project"):
        draw_picture(graph, "trace")
    with pytest.raises(QueryError, match="no-such-project"):
        draw_picture(graph, "trace", "no-such-project")


def test_pictures_of_a_page_ask_what_they_share_once(graph: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    names, told, asked = ("trace", "numbers", "budget"), list[str](), Asked()
    select = EmbeddedStore.select

    def telling(store: EmbeddedStore, query: str) -> Rows:
        told.append(query)
        return select(store, query)

    project = "https://w3id.org/hyoka/id/project/mic/juki-net-security"
    alone = [draw_picture(graph, name, project) for name in names]
    monkeypatch.setattr(EmbeddedStore, "select", telling)
    together = [draw_picture(graph, name, project, "ja", asked) for name in names]
    assert [one.svg for one in together] == [one.svg for one in alone]
    money = load_catalogue("pages")["project_money"].summary
    assert sum(money in query for query in told) == 1
    assert len(told) == len(set(told)) == len(asked)


def test_no_bar_of_the_flow_of_funds_covers_another() -> None:
    columns = load_catalogue("pictures")["flow"].columns
    base = dict.fromkeys(columns, "") | {"block_iri": "b", "block": "A", "document_name": "paper"}
    paid = [
        base | {"payee": f"payee {number}", "amount_mjpy": amount} for number, amount in enumerate(("90", "60", "1"))
    ]
    rows = Rows(columns, [tuple(ox.Literal(one[name]) if one[name] else None for name in columns) for one in paid])
    svg = PICTURES["flow"].draw(rows).svg
    bars = [
        {name: float(value) for name, value in re.findall(r'\b(x|y|height)="([\d.]+)"', tag)}
        for tag in re.findall(r"<rect [^>]*>", svg)
        if "#5d6675" in tag
    ]
    ends = [bar for bar in bars if bar["x"] == max(one["x"] for one in bars)]
    assert len(ends) == 3
    assert all(upper["y"] + upper["height"] < lower["y"] for upper, lower in pairwise(ends))


def test_papers_that_differ_are_both_told(texts_of: TextsOf) -> None:
    columns = load_catalogue("pages")["project_money"].columns
    base = dict.fromkeys(columns, "") | {"fy": "2016", "phase": "executed", "unit_mjpy": "1"}
    told = [
        base | {"amount_mjpy": "61", "document": "paper-a", "issued": "2017-08-31"},
        base | {"amount_mjpy": "63", "document": "paper-b", "issued": "2018-08-31"},
        base | {"phase": "current", "amount_mjpy": "100", "document": "paper-a", "issued": "2017-08-31"},
        base | {"phase": "current", "amount_mjpy": "101", "document": "paper-b", "issued": "2018-08-31"},
    ]
    rows = Rows(columns, [tuple(ox.Literal(one[name]) if one[name] else None for name in columns) for one in told])
    texts = "\n".join(texts_of(PICTURES["budget"].draw(rows).svg))
    assert "文書により異なる　執行：61（paper-a）、63（paper-b）" in texts
    # 100 and 101 differ by no more than the rounding of both.
    assert "予算計：100" not in texts
    assert "予算計 101 → 執行 63（62.4％）" in texts


def test_an_english_picture_names_its_thing_in_english_where_it_has_such_a_name(
    graph: GraphStore, texts_of: TextsOf
) -> None:
    name = "Security measures for the Basic Resident Register Network System"
    for picture in ("trace", "numbers", "budget"):
        figure = drawn(graph, picture, "en")
        assert name in " ".join(texts_of(figure.svg)), picture
        assert "住民基本台帳ネットワークシステムセキュリティ対策経費" not in "".join(texts_of(figure.svg)[:2]), picture
    assert name not in drawn(graph, "trace").alt
