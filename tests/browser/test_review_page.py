"""The review page in a real browser: nothing is fetched, links lead both ways, corrections can be taken along."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hyoka_kg.review import Review, claims_of_document, read_claims, read_review_source, render_page
from hyoka_kg.sources.transcription import read_documents
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

REVIEW_SHEET = "kaku-review-sheet-fy2018-0001"
EX_ANTE = "kaku-ex-ante-fy2018-01"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the pages of one sheet of each form, from text and from PDF."""
    folder = tmp_path_factory.mktemp("review")
    synthesize(Request(seed=3, projects=2, first=2018, last=2018, kind=Kind.BOTH, route=Route.ALL), folder / "m")
    written = {}
    for document in (REVIEW_SHEET, EX_ANTE):
        statements = read_claims(folder / "m" / "cells.jsonl", document)
        for suffix in (".txt", ".pdf"):
            source = read_review_source(folder / "m" / "documents" / (document + suffix))
            written[document + suffix] = folder / f"{document}{suffix}.html"
            html = render_page(Review(document, document, *source, statements))
            written[document + suffix].write_text(html, encoding="utf-8")
    assert len(written) == 4
    return written


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Open]:
    """Open a page; in the end, nothing but the page itself was asked for and nothing went wrong in it."""
    asked: list[str] = []
    wrong: list[str] = []

    def open_(path: Path, **options: Any) -> Any:
        page = chromium.new_page(**options)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []


@pytest.mark.parametrize("name", [REVIEW_SHEET + ".txt", REVIEW_SHEET + ".pdf", EX_ANTE + ".txt", EX_ANTE + ".pdf"])
def test_every_link_leads_to_something_on_the_page(pages: dict[str, Path], open_page: Open, name: str) -> None:
    page = open_page(pages[name])
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    assert len(links) > 200
    assert [one for one in links if not one.startswith("#")] == []
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href]')].filter(a => !document.querySelector(a.getAttribute('href'))).length"
    )
    assert lost == 0


@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
def test_a_claim_shows_its_place_and_the_place_its_claim(pages: dict[str, Path], open_page: Open, suffix: str) -> None:
    page = open_page(pages[REVIEW_SHEET + suffix], viewport={"width": 1200, "height": 800})
    claim = page.locator('article[data-field="executed"][data-year="2016"]')
    claim.locator("a.place").click()
    place = page.locator("[data-claims].now").first
    assert is_in_view(page, place)
    number = place.get_attribute("data-claims").split()[0]
    assert f"c{number}" == claim.get_attribute("id")
    if suffix == ".txt":
        assert place.inner_text() == claim.locator("q").inner_text()

    page.evaluate("document.getElementById('claims').scrollTop = 0; location.hash = ''")
    place = page.locator(f'#source [data-claims~="{number}"]').first
    place.dispatch_event("click")
    page.wait_for_function(f"location.hash === '#c{number}'")
    assert is_in_view(page, claim)


def is_in_view(page: Any, locator: Any) -> bool:
    box = locator.bounding_box()
    return bool(box and 0 <= box["y"] < page.viewport_size["height"] and box["height"] > 0)


def test_corrections_are_exported_as_json_and_yaml(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages[REVIEW_SHEET + ".txt"])
    claim = page.locator('article[data-field="executed"][data-year="2016"]')
    printed = claim.get_attribute("data-printed")
    claim.locator("button.correct").click()
    claim.locator('input[name="set"]').fill('7: "百"')
    claim.locator('select[name="kind"]').select_option("source_erratum")
    claim.locator('input[name="reason"]').fill("桁の誤り\\n")
    claim.locator("form button").click()
    assert page.locator("#patch-count").inner_text() == "1"
    assert "patched" in claim.get_attribute("class")
    exported = json.loads(download(page, "#export-json"))
    assert yaml.safe_load(download(page, "#export-yaml")) == exported
    (patch,) = exported
    assert patch.pop("date")
    assert patch.pop("evidence")
    assert patch == {
        "id": f"{REVIEW_SHEET}-{claim.get_attribute('id')}",
        "target": {"document": REVIEW_SHEET, "subject": "entry/1", "field": "executed", "fiscal_year": 2016},
        "expect": printed,
        "set": '7: "百"',
        "kind": "source_erratum",
        "reason": "桁の誤り\\n",
    }


def download(page: Any, button: str) -> str:
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_filters_leave_what_is_asked_for(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages[REVIEW_SHEET + ".txt"])
    page.select_option("#filter", "dash")
    shown = page.locator("article:visible")
    assert 0 < shown.count() < page.locator("article").count()
    assert set(shown.evaluate_all("list => list.map(one => one.dataset.status)")) <= {"dash", "not-printed"}
    page.select_option("#filter", "all")
    page.fill("#search", "carried-in")
    assert set(shown.evaluate_all("list => list.map(one => one.dataset.field)")) == {"carried-in"}


@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
def test_a_telephone_shows_both_sides_without_sideways_scrolling(
    pages: dict[str, Path], open_page: Open, suffix: str
) -> None:
    page = open_page(pages[EX_ANTE + suffix], viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for part in ("#source", "#claims"):
        assert page.locator(part).bounding_box()["height"] > 150


def test_the_language_can_be_changed_and_links_need_no_script(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages[EX_ANTE + ".txt"], java_script_enabled=False)
    assert page.get_by_text("原文", exact=True).first.is_visible()
    page.check("#to-en")
    assert page.locator("#source h2 .en").is_visible()
    assert page.locator("#source h2 .ja").is_hidden()
    page.locator("article a.place").nth(30).click()
    assert "#L" in page.url


@pytest.mark.source
def test_the_two_papers_open_whole(source_papers: list[Path], tmp_path: Path, root: Path, open_page: Open) -> None:
    documents = {one.head.source_sha256: one for one in read_documents(root / "data" / "documents")}
    for paper in source_papers:
        source = read_review_source(paper)
        document = documents[source[0]]
        file = tmp_path / "page.html"
        file.write_text(
            render_page(Review(document.head.id, document.head.title_ja, *source, claims_of_document(document))),
            "utf-8",
        )
        page = open_page(file)
        assert page.locator(".lines li").count() >= document.head.line_count
        assert page.locator(".held").count() > 250
