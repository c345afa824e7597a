"""The records of the domain keep what was printed apart from how it was wrapped, and always know where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.model import (
    HARD_BREAK,
    SOFT_BREAK,
    Block,
    Box,
    Cell,
    Claim,
    ClaimState,
    Line,
    Locator,
    Registry,
    Row,
    SheetKey,
    SourceText,
    SpanPiece,
    Stretch,
    TextLayer,
    ValueStatus,
)
from hyoka_kg.model.raw import Part

CELL = Cell(
    subject="entry/9",
    field="executed",
    fiscal_year=2016,
    unit="",
    value="",
    printed=f"7{SOFT_BREAK}79{HARD_BREAK}(725)",
    page=1,
    pieces=(SpanPiece(3, 3),),
    status=ValueStatus.REPORTED,
    confidence="A",
    reading="",
    locator=Locator("cells.csv", 7),
)
SOURCE = SourceText("0" * 64, ("  one ", "two", "three"))
TEXTS = st.lists(st.text("あいう 12", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=4)


def _stretch(texts: list[str]) -> Stretch:
    return Stretch.of_lines(tuple(Line(number, 1, text) for number, text in enumerate(texts, start=1)))


def test_a_cell_without_its_wraps_is_one_text_and_with_them_its_lines() -> None:
    assert CELL.text == "779\n(725)"
    assert CELL.line_texts == ["7", "79", "(725)"]
    assert CELL.key == ("entry/9", "executed", 2016)
    assert str(CELL.locator) == "cells.csv, row 7"


def test_a_row_is_structure_only_where_nothing_is_printed_and_something_was_decided() -> None:
    assert replace(CELL, printed="", pieces=(), value="clause/3").is_structure
    assert not replace(CELL, printed="", pieces=()).is_structure
    assert not replace(CELL, value="clause/3").is_structure
    assert not replace(CELL, printed="", value="clause/3").is_structure


@pytest.mark.parametrize(
    ("piece", "text", "count"),
    [(SpanPiece(3, 3), "3", 1), (SpanPiece(3, 5), "3-5", 3), (SpanPiece(3, 3, 0, 4), "3:0-4", 1)],
)
def test_a_place_is_printed_as_a_transcription_writes_it(piece: SpanPiece, text: str, count: int) -> None:
    assert (str(piece), piece.line_count) == (text, count)


def test_a_quote_is_whole_lines_without_their_margin_or_the_characters_named() -> None:
    assert SOURCE.quote((SpanPiece(1, 2), SpanPiece(3, 3, 1, 5))) == ["one", "two", "hree"]


@pytest.mark.parametrize(
    "piece",
    [
        SpanPiece(0, 1),
        SpanPiece(2, 1),
        SpanPiece(3, 4),
        SpanPiece(2, 2, 1, 4),
        SpanPiece(2, 2, 2, 2),
        SpanPiece(2, 2, -1, 2),
    ],
)
def test_a_place_outside_the_text_is_never_quoted(piece: SpanPiece) -> None:
    with pytest.raises(IndexError, match=r"^(line|characters) "):
        SOURCE.quote((piece,))


def test_a_claim_tells_its_basis_and_place_and_whether_it_states_anything() -> None:
    claim = Claim("entry/9", "executed", "779", 2)
    assert (claim.basis, claim.place, claim.is_told) == ("explicit", "page 2", True)
    inferred = replace(claim, state=ClaimState.INFERRED, rule="only_gap", pieces=(SpanPiece(3, 4), SpanPiece(6, 6)))
    assert (inferred.basis, inferred.place) == ("inferred:only_gap", "page 2, line 3-4;6")
    assert replace(claim, cell="Sheet1!B4").place == "Sheet1!B4"
    assert replace(claim, page=None).place == ""
    assert not replace(claim, state=ClaimState.OPEN).is_told
    assert not replace(claim, state=ClaimState.NOT_IN_SOURCE).is_told
    assert claim.key == ("entry/9", "executed", None)


def test_a_sheet_is_named_by_what_was_issued() -> None:
    key = SheetKey("mic", 2017, "new29-0004")
    assert key.path == "mic/review-sheet/fy2017/new29-0004"
    assert key.identifier == "mic-review-sheet-fy2017-new29-0004"


def test_a_registry_is_asked_by_table_and_column() -> None:
    rows = tuple(Row({"id": name, "ja": name * 2}, Locator("t.csv", n)) for n, name in enumerate("ab", start=2))
    registry = Registry({"t": rows})
    assert registry["t"] == rows
    assert registry.index("t", "ja")["bb"]["id"] == "b"
    with pytest.raises(KeyError):
        registry["u"]


@given(TEXTS, st.data())
def test_every_cut_of_a_stretch_knows_where_it_stands(texts: list[str], data: st.DataObject) -> None:
    whole = _stretch(texts)
    assert whole.text == "".join(text.rstrip() for text in texts)
    start = data.draw(st.integers(0, len(whole.text)))
    end = data.draw(st.integers(start, len(whole.text)))
    cut = whole.cut(start, end)
    assert cut.text == whole.text[start:end]
    assert (whole.cut(0, start) + cut + whole.cut(end)).text == whole.text
    assert bool(cut) == (start < end)
    source = SourceText("0" * 64, tuple(texts))
    # What is read back at its places is the cut, but for the margin of whole lines.
    assert "".join("".join(source.quote(cut.pieces)).split()) == "".join(cut.text.split())


@given(TEXTS)
def test_a_stripped_stretch_is_the_stripped_text(texts: list[str]) -> None:
    whole = _stretch(texts)
    assert whole.strip().text == whole.text.strip()
    assert whole.strip("あ ").text == whole.text.strip("あ ")


def test_whole_lines_that_follow_each_other_are_one_piece_and_parts_are_characters() -> None:
    lines = (Line(4, 2, "あい"), Line(5, 2, "うえ"), Line(7, 2, "おか"))
    stretch = Stretch.of_lines(lines)
    assert stretch.pieces == (SpanPiece(4, 5), SpanPiece(7, 7))
    assert stretch.printed == SOFT_BREAK.join(("あい", "うえ", "おか"))
    assert stretch.cut(1).pieces == (SpanPiece(4, 4, 1, 2), SpanPiece(5, 5), SpanPiece(7, 7))
    assert (stretch.page, Block(lines).page, Block(lines).stretch) == (2, 2, stretch)
    # A whole line after a part of the line before it is a piece of its own.
    assert Stretch((Part(lines[0], 0, 1), Part(lines[1], 0, 2))).pieces == (SpanPiece(4, 4, 0, 1), SpanPiece(5, 5))


def test_a_text_layer_offers_blocks_whole_and_line_by_line() -> None:
    lines = (Line(1, 1, "うえ"), Line(2, 1, "あい"))
    assert TextLayer("0" * 64, (Block(lines),), 2, 1).texts == ("うえあい", "あい", "うえ")


def test_boxes_share_a_part_of_the_smaller_one() -> None:
    one = Box(0, 0, 10, 4)
    assert one.shares_rows(Box(0, 2, 10, 4)) == 1.0
    assert one.shares_rows(Box(0, 3, 10, 7)) == 0.25
    assert one.shares_columns(Box(5, 0, 15, 4)) == 0.5
    assert one.shares_columns(Box(10, 0, 20, 4)) == 0.0
    assert one.shares_rows(Box(0, 2, 10, 2)) == 0.0
