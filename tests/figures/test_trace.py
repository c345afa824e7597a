"""The trace of a project: everything is there, with its receipt, and nothing covers anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_kg.errors import QueryError
from hyoka_kg.figures import NothingToDraw, trace_figure
from hyoka_kg.store import Rows

RowsOf = Callable[..., Rows]
TextsOf = Callable[[str], list[str]]
TagsOf = Callable[[str], set[str]]
Check = Callable[[str], None]

P, POLICY, DOC = "住基ネットセキュリティ対策経費", "電子政府・電子自治体の推進", "mic-ex-ante-fy2017-08"
IT, GROWTH = "世界最先端IT国家創造宣言", "日本再興戦略2016"
BY_POLICY, IN_TEXT = "stated-by-policy", "cited-in-text"


def _clause(path: str, quote: str, line: int, date: str = "2015-06-30") -> list[object]:
    return [P, BY_POLICY, POLICY, "", "", IT, date, path, DOC, quote, 11, line]


ROWS: list[list[object]] = [
    _clause("Ⅲ", "Ⅲ．目指すべき社会・姿を実現するための取組", 1380),
    _clause("Ⅲ→４", "４．IT を利活用した公共サービスがワンストップで受けられる社会", 1384),
    _clause("Ⅲ→４→（３）", "（３）国・地方を通じた行政情報システムの改革", 1395),
    _clause("Ⅳ", "Ⅳ．利活用の裾野拡大を推進するための基盤の強化", 1401),
    _clause("Ⅲ", "Ⅲ．目指すべき社会・姿を実現するための取組", 1370, "2014-06-24"),
    [P, IN_TEXT, POLICY, "", "", GROWTH, "2016-06-02", "", DOC, GROWTH, 7, 978],
]
RELATED: list[list[object]] = [
    [P, "related-indicator", POLICY, "電子政府の推進を図ること", "電子決裁に要する期間", "", "", "", DOC, "1,4", 6, 912]
]


def _joined(texts_of: TextsOf, svg: str) -> str:
    return "\n".join(texts_of(svg))


def test_the_headings_count_what_is_drawn(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    texts = _joined(texts_of, trace_figure(trace_rows(ROWS)).svg)
    assert "事業（1）" in texts
    assert "政策（1）" in texts
    assert "戦略の版（3）" in texts
    assert "引用された箇所（3）" in texts


def test_only_the_lowest_clauses_of_a_version_are_drawn(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    figure = trace_figure(trace_rows(ROWS))
    texts = _joined(texts_of, figure.svg)
    assert "（３）国・地方を通じた行政情報システムの改革" in texts
    assert "４．IT を利活用した公共サービス" not in texts
    assert len(figure.table) == len(ROWS)


def test_each_clause_and_the_whole_carry_their_receipts(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    figure = trace_figure(trace_rows(ROWS))
    assert "Ⅲ→４→（３）　11ページ 1395行" in _joined(texts_of, figure.svg)
    assert f"出典：{DOC} 7ページ 978行、11ページ 1370–1401行" in _joined(texts_of, figure.svg)
    assert f"出典：{DOC}" in figure.alt


def test_a_document_without_pages_is_named_alone(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    table = "mic-review-sheet-fy2021-20-0032"
    rows = [*ROWS, [P, IN_TEXT, POLICY, "", "", GROWTH, "2016-06-02", "", table, GROWTH, "", ""]]
    receipt = next(text for text in texts_of(trace_figure(trace_rows(rows)).svg) if text.startswith("出典"))
    assert receipt == f"出典：{DOC} 7ページ 978行、11ページ 1370–1401行、{table}"


def test_the_kind_of_each_link_is_told_in_words(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    texts = _joined(texts_of, trace_figure(trace_rows(ROWS)).svg)
    assert "2015-06-30 政策として引用" in texts
    assert "2016-06-02 事業の本文で引用" in texts


def test_what_the_project_itself_cites_needs_no_policy(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    own = [
        P,
        "cited-by-project",
        "",
        "",
        "",
        "健康・医療戦略",
        "2020-03-27",
        "",
        "mhlw-review-sheet",
        "健康・医療戦略",
        "",
        "",
    ]
    texts = _joined(texts_of, trace_figure(trace_rows([own])).svg)
    assert "政策（0）" in texts
    assert "戦略の版（1）" in texts
    assert "2020-03-27 事業の「関係する計画、" in texts.replace("\n", "")


def test_absent_indicators_are_told(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    without = trace_figure(trace_rows(ROWS)).svg
    related = trace_figure(trace_rows([*ROWS, *RELATED])).svg
    assert "関連する指標の記載なし" in without
    assert "関連する指標の記載なし" not in related
    assert "施策目標（1）" in _joined(texts_of, related)
    assert "電子決裁に要する期間" in related


def test_english_words_around_japanese_paper(texts_of: TextsOf, trace_rows: RowsOf) -> None:
    figure = trace_figure(trace_rows(ROWS), language="en")
    assert "Cited clause (3)" in _joined(texts_of, figure.svg)
    assert "page 11, line 1395" in _joined(texts_of, figure.svg)
    assert figure.alt.startswith("Project “住基")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_covers_another(trace_rows: RowsOf, assert_clear: Check, language: str) -> None:
    assert_clear(trace_figure(trace_rows([*ROWS, *RELATED]), language=language).svg)


NAMES = st.text(alphabet="政策評価（）「」、ーabcWM mw012-/Ⅲ①%<>&\"'", min_size=1, max_size=120).filter(str.strip)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, NAMES, NAMES, NAMES, st.sampled_from([BY_POLICY, IN_TEXT])), min_size=1, max_size=8))
def test_no_text_covers_another_whatever_the_names(
    trace_rows: RowsOf, assert_clear: Check, names: list[tuple[str, ...]]
) -> None:
    rows = [
        [P, kind, policy, objective, objective, strategy, "2015-06-30", clause, DOC, clause, 1, 1]
        for policy, objective, strategy, clause, kind in names
    ]
    assert_clear(trace_figure(trace_rows(rows)).svg)


def test_markup_in_names_is_text(tags_of: TagsOf, texts_of: TextsOf, trace_rows: RowsOf) -> None:
    rows = [[name if name != P else "<script>alert(1)</script>&\"'\x00" for name in row] for row in ROWS]
    figure = trace_figure(trace_rows(rows))
    assert tags_of(figure.svg) == {"svg", "title", "desc", "rect", "text", "g", "path"}
    assert "<script>alert(1)</script>" in _joined(texts_of, figure.svg).replace("\n", "")


def test_rows_of_many_projects_are_refused(trace_rows: RowsOf) -> None:
    other = ["別の事業", *ROWS[0][1:]]
    with pytest.raises(QueryError, match="one project"):
        trace_figure(trace_rows([*ROWS, other]))


@pytest.mark.parametrize(("language", "told"), [("ja", "記載がない"), ("en", "No paper states a link")])
def test_a_project_without_links_is_told_in_words(trace_rows: RowsOf, language: str, told: str) -> None:
    with pytest.raises(NothingToDraw, match=told):
        trace_figure(trace_rows([]), language=language)
