"""Citations are read whole: titles, editions, dates, bodies, clauses and pages, and what is odd is said."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyoka_kg.normalization import parse_value
from hyoka_kg.normalization.citations import (
    MatchText,
    TitleIndex,
    path_key,
    places_at,
    read_citations,
    read_mentions,
    title_key,
)
from hyoka_kg.normalization.eras import ERAS

TITLES = (
    "経済財政運営と改革の基本方針",
    "国家防衛戦略",
    "防衛力整備計画",
    "消費者基本計画",
    "日本再興戦略",
    "成長戦略",
)
INDEX = TitleIndex(TITLES)
READ = [
    ("消費者基本計画（2020（令和２）年３月31日閣議決定）", "消費者基本計画", [], ["2020-03-31"], ["閣議"]),
    ("第４期消費者基本計画（R2.3）", "第４期消費者基本計画", ["ordinal:4"], ["2020-03"], [""]),
    ("「日本再興戦略」改定2014", "日本再興戦略」改定2014", ["revision:2014"], [], []),
    ("経済財政運営と改革の基本方針2020", "経済財政運営と改革の基本方針2020", ["year:2020"], [], []),
    ("平成25年6月：成長戦略", "成長戦略", [], ["2013-06"], [""]),
    ("成長戦略」平成30年６月15日閣議決定", "成長戦略", [], ["2018-06-15"], ["閣議"]),
    ("閣僚会議「成長戦略」（平成30年6月）", "成長戦略", [], ["2018-06"], [""]),
    ("防人育第７号（２７．１０．１）成長戦略について", "成長戦略", [], [], []),
    ("成長戦略概要（令和６年４月９日）", "成長戦略", [], ["2024-04-09"], [""]),
    ("[1]　成長戦略", "成長戦略", [], [], []),
    # A ministry's own document is not the one of that name.
    ("国土交通省成長戦略（平成30年6月）", "国土交通省成長戦略", [], ["2018-06"], [""]),
    ("委員の選任について（昭37.8.23発社285）", "委員の選任について", [], ["1962-08-23"], ["発社285"]),
    ("推進要綱\n（平成二十一年三月三十一日通知）", "推進要綱", [], ["2009-03-31"], [""]),
]


@pytest.mark.parametrize(("string", "title", "editions", "dates", "bodies"), READ, ids=[row[0] for row in READ])
def test_a_citation_is_read_whole(
    string: str, title: str, editions: list[str], dates: list[str], bodies: list[str]
) -> None:
    [citation] = read_citations(string, INDEX)
    assert citation.title == title
    assert [str(edition) for edition in citation.editions] == editions
    assert [decision.date for decision in citation.decisions] == dates
    assert [decision.body for decision in citation.decisions] == bodies


@pytest.mark.parametrize(
    ("string", "titles"),
    [
        ("国家防衛戦略、防衛力整備計画（令和４年１２月１６日閣議決定）", ["国家防衛戦略", "防衛力整備計画"]),
        ("国家防衛戦略防衛力整備計画", ["国家防衛戦略", "防衛力整備計画"]),
        ("・成長戦略（令和3年6月18日閣議決定）・消費者基本計画", ["成長戦略", "消費者基本計画"]),
        ("①成長戦略\n②消費者基本計画　等", ["成長戦略", "消費者基本計画"]),
        ("消費者基本計画及び成長戦略", ["消費者基本計画", "成長戦略"]),
        ("第３次消費者基本計画　　第４次消費者基本計画", ["第３次消費者基本計画", "第４次消費者基本計画"]),
        ("成長戦略2018　消費者基本計画", ["成長戦略2018", "消費者基本計画"]),
        ("成長戦略会議の報告", ["成長戦略会議の報告"]),
        ("【施設】", []),
        ("（令和6年1月30日）", []),
    ],
)
def test_several_citations_are_told_apart_whatever_joins_them(string: str, titles: list[str]) -> None:
    assert [citation.title for citation in read_citations(string, INDEX)] == titles


@pytest.mark.parametrize(
    ("string", "paths"),
    [
        ("第３章→５→（３）→⑤", ["第３章→５→（３）→⑤"]),
        ("Ⅱ－１－(4)", ["Ⅱ→１→(4)"]),
        ("[重点項目３]", ["[重点項目３]"]),
        ("別紙２-５", ["別紙２-５"]),
        ("第５章１．（２）⑧、３．（３）", ["第５章→１→（２）→⑧", "第５章→３→（３）"]),
        ("第3部第6 2(11)イ", ["第3部→第6→2→(11)→イ"]),
        ("第３の１の（４）の②のイ", ["第３→１→（４）→②→イ"]),
        ("Ⅰ（１）②アイ、③エ", ["Ⅰ→（１）→②→ア", "Ⅰ→（１）→②→イ", "Ⅰ→（１）→③→エ"]),
        ("第３章アイヌの文化", ["第３章"]),
    ],
)
def test_a_path_to_a_clause_is_read(string: str, paths: list[str]) -> None:
    assert [path.printed for path in places_at(MatchText.of(string), 0).paths] == paths


def test_a_page_is_read() -> None:
    [citation] = read_citations("消費者基本計画（令和２年３月31日閣議決定）　P78", INDEX)
    assert citation.pages == (78,)
    assert [place.printed for place in citation.places] == ["P78"]


@pytest.mark.parametrize(
    ("string", "paths"),
    [
        ("消費者基本計画　Ⅳ　２　（１）　エ：国際テロ対策", ["Ⅳ→２→（１）→エ"]),
        ("消費者基本計画第３の１の（４）", ["第３→１→（４）"]),
        ("消費者基本計画（第３期）", []),
    ],
)
def test_a_path_follows_a_title_without_a_mark(string: str, paths: list[str]) -> None:
    [citation] = read_citations(string, INDEX)
    assert [path.printed for path in citation.paths] == paths


def test_half_width_letters_with_their_voicing_are_one() -> None:
    assert title_key("科学技術ｲﾉﾍﾞｰｼｮﾝ総合戦略ﾌﾟﾗﾝ") == title_key("科学技術イノベーション総合戦略プラン")
    folded = MatchText.of("ｸﾞﾗﾝﾄﾞ計画")
    assert (folded.text, folded.printed(0, 3)) == ("グランド計画", "ｸﾞﾗﾝ")


def test_two_ways_of_printing_a_path_have_one_key() -> None:
    assert path_key("II→[重点項目３]→(３)") == path_key("Ⅱ→[重点項目3]→（3）")
    assert path_key("II→[重点項目３]→(３)") != path_key("Ⅱ→[重点項目3]→（4）")
    assert path_key("はじめに") == ""


@pytest.mark.parametrize(
    ("string", "flag"),
    [
        ("水産基本計画（令和４年度３月25日閣議決定）", "fiscal_year_in_date"),
        ("重点計画（令和6年6月21日閣議議定）", "decision_misprint"),
        ("基本計画（令和3年2月30日閣議決定）", "no_such_day"),
        ("中間貯蔵施設等に係る対応について（平成26年8月8日", "bracket_open"),
        ("基本計画（平成31年6月21日閣議決定）", "era_label_after_era_end"),
    ],
)
def test_what_is_odd_is_flagged(string: str, flag: str) -> None:
    [citation] = read_citations(string)
    assert flag in citation.flags
    assert read_citations("水産基本計画（令和４年３月25日閣議決定）")[0].flags == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("「日本再興戦略」に基づき実施する。", ["日本再興戦略"]),
        ("経済財政運営と改革の基本方針2018を踏まえて", ["経済財政運営と改革の基本方針2018"]),
        ("新たな消費者基本計画の策定に向けて", []),
        ("県の消費者基本計画を支援する。", []),
        ("我が国の成長戦略として", []),
        ("成長戦略（令和元年６月閣議決定）に", ["成長戦略"]),
        ("市消費者基本計画推進事業", []),
    ],
)
def test_a_mention_counts_only_where_the_words_leave_no_doubt(text: str, found: list[str]) -> None:
    assert [citation.title for citation in read_mentions(text, INDEX)] == found


@settings(deadline=None)
@given(st.dates(date(1989, 1, 8), date(2099, 12, 31)), st.sampled_from(["閣議決定", "", "総合政策会議決定"]), st.data())
def test_title_date_and_span_survive_any_printing(day: date, act: str, data: st.DataObject) -> None:
    era = next(era for era in ERAS if era.begin <= day <= era.end)
    title = data.draw(st.sampled_from(TITLES))
    brackets = data.draw(st.sampled_from([("（", "）"), ("(", ")")]))
    quotes = data.draw(st.sampled_from([("", ""), ("「", "」"), ("・「", "」")]))
    gap = data.draw(st.sampled_from(["", " ", "\u3000", "\n"]))
    printed = f"{era.name}{day.year - era.begin.year + 1}年{day.month}月{day.day}日{act}"
    wide = data.draw(st.booleans())
    printed = printed.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else printed
    string = f"{quotes[0]}{title}{quotes[1]}{gap}{brackets[0]}{printed}{brackets[1]}"
    [citation] = read_citations(string, INDEX)
    assert (citation.title, citation.decisions[0].date) == (title, day.isoformat())
    start, end = citation.span
    assert title in string[start:end]
    assert string[start:end].endswith(brackets[1])


near_grammar = st.text("0123456789（）()「」、・。第次期章年月日令和平成計画戦略改訂版閣議決定等及びⅠ①PpR.〜～-\n 　等")


@settings(deadline=None)
@given(st.text() | near_grammar)
def test_no_text_raises_and_spans_are_in_order(text: str) -> None:
    for found in (read_citations(text, INDEX), read_mentions(text, INDEX)):
        spans = [citation.span for citation in found]
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        assert spans == sorted(spans)


@pytest.mark.parametrize(
    "piece", ["「", "(", "成長戦略", "成長戦略・", "第１章", "1 ", "令和3年6月18日", "(令和", "計「", "Ⅰ", "～"]
)
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begun = time.process_time()
        read_citations(text, INDEX)
        read_mentions(text, INDEX)
        return time.process_time() - begun

    # Four times the text may take some ten times as long on a busy machine; a quadratic reader takes sixteen.
    assert seconds(24_000) < 12 * max(seconds(6_000), 0.02)


def test_the_door_reads_a_citation_and_says_what_is_none() -> None:
    parsed = parse_value("citation", "成長戦略（令和3年6月18日閣議決定）")
    assert parsed["citations"][0]["title"] == "成長戦略"
    assert parse_value("citation", "－") == {"unparsed": "－", "reason": "no title of a document"}
