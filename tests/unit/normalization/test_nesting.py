"""The excerpts of cabinet plans in the sample papers nest as they do in the plans."""

from __future__ import annotations

import pytest

from hyoka_kg.normalization import nest_clauses
from hyoka_kg.normalization.clauses import Clause, parse_clause

EXCERPTS = [
    (
        ["Ⅲ．目指すべき", "４．IT を", "（１） 安全", "　② 個人番号", "（３）国", "Ⅳ．利活用", "３．サイバー"],
        [
            "ROMAN.:3",
            "ROMAN.:3/N.:4",
            "ROMAN.:3/N.:4/(N):1",
            "ROMAN.:3/N.:4/(N):1/①:2",
            "ROMAN.:3/N.:4/(N):3",
            "ROMAN.:4",
            "ROMAN.:4/N.:3",
        ],
    ),
    (
        ["II. 「国から", "[重点項目３] 超", "(１) ビッグ", "(３) IT", "① 産業", "④ 安全"],
        [
            "ROMAN.:2",
            "ROMAN.:2/[重点項目N]:3",
            "ROMAN.:2/[重点項目N]:3/(N):1",
            "ROMAN.:2/[重点項目N]:3/(N):3",
            "ROMAN.:2/[重点項目N]:3/(N):3/①:1",
            "ROMAN.:2/[重点項目N]:3/(N):3/①:4",
        ],
    ),
    (
        ["第３章 経済", "５．主要", "（３）地方", "⑤ＩＴ化"],
        ["第N章:3", "第N章:3/N.:5", "第N章:3/N.:5/(N):3", "第N章:3/N.:5/(N):3/①:5"],
    ),
    (
        [
            "第二 ３つ",
            "一．日本",
            "４．世界",
            "（３） 新た",
            "ⅰ）国民",
            "　②マイ",
            "ⅱ）安全",
            "②個人",
            "③個人",
            "iv） IT",
            "④国",
        ],
        [
            "第漢:2",
            "第漢:2/漢.:1",
            "第漢:2/漢.:1/N.:4",
            "第漢:2/漢.:1/N.:4/(N):3",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):1",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):1/①:2",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):2",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):2/①:2",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):2/①:3",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):4",
            "第漢:2/漢.:1/N.:4/(N):3/ⅰ):4/①:4",
        ],
    ),
    (
        ["Ⅲ．目指す", "１．革新的", "（４）IT", "３．公共", "（２）国"],
        ["ROMAN.:3", "ROMAN.:3/N.:1", "ROMAN.:3/N.:1/(N):4", "ROMAN.:3/N.:3", "ROMAN.:3/N.:3/(N):2"],
    ),
    (["３．主要", "［３］地方", "（４）ＩＴ化"], ["N.:3", "N.:3/[N]:3", "N.:3/[N]:3/(N):4"]),
    (["第２部 官民", "Ⅱ－１－(4) マイ"], ["第N部:2", "第N部:2/複合:2-1-4"]),
]


def headings(lines: list[str]) -> list[Clause]:
    return [clause for clause in map(parse_clause, lines) if isinstance(clause, Clause)]


@pytest.mark.parametrize(("lines", "paths"), EXCERPTS)
def test_an_excerpt_nests_by_its_styles(lines: list[str], paths: list[str]) -> None:
    nested = nest_clauses(headings(lines))
    assert [one.path for one in nested] == paths
    assert [one.clause.marker for one in nested] == [clause.marker for clause in headings(lines)]
    assert [one.depth for one in nested] == [path.count("/") + 1 for path in paths]
    assert not any(one.issues for one in nested)


def test_the_printed_marker_is_kept() -> None:
    markers = [clause.marker for clause in headings(["iv） IT", "Ⅱ－１－(4) マイ", "[重点項目３] 超"])]
    assert markers == ["iv）", "Ⅱ－１－(4)", "[重点項目３]"]


def test_an_outer_style_after_a_deep_start_is_placed_by_rank_and_flagged() -> None:
    deep, outer, inner = nest_clauses(headings(["② 個人", "４．改革", "（１）制度"]))
    assert (deep.path, outer.path, inner.path) == ("①:2", "N.:4", "N.:4/(N):1")
    assert (deep.issues, outer.issues, inner.issues) == ((), ("clause_start_unknown",), ())
