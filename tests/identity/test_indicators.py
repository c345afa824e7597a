"""Indicators of a project are one over the years by wording, unit and values; where two could be it, none is."""

from __future__ import annotations

from hyoka_kg.linking.identity.digests import IndicatorDigest, SheetDigest
from hyoka_kg.linking.identity.indicators import match_indicators
from hyoka_kg.model import SheetKey

VALUES = (("actual", 2016, "2.99"), ("actual", 2017, "2.98"), ("target", 2017, "3"))


def _indicator(
    path: str, form: str, values: tuple[tuple[str, int, str], ...] = VALUES, unit: str = "点", kind: str = "outcome"
) -> IndicatorDigest:
    return IndicatorDigest(path, kind, form, unit, values)


def _matched(earlier: list[IndicatorDigest], later: list[IndicatorDigest]) -> list[tuple[str, str, str]]:
    sheets = [
        SheetDigest(SheetKey("mic", 2018 + n, "1"), indicators=tuple(each)) for n, each in enumerate((earlier, later))
    ]
    return [(link.earlier[1], link.later[1], link.evidence) for link in match_indicators(*sheets)]


def test_equal_wording_and_unit() -> None:
    assert _matched([_indicator("a", "自己点検の平均点")], [_indicator("b", "自己点検の平均点", ())]) == [
        ("a", "b", "equal-wording")
    ]


def test_another_unit_or_kind_is_another_thing() -> None:
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "平均点", unit="人")]) == []
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "平均点", kind="output")]) == []


def test_drifting_words_need_an_equal_value() -> None:
    drifted = "セキュリティ自己点検の結果の平均点"
    assert _matched([_indicator("a", "自己点検の結果の平均点")], [_indicator("b", drifted)]) == [
        ("a", "b", "similar-wording-and-values")
    ]
    assert (
        _matched([_indicator("a", "自己点検の結果の平均点")], [_indicator("b", drifted, (("actual", 2017, "9"),))])
        == []
    )


def test_new_words_need_several_equal_values() -> None:
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "職員の理解度")]) == [("a", "b", "equal-values")]
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "職員の理解度", VALUES[:1])]) == []
    zeros = (("actual", 2016, "0"), ("actual", 2017, "0"))
    assert _matched([_indicator("a", "平均点", zeros)], [_indicator("b", "職員の理解度", zeros)]) == []


def test_two_candidates_tie_and_none_is_taken() -> None:
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "平均点"), _indicator("c", "平均点")]) == []


def test_equal_words_with_other_values_all_along_are_another_count() -> None:
    """707 people at all seminars of a year, 117 at each; one restated value among equal ones is no matter."""
    counts = (("actual", 2016, "707"), ("actual", 2017, "580"), ("target", 2017, "800"))
    other = (("actual", 2016, "117"), ("actual", 2017, "102"), ("target", 2017, "150"))
    assert _matched([_indicator("a", "参加者数", counts)], [_indicator("b", "参加者数", other)]) == []
    restated = (("actual", 2016, "707"), ("actual", 2017, "102"), ("target", 2017, "150"))
    assert _matched([_indicator("a", "参加者数", counts)], [_indicator("b", "参加者数", restated)]) == [
        ("a", "b", "equal-wording")
    ]


def test_as_many_values_may_differ_as_are_equal_where_words_are_alike() -> None:
    earlier, later = "自己点検の結果の平均点", "セキュリティ自己点検の結果の平均点"
    restated = (("actual", 2016, ".".join(("2", "99"))), ("actual", 2017, "9"))
    assert _matched([_indicator("a", earlier)], [_indicator("b", later, restated)]) == [
        ("a", "b", "similar-wording-and-values")
    ]
    assert _matched([_indicator("a", earlier)], [_indicator("b", later, (*restated, ("target", 2017, "8")))]) == []


def test_two_equal_values_are_several() -> None:
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "職員の理解度", VALUES[:2])]) == [
        ("a", "b", "equal-values")
    ]
    one_differs = (*VALUES[:2], ("target", 2017, "4"))
    assert _matched([_indicator("a", "平均点")], [_indicator("b", "職員の理解度", one_differs)]) == []
