"""The pages in a real browser: nothing foreign is asked for, nothing overlaps, all works without scripts.

`HYOKA_NODE_MODULES` names a folder in which `npm install axe-core` ran; without it accessibility is not judged.
`HYOKA_SCREENSHOTS` names a folder to keep a picture of each page in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.loopback import served

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

pytestmark = pytest.mark.network
Open = Callable[..., Any]
PAGES = {
    "home": "/",
    "project": "/doc/project/mic/juki-net-security",
    "policy": "/doc/policy/mic/e-government",
    "indicator": "/doc/doc/mic/ex-ante/fy2017/08/indicator/4",
    "strategy": "/doc/strategy/it-nation-declaration",
    "clause": "/doc/strategy/it-nation-declaration/2015-06-30/c2",
    "document": "/doc/doc/mic/ex-ante/fy2017/08",
    "sheet": "/doc/doc/mic/review-sheet/fy2018/0036",
    "search": "/search?q=住民基本台帳",
    "question": "/queries/cq09?threshold=20",
    "findings": "/findings",
    "compare": "/compare",
    "explore": "/explore?id=hyk:project/mic/juki-net-security&also=hyk:policy/mic/e-government",
    "editor": "/sparql-editor",
    "missing": "/doc/project/mic/juki-net-securty",
}
# Rules that the editor itself, which is not ours, breaks: the scroller of its text takes no focus (the text does), and
# the choice of rows a page has no label.
OF_THE_EDITOR = ("scrollable-region-focusable", "select-name")
COVERED, HIDDEN = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("covered.js", "hidden.js"))


@pytest.fixture(scope="module")
def site(sample_store: Path) -> Iterator[str]:
    app = create_app(StorePlace(str(sample_store)), Settings(workers=1, client_seconds=0))
    with served(app) as url:
        yield url


@pytest.fixture
def open_page(chromium: Any, site: str) -> Iterator[Open]:
    """Open pages; in the end, nobody but this host was asked, and nothing went wrong in them."""
    asked: list[str] = []
    wrong: list[str] = []
    opened: list[Any] = []

    def open_(address: str, **options: Any) -> Any:
        page = chromium.new_page(**options)
        opened.append(page)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if "404" not in message.text else None)
        page.goto(site + address)
        return page

    yield open_
    for page in opened:
        page.close()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}
    assert wrong == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_screen_and_no_text_covers_another(open_page: Open, name: str, width: int) -> None:
    page = open_page(PAGES[name], viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(COVERED) == []
    assert page.evaluate(HIDDEN) == 0
    assert page.locator("h1").count() == 1
    if folder := os.environ.get("HYOKA_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


# Nodes of the drawing that have no extent, stand upon each other, or whose text is taller than they are.
UNSEEN = """() => {
  const boxes = drawing.nodes().map(one => [one, one.boundingBox({includeLabels: false})]);
  const lines = one => one.data('text').split('\\n').length;
  return boxes.filter(([one, box], i) => !one.visible() || box.h < lines(one) * 14 || box.w < 100
    || boxes.slice(i + 1).some(([, other]) => box.x1 < other.x2 && other.x1 < box.x2
      && box.y1 < other.y2 && other.y1 < box.y2)).map(([one]) => one.id());
}"""


def test_every_node_of_the_drawing_is_seen_and_none_covers_another(open_page: Open) -> None:
    page = open_page(PAGES["explore"])
    page.wait_for_function("window.drawing")
    assert page.evaluate("drawing.nodes().length") > 90
    assert page.evaluate(UNSEEN) == []
    page.evaluate("drawing.nodes()[3].style('height', 0)")
    assert len(page.evaluate(UNSEEN)) == 1


# Where the thing in the middle and the top of each column stand on the screen.
TOPS = """() => {
  const middle = drawing.nodes()[0], tops = new Map(), box = one => one.renderedBoundingBox({includeLabels: false});
  drawing.nodes().not(middle).forEach(one => {
    const place = Math.round(one.position('x'));
    tops.set(place, Math.min(tops.get(place) ?? Infinity, box(one).y1));
  });
  return [box(middle).y1, box(middle).y2, [...tops.values()], box(drawing.nodes()).x1];
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_large_drawing_begins_at_the_top_of_each_column(open_page: Open, width: int) -> None:
    page = open_page("/explore?id=hyk:project/mic/juki-net-security", viewport={"width": width, "height": 900})
    page.wait_for_function("window.drawing")
    top, bottom, columns, left = page.evaluate(TOPS)
    assert 0 <= top < 30
    assert len(columns) == 2
    assert all(bottom < one < bottom + 30 for one in columns)
    assert left >= 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_buttons_of_the_editor_cover_no_line(open_page: Open, width: int) -> None:
    page = open_page("/sparql-editor", viewport={"width": width, "height": 900})
    page.wait_for_selector(".yasqe_buttons svg")
    box = "document.querySelector('{}').getBoundingClientRect()"
    assert page.evaluate(f"{box.format('.yasqe_buttons')}.bottom <= {box.format('.CodeMirror-scroll')}.top + 1")


def test_the_drawing_goes_by_keyboard_and_its_link_can_be_shared(open_page: Open) -> None:
    page = open_page(PAGES["explore"])
    page.wait_for_function("window.drawing")
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    name = page.locator("#chosen p").first.inner_text()
    shared = page.url
    assert "#hyk%3A" in shared
    other = open_page(
        shared.removeprefix("http://").partition("/")[1] + shared.removeprefix("http://").partition("/")[2]
    )
    other.wait_for_selector("#chosen p")
    assert other.locator("#chosen p").first.inner_text() == name
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#chosen') !== null")
    page.locator("#chosen").get_by_role("link", name="中心にする").click()
    assert page.url != shared
    page.go_back()
    page.wait_for_selector("#chosen p")
    assert page.url == shared
    assert page.locator("#chosen p").first.inner_text() == name


def test_the_two_pages_with_scripts_tell_the_same_without_them(open_page: Open) -> None:
    page = open_page(PAGES["explore"], java_script_enabled=False)
    assert page.locator("#drawing").is_hidden()
    page.locator("#around-1 td a", has_text="広げる").first.click()
    assert page.locator("section[id^=around-]").count() == 3
    page.get_by_role("link", name="SPARQL", exact=True).click()
    page.select_option("#example", "cq11")
    page.get_by_role("button", name="この問いを下敷きにする").click()
    assert "hyoka:numberAsPrinted" in page.input_value("#query")
    assert page.locator("#ask").is_visible()


def test_the_editor_asks_this_host_and_the_address_keeps_what_was_asked(open_page: Open) -> None:
    page = open_page("/sparql-editor?example=cq11")
    page.locator(".yasqe_queryButton").click()
    page.wait_for_selector(".yasr_results td")
    assert "0036" in page.inner_text(".yasr_results")
    assert page.is_checked("text=Simple view")
    first = page.url
    assert "#query=" in first
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('ASK { ?s ?p ?o }')")
    page.locator(".yasqe_queryButton").click()
    page.wait_for_function("decodeURIComponent(location.hash).includes('ASK')")
    page.go_back()
    assert page.url == first
    shown = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
    assert "hyoka:numberAsPrinted" in page.evaluate(shown)
    other = open_page("/sparql-editor#query=ASK%20%7B%7D&endpoint=http%3A%2F%2Fexample.org%2F")
    other.wait_for_selector(".CodeMirror")
    assert other.evaluate(shown) == "ASK {}"


def test_the_look_for_covered_texts_finds_planted_ones(chromium: Any) -> None:
    page = chromium.new_page()
    text = '<text x="10" y="{}" font-size="20">予算額</text>'
    page.set_content(
        f"<figure><svg width=200 height=90>{text.format(20)}{text.format(25)}{text.format(60)}</svg></figure>"
    )
    assert len(page.evaluate(COVERED)) == 1
    page.close()


def test_everything_works_without_scripts_and_the_way_back_is_open(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.fill("#q", "住基ネット")
    page.fill("#q", "住民基本台帳")
    page.locator("main form button").click()
    found = page.url
    page.get_by_role("link", name="住民基本台帳ネットワークシステムセキュリティ対策経費").first.click()
    assert "/doc/" in page.url
    page.go_back()
    assert page.url == found
    assert page.input_value("#q") == "住民基本台帳"
    page.get_by_role("link", name="English").click()
    assert "lang=en" in page.url
    assert page.input_value("#q") == "住民基本台帳"


def test_a_shared_link_shows_the_same_part_of_a_table(open_page: Open) -> None:
    page = open_page(PAGES["document"])
    page.locator("#document_claims a[rel=next]").click()
    shared = page.url
    first = page.locator("#document_claims tbody tr").first.inner_text()
    other = open_page(shared.partition("/doc/")[1] + shared.partition("/doc/")[2])
    assert other.locator("#document_claims tbody tr").first.inner_text() == first


def test_the_keyboard_reaches_the_content_first(open_page: Open) -> None:
    page = open_page(PAGES["project"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


@pytest.fixture(scope="module")
def axe() -> str:
    script = Path(os.environ.get("HYOKA_NODE_MODULES") or "none") / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("HYOKA_NODE_MODULES names no folder with axe-core")
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(open_page: Open, axe: str, name: str, language: str) -> None:
    page = open_page(f"{PAGES[name]}{'&' if '?' in PAGES[name] else '?'}lang={language}")
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    result = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    found = [(one["id"], one["nodes"][0]["html"][:160], len(one["nodes"])) for one in result["violations"]]
    excepted = OF_THE_EDITOR if name == "editor" else ()
    assert [one for one in found if one[0] not in excepted] == []
