"""Citations in detail: dates and who decided, brackets that follow, headings of clauses, what separates two titles."""

from __future__ import annotations

import pytest

from hyoka_kg.normalization.citations import (
    Citation,
    MatchText,
    TitleIndex,
    path_key,
    places_at,
    read_citations,
    read_mentions,
    title_key,
)
from hyoka_kg.normalization.citations.dating import find_dates, read_decisions

TITLES = ("経済財政運営と改革の基本方針", "消費者基本計画", "日本再興戦略", "成長戦略")
INDEX = TitleIndex(TITLES)


def only(string: str, index: TitleIndex = INDEX) -> Citation:
    [citation] = read_citations(string, index)
    return citation


def titles(string: str, index: TitleIndex = INDEX) -> list[str]:
    return [citation.title for citation in read_citations(string, index)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2021年度", ["2021"]),
        ("2021年度~2025年度", []),
        ("2040年を展望した", []),
        ("平成31年4月", ["2019-04"]),
    ],
)
def test_a_year_alone_is_a_date_unless_it_is_a_span_or_part_of_a_name(text: str, dates: list[str]) -> None:
    assert [found.date for found in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("大正元年7月29日", ("era_label_before_era_begin",)),
        ("大正元年7月30日", ()),
        ("大正15年12月24日", ()),
        ("昭和64年1月7日", ()),
        ("昭和64年1月8日", ("era_label_after_era_end",)),
        ("平成31年4月", ()),
        ("平成31年5月", ("era_label_after_era_end",)),
        ("平成31年版", ()),
        ("令和元年版", ()),
        ("令和元年4月", ("era_label_before_era_begin",)),
    ],
)
def test_an_era_is_odd_only_where_no_day_of_the_date_lies_in_it(text: str, issues: tuple[str, ...]) -> None:
    assert [found.issues for found in find_dates(text)] == [issues]


def test_one_body_stands_for_all_dates_beside_it() -> None:
    before = read_decisions("環境省、平成26年4月、平成27年5月")
    assert [(one.date, str(one.act), one.body) for one in before] == [
        ("2014-04", "unstated", "環境省"),
        ("2015-05", "unstated", "環境省"),
    ]
    behind = read_decisions("平成25年6月14日、平成28年6月2日閣議決定")
    assert [(one.date, str(one.act), one.body) for one in behind] == [
        ("2013-06-14", "decided", "閣議"),
        ("2016-06-02", "decided", "閣議"),
    ]
    revised = read_decisions("平成25年6月14日、平成28年6月2日改訂")
    assert [str(one.act) for one in revised] == ["unstated", "revised"]


def test_who_decided_may_stand_behind_the_bracket() -> None:
    told = only("成長戦略（平成29年4月）閣議決定").decisions
    assert [(one.date, str(one.act), one.body) for one in told] == [
        ("2017-04", "unstated", ""),
        ("", "decided", "閣議"),
    ]


def test_a_date_and_its_body_may_stand_in_front_of_the_title() -> None:
    citation = only("平成25年６月14日閣議決定：成長戦略")
    assert citation.title == "成長戦略"
    assert [(one.date, one.body) for one in citation.decisions] == [("2013-06-14", "閣議")]


def test_a_bracket_tells_several_editions() -> None:
    assert [str(one) for one in only("成長戦略（第3期・第4期）").editions] == ["ordinal:3", "ordinal:4"]


def test_a_bracket_that_stays_open_is_read_and_flagged() -> None:
    citation = only("成長戦略（第２部")
    assert ([path.printed for path in citation.paths], citation.flags) == (["第２部"], ("bracket_open",))


def test_an_open_bracket_reaches_eighty_characters() -> None:
    assert titles("業務要綱（" + "細" * 76 + "R3.") == ["業務要綱"]
    assert titles("業務要綱（" + "細" * 77 + "R3.") == ["業務要綱（" + "細" * 77 + "R3."]


@pytest.mark.parametrize(
    ("string", "told"),
    [
        ("成長戦略、（第3期）", {"editions": ["ordinal:3"], "span": [0, 10]}),
        ("成長戦略。（P78）", {"pages": [78], "span": [0, 10]}),
        ("成長戦略。（第３章）", {"paths": ["第３章"], "span": [0, 10]}),
    ],
)
def test_a_bracket_behind_a_comma_belongs_to_the_title_before_it(string: str, told: dict[str, object]) -> None:
    assert only(string).as_facts() == {"title": "成長戦略", "name": "成長戦略", **told}


def test_a_bracket_behind_two_titles_belongs_to_the_second() -> None:
    first, second = read_citations("成長戦略、日本再興戦略、（平成30年6月閣議決定）", INDEX)
    assert (first.decisions, [one.date for one in second.decisions]) == ((), ["2018-06"])


@pytest.mark.parametrize(
    ("string", "headings"),
    [
        ("（第５章　重点的な施策の推進５．消費者行政）", [("第５章", "重点的な施策の推進"), ("５", "消費者行政")]),
        ("\n（第５章　重点的な施策\n５．体制の整備）", [("第５章", "重点的な施策"), ("５", "体制の整備")]),
        ("\n（第５章　重点的な施策\n\n５．体制の整備）", [("第５章", "重点的な施策"), ("５", "体制の整備")]),
        ("（第５章　重点的な施策\n体制の整備）", [("第５章", "重点的な施策")]),
    ],
)
def test_headings_stand_between_the_marks_of_a_path(string: str, headings: list[tuple[str, str]]) -> None:
    [path] = only(f"成長戦略{string}").paths
    assert [(marker.printed, marker.heading) for marker in path.markers] == headings


@pytest.mark.parametrize(
    ("string", "paths"),
    [
        ("第２章一．及び１．", ["第２章→一", "第２章→一→１"]),
        ("第２章（１）、１．", ["第２章→（１）", "第２章→１"]),
        ("Ⅰ（１）a", ["Ⅰ→（１）→a"]),
        ("a", []),
    ],
)
def test_a_mark_goes_below_those_of_a_smaller_rank(string: str, paths: list[str]) -> None:
    assert [path.printed for path in places_at(MatchText.of(string), 0).paths] == paths


def test_a_path_has_the_paths_to_its_outer_clauses() -> None:
    [path] = places_at(MatchText.of("Ⅰ（１）②"), 0).paths
    assert [one.printed for one in path.prefixes] == ["Ⅰ", "Ⅰ→（１）", "Ⅰ→（１）→②"]
    assert [path_key(one) for one in ("⑴", "⑵", "⑿")] == ["(N):1", "(N):2", "(N):12"]


@pytest.mark.parametrize(
    ("string", "wanted"),
    [
        ("「文化、芸術に関する方針」", ["文化、芸術に関する方針"]),
        ("「文化方針」、推進要綱", ["文化方針", "推進要綱"]),
        ("推進要綱　等級表", ["推進要綱　等級表"]),
        ("推進要綱　等、成長戦略", ["推進要綱", "成長戦略"]),
        ("１．推進要綱\n２．実施要領", ["推進要綱", "実施要領"]),
    ],
)
def test_where_an_unknown_title_ends(string: str, wanted: list[str]) -> None:
    assert titles(string) == wanted


def test_a_title_that_begins_as_an_edition_does_is_known_whole() -> None:
    alone = only("第３期まち計画（平成30年6月）", TitleIndex(["第3期まち計画"]))
    assert (alone.name, alone.editions) == ("第3期まち計画", ())
    longer = only("第３期まち計画推進大綱", TitleIndex(["第3期まち計画推進大綱", "まち計画"]))
    assert (longer.name, longer.editions) == ("第3期まち計画推進大綱", ())
    edition = only("第３期まち計画", TitleIndex(["まち計画"]))
    assert (edition.name, [str(one) for one in edition.editions]) == ("まち計画", ["ordinal:3"])


def test_titles_are_found_across_a_line_and_told_apart_by_two_characters() -> None:
    assert INDEX.match("成\n長戦略", 0) == ("成長戦略", 5)
    assert [INDEX.may_begin(text, 0) for text in ("成長", "成\n", "成人", "計")] == [True, True, False, False]


MENTIONS = [
    ("第4期消費者基本計画（令和2年3月）に", "第4期消費者基本計画", ["ordinal:4"], ["2020-03"], (0, 18)),
    ("「日本再興戦略」に基づき", "日本再興戦略", [], [], (0, 7)),
    ("日本再興戦略改定2016（平成28年6月）", "日本再興戦略改定2016", ["revision:2016"], ["2016-06"], (0, 21)),
    ("成長戦略（平成30年6月）を", "成長戦略", [], ["2018-06"], (0, 13)),
    ("、成長戦略（平成30年6月）を", "成長戦略", [], ["2018-06"], (1, 14)),
    ("経済財政運営と改革の基本方針を踏まえ", "経済財政運営と改革の基本方針", [], [], (0, 14)),
]


@pytest.mark.parametrize(("text", "title", "editions", "dates", "span"), MENTIONS, ids=[row[0] for row in MENTIONS])
def test_a_mention_is_told_with_its_edition_date_and_place(
    text: str, title: str, editions: list[str], dates: list[str], span: tuple[int, int]
) -> None:
    [citation] = read_mentions(text, INDEX)
    assert (citation.title, [str(one) for one in citation.editions]) == (title, editions)
    assert ([one.date for one in citation.decisions], citation.span) == (dates, span)


@pytest.mark.parametrize(
    "text",
    ["成長戦略を", "「成長戦略に基づき", "成長戦略[平成30年6月]を", "新たな成長戦略（平成30年6月15日閣議決定）"],
)
def test_what_leaves_a_doubt_is_no_mention(text: str) -> None:
    assert read_mentions(text, INDEX) == ()


def test_folding_keeps_what_is_no_numeral_and_no_space() -> None:
    assert MatchText.of("第一二次計画").text == "第一二次計画"
    assert MatchText.of("第十二次\t計画").text == "第12次計画"
    assert title_key("成長\x07戦略") != title_key("成長戦略") == title_key("成長\n戦略")
    folded = MatchText.of("計画")
    assert (folded.slice(1, 1), folded.slice(2, 1), folded.slice(1, 2)) == ((0, 0), (0, 0), (1, 2))
