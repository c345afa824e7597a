"""Every character of a text knows its claims, and a claim whose words are not there is flagged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.model import SpanPiece
from hyoka_kg.review import Statement
from hyoka_kg.review.marking import PLACE_NOT_FOUND, QUOTE_DIFFERS, check, mark_lines

LINES = ("当初予算 5 5 4", "", "計")


def claim(printed: str, *pieces: SpanPiece) -> Statement:
    return Statement("entry/1", "initial", 2015, printed, pieces=pieces)


def test_a_line_is_cut_where_claims_begin_and_end() -> None:
    first, second, _ = mark_lines(LINES, [claim("5", SpanPiece(1, 1, 5, 6)), claim("5", SpanPiece(1, 1, 7, 8))])
    assert [(one.text, one.claims) for one in first.segments] == [
        ("当初予算 ", ()), ("5", (1,)), (" ", ()), ("5", (2,)), (" 4", ()),
    ]  # fmt: skip
    assert first.is_unread
    assert not second.is_unread


def test_claims_that_share_characters_are_both_there() -> None:
    (line,) = mark_lines(("③",), [claim("③", SpanPiece(1, 1)), claim("③", SpanPiece(1, 1, 0, 1))])
    assert [one.claims for one in line.segments] == [(1, 2)]
    assert not line.is_unread


def test_other_words_at_the_place_are_flagged() -> None:
    assert check(claim("5", SpanPiece(1, 1, 5, 6)), LINES).issues == ()
    assert check(claim("6", SpanPiece(1, 1, 5, 6)), LINES).issues == (QUOTE_DIFFERS,)


def test_a_place_outside_the_text_is_flagged_and_breaks_nothing() -> None:
    lost = claim("5", SpanPiece(9, 9))
    assert check(lost, LINES).issues == (PLACE_NOT_FOUND,)
    assert len(mark_lines(LINES, [lost])) == len(LINES)


@given(st.lists(st.text("あ1 ", max_size=8), min_size=1, max_size=5), st.data())
def test_no_character_is_lost_or_doubled(lines: list[str], data: st.DataObject) -> None:
    numbers = st.integers(1, len(lines))
    pieces = data.draw(
        st.lists(
            st.builds(
                lambda n, a, b: SpanPiece(n, n, min(a, b), max(a, b) + 1), numbers, st.integers(0, 9), st.integers(0, 9)
            ),
            max_size=6,
        )
    )
    marked = mark_lines(lines, [claim("", piece) for piece in pieces])
    assert ["".join(segment.text for segment in line.segments) for line in marked] == lines
