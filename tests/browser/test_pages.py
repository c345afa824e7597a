"""The pages in a real browser: nothing foreign is asked for, nothing overlaps, all works without scripts.

`HYOKA_NODE_MODULES` names a folder in which `npm install axe-core` ran; without it accessibility is not judged.
`HYOKA_SCREENSHOTS` names a folder to keep a picture of each page in.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

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
    "missing": "/doc/project/mic/juki-net-securty",
}
# The boxes of all texts of a picture that cover each other by more than a hair.
COVERED = """() => [...document.querySelectorAll('figure svg')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].map(node => [node.textContent, node.getBBox()]);
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
    .filter(([, b]) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
      && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4)
    .map(([other]) => one + ' | ' + other));
})"""
HIDDEN = """() => [...document.querySelectorAll('figure svg text, figure svg rect')]
  .filter(node => node.getBoundingClientRect().height < 0.5).length"""


@pytest.fixture(scope="module")
def site(sample_store: Path) -> Iterator[str]:
    app = create_app(StorePlace(str(sample_store)), Settings(workers=1, client_seconds=0))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


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
    page.evaluate(axe)
    result = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    found = [(one["id"], one["nodes"][0]["html"][:160], len(one["nodes"])) for one in result["violations"]]
    assert found == []
