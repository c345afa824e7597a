"""Folding keeps places, circles and the literal; the key is for matching only."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.normalization import fold, key_form, unwrap
from hyoka_kg.normalization.folding import SOFT_BREAK


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_keeps_circled_and_roman_numerals() -> None:
    assert fold("③Ⅳⅰ㎡１．８％") == "③Ⅳⅰ㎡1.8%"


@given(st.lists(st.text("平成年度カー・8 ", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_wraps_are_recorded_so_that_the_lines_can_be_had_back(lines: list[str]) -> None:
    unwrapped = unwrap(SOFT_BREAK.join(lines))
    places = [0, *unwrapped.wraps, len(unwrapped.text)]
    assert [unwrapped.text[start:end] for start, end in pairwise(places)] == lines


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("基礎データべース", "基礎データベース"),
        ("マイキ－プ⏎ラットフォーム", "マイキープラットフォーム"),
        ("世界最先端ＩＴ国家⏎創造宣言", "世界最先端IT国家創造宣言"),
        ("ﾌﾞﾛｯｸ 名", "ブロック名"),
        ("IT 利活用～基盤", "ＩＴ利活用〜基盤"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert one != other
    assert key_form(one) == key_form(other)


def test_different_names_have_different_keys() -> None:
    assert key_form("創造宣言") != key_form("想像宣言")
