"""Wrapping that Japanese readers expect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.figures.text import text_width, wrap_text

TEXTS = st.text(alphabet="政策評価（）「」、。ーッァabcXYZ mw0123-/Ⅲ①→%ｱｶﾞ\u3000\n", max_size=80)


def test_a_full_width_character_is_one_em() -> None:
    assert text_width("政策８Ⅲ①→", 10) == 60
    assert text_width("il", 10) < text_width("mw", 10) <= text_width("政策", 10) * 1.1


@given(TEXTS, st.integers(min_value=30, max_value=300))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap_text(text, width, 13)
    assert all(text_width(line, 13) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "em", "lines"),
    [
        ("電子政府・電子自治体の推進", 6, ["電子政府・電", "子自治体の推", "進"]),
        ("これは、点。", 3, ["これ", "は、", "点。"]),
        ("政策（平成）です", 3, ["政策", "（平", "成）で", "す"]),
        ("システムー", 4, ["システ", "ムー"]),
        ("the policy of IT", 6, ["the policy", "of IT"]),
        ("e-Govの利用", 4, ["e-Gov", "の利用"]),
        ("一行\n二行", 9, ["一行", "二行"]),
        ("", 9, [""]),
    ],
)
def test_lines_break_where_they_may(text: str, em: float, lines: list[str]) -> None:
    assert wrap_text(text, em * 10, 10) == lines


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    lines = wrap_text("あ" * 100, 100, 10, max_lines=2)
    assert lines == ["あ" * 10, "あ" * 9 + "…"]
