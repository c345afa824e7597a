"""Targets and actual values: the verdict in words, the direction in words, no text over another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_kg.figures import NothingToDraw, target_actual_figure
from hyoka_kg.figures.series import read_series
from hyoka_kg.store import Rows

RowsOf = Callable[..., Rows]
TextsOf = Callable[[str], list[str]]
TagsOf = Callable[[str], set[str]]
Check = Callable[[str], None]

DOC = ("mic-ex-ante-fy2017-08", "2017-08-31")
ACCESS = [
    [2015, "baseline", "", 401595000, "件", "401,595千件", *DOC],
    [2016, "target", "ge", 441754000, "件", "441,754千件以上", *DOC],
    [2016, "actual", "", 481994000, "件", "481,994千件", *DOC],
    [2017, "target", "ge", 485929000, "件", "485,929千件以上", *DOC],
    [2017, "actual", "", "", "件", "―", *DOC],
    [2018, "goal", "ge", 534521000, "件", "534,521千件以上", *DOC],
]
HOURS = [
    [2014, "baseline", "", 40.1, "時間", "40.1 時間", *DOC],
    [2016, "target", "le", 38, "時間", "38 時間以内", *DOC],
    [2016, "actual", "", 56.9, "時間", "56.9時間", *DOC],
    [2018, "goal", "le", 32, "時間", "32 時間以内", *DOC],
]
TOWNS = [
    [2014, "baseline", "", 550, "団体", "550団体", *DOC],
    [2016, "actual", "", 842, "団体", "842団体", *DOC],
    [2017, "goal", "approx", 1000, "団体", "約1,000団体", *DOC],
]
STATES = [
    [2014, "baseline", "state", "", "", "・ネットワークの安定的な運用を実施。", *DOC],
    [2018, "goal", "state", "", "", "・通信衛星を利用し、\n情報の伝達を行うネットワークの安定的な運用を実施。", *DOC],
]


@pytest.mark.parametrize(
    ("rows", "told", "direction"),
    [
        (ACCESS, "実績 481,994千件（達成）", "単位：件　大きいほどよい"),
        (HOURS, "実績 56.9時間（未達）", "単位：時間　小さいほどよい"),
        (TOWNS, "実績 842団体（目標年度でない）", "単位：団体"),
    ],
)
def test_verdict_and_direction_are_words(
    texts_of: TextsOf,
    series_rows: RowsOf,
    rows: list[list[object]],
    told: str,
    direction: str,
) -> None:
    texts = texts_of(target_actual_figure(series_rows(rows)).svg)
    assert told in texts
    assert direction in texts


@pytest.mark.parametrize(
    ("comparator", "target", "actual", "verdict"),
    [
        ("ge", "5", "5", "met"),
        ("ge", "5", "4.9", "missed"),
        ("le", "5", "5", "met"),
        ("le", "5", "5.1", "missed"),
        ("eq", "5", "5.0", "met"),
        ("rank-at-least", "4", "16", "missed"),
        ("approx", "1000", "999", "undecided"),
        ("state", "", "5", "undecided"),
    ],
)
def test_a_target_is_judged_as_its_comparator_says(comparator: str, target: str, actual: str, verdict: str) -> None:
    base = {"fy": "2016", "unit": "", "document": "d", "issued": "2017-08-31"}
    series = read_series(
        [
            {**base, "role": "target", "comparator": comparator, "value": target, "as_printed": "目標"},
            {**base, "role": "actual", "comparator": "", "value": actual, "as_printed": "実績"},
        ]
    )
    assert series.verdict_of(series.actuals[0]) == verdict


def test_both_calendars_name_the_year(texts_of: TextsOf, series_rows: RowsOf) -> None:
    later = [[2019, "actual", "", 1, "", "1", *DOC], [2020, "actual", "", 2, "", "2", *DOC]]
    texts = texts_of(target_actual_figure(series_rows([*TOWNS, *later])).svg)
    assert {"平成26年度", "2014", "令和元年度", "2019", "令和2年度"} <= set(texts)


def test_the_newest_document_is_drawn_and_the_difference_told(texts_of: TextsOf, series_rows: RowsOf) -> None:
    newer = [2016, "actual", "", 30, "時間", "30時間", "mic-ex-ante-fy2018-08", "2018-08-31"]
    texts = texts_of(target_actual_figure(series_rows([newer, *HOURS])).svg)
    assert "実績 30時間（達成）" in texts
    assert any("文書により異なる" in text for text in texts)


def test_what_is_said_in_words_stands_under_its_year(texts_of: TextsOf, series_rows: RowsOf) -> None:
    texts = "".join(texts_of(target_actual_figure(series_rows(STATES)).svg))
    assert "基準値：・ネットワークの安定的な運用を実施。" in texts
    assert "polyline" not in target_actual_figure(series_rows(STATES)).svg


def test_the_alternative_text_tells_the_values(series_rows: RowsOf) -> None:
    alt = target_actual_figure(series_rows(HOURS), title="電子決裁に要する期間").alt
    assert alt.startswith("電子決裁に要する期間")
    assert "平成28年度 2016：年度目標値：38 時間以内、実績値：56.9時間 (未達)" in alt
    assert "出典：mic-ex-ante-fy2017-08（2017-08-31）" in alt


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("rows", [ACCESS, HOURS, TOWNS, STATES], ids=["access", "hours", "towns", "states"])
def test_no_text_covers_another(
    series_rows: RowsOf, assert_clear: Check, rows: list[list[object]], language: str
) -> None:
    title = "測定指標：" + "電子政府の総合窓口（e-Gov）へのアクセス件数" * 2
    assert_clear(target_actual_figure(series_rows(rows), title=title, language=language).svg)


VALUES = st.tuples(
    st.integers(min_value=2010, max_value=2016),
    st.sampled_from(["baseline", "target", "goal", "actual", "expected"]),
    st.sampled_from(["ge", "le", "approx", "state", ""]),
    st.one_of(st.just(""), st.decimals(min_value=-1000, max_value=10**9, places=2).map(str)),
    st.sampled_from(["5", "約1,000団体", "通信衛星を利用し、情報の伝達を行うネットワークの安定的な運用", ""]),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=14))
def test_no_text_covers_another_whatever_the_values(
    series_rows: RowsOf, assert_clear: Check, values: list[tuple[object, ...]]
) -> None:
    rows = [[fy, role, comparator, value, "件", text, *DOC] for fy, role, comparator, value, text in values]
    assert_clear(target_actual_figure(series_rows(rows)).svg)


def test_what_was_expected_is_drawn_beside_the_actual_value_and_judges_nothing(
    texts_of: TextsOf, series_rows: RowsOf
) -> None:
    activity = [
        [2016, "expected", "", 120, "回", "120", *DOC],
        [2016, "actual", "", 98, "回", "98", *DOC],
        [2017, "expected", "", 150, "回", "150", *DOC],
    ]
    figure = target_actual_figure(series_rows(activity))
    texts = texts_of(figure.svg)
    assert {"見込み 120", "見込み 150", "実績 98"} <= set(texts)
    assert any(text.endswith("□ 当初見込み（目標ではない）") for text in texts)
    assert not any("未達" in text or "目標年度でない" in text for text in texts)
    assert "<polyline" not in figure.svg
    # A target of the year decides, whatever was expected; without an expectation nothing is said of one.
    judged = texts_of(
        target_actual_figure(series_rows([*activity, [2016, "target", "ge", 100, "回", "100", *DOC]])).svg
    )
    assert {"実績 98（未達）", "見込み 120"} <= set(judged)
    assert not any("見込み" in text for text in texts_of(target_actual_figure(series_rows(HOURS)).svg))


def test_markup_in_labels_is_text(tags_of: TagsOf, series_rows: RowsOf) -> None:
    rows = [[2016, "actual", "", 5, "<i>", "<b>5</b>", *DOC]]
    figure = target_actual_figure(series_rows(rows), title="<img src=x onerror=alert(1)>")
    assert not tags_of(figure.svg) & {"img", "b", "i"}


def test_rows_without_a_year_are_refused(series_rows: RowsOf) -> None:
    with pytest.raises(NothingToDraw, match="記載がない"):
        target_actual_figure(series_rows([]))
