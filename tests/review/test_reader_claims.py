"""The review page shows what the reader of forms claims, with the issues of each place, by text and by PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import Claim, ClaimState, FormReading, ReadingIssue, Rect, SpanPiece
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.review import claims_of_reading
from hyoka_kg.sources.reading.reporting import issue_at
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

CLAIM = Claim("entry/1", "executed", "284", 1, 2016, pieces=(SpanPiece(4, 4, 0, 3),))


def reading(*claims: Claim, issues: tuple[ReadingIssue, ...] = ()) -> FormReading:
    return FormReading("review-sheet/2018", "text", "0" * 64, 2018, 1, claims=claims, issues=issues)


def test_a_claim_has_its_issue_and_what_belongs_to_none_comes_last() -> None:
    stray = ReadingIssue("lists_not_told", "payments", "rank 1 stands twice")
    claim, last = claims_of_reading(reading(CLAIM, issues=(stray, issue_at("rate_differs", CLAIM, "284 of 1"))))
    assert (claim.issues, claim.state, claim.pieces) == (("rate_differs",), "explicit", CLAIM.pieces)
    assert (last.subject, last.field, last.note) == ("reading", "lists_not_told", "payments: rank 1 stands twice")


def test_a_claim_of_a_page_has_its_rectangle_and_a_cell_of_a_workbook_has_none() -> None:
    on_page = replace(CLAIM, cell="page 2 [10,20,30,40]", fragment="page=2&viewrect=10,20,30,40")
    in_book = replace(CLAIM, cell="Sheet!B4", fragment="sheet=1&cell=B4")
    first, second = claims_of_reading(reading(on_page, in_book))
    assert (first.rects, first.pieces) == ((Rect(2, 10, 20, 40, 60),), ())
    assert (second.rects, second.pieces) == ((), ())


def test_long_texts_stay_with_their_paper_and_links_are_not_shown() -> None:
    link = replace(CLAIM, field="means", printed="", state=ClaimState.EXPLICIT)
    (shown,) = claims_of_reading(reading(replace(CLAIM, is_passage=True), link))
    assert (shown.printed, shown.status) == ("", "passage")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers") / "out"
    synthesize(Request(11, 1, 2018, 2018, Kind.EX_ANTE, Route.ALL, 0.0), folder)
    return folder / "documents"


@pytest.mark.parametrize("suffix", ["txt", "pdf"])
def test_a_paper_that_nobody_transcribed_is_read_by_its_form(documents: Path, tmp_path: Path, suffix: str) -> None:
    paper, page = next(documents.glob(f"*.{suffix}")), tmp_path / "page.html"
    result = CliRunner().invoke(app, ["review", str(paper), "-o", str(page)], catch_exceptions=False)
    assert result.exit_code == 0
    html = page.read_text(encoding="utf-8")
    shown = [claim for claim in read_form(paper).claims if claim.printed or claim.state is not ClaimState.EXPLICIT]
    assert len(re.findall("<article id=", html)) >= len(shown) > 15
    assert "(ex-ante/2018)" in html
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))


def test_a_workbook_has_no_page_to_show(documents: Path, tmp_path: Path) -> None:
    paper = next(documents.glob("*.xlsx"))
    with pytest.raises(AcquisitionError, match="has no pages or lines to show"):
        CliRunner().invoke(app, ["review", str(paper), "-o", str(tmp_path / "p.html")], catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []
