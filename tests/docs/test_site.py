"""The site is built without a network; every link and anchor in it leads somewhere, and no page asks a foreign host."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
_ID = re.compile(r'\sid="?([^"\s>]+)')
_LINK = re.compile(r'<a\b[^>]*?\shref="?([^"\s>]+)')
# What a browser fetches by itself: all that is not a link to click.
_FETCHED = re.compile(r'<(?!a\b)\w+\b[^>]*?\s(?:src|href|data|poster)="?([^"\s>]+)')
_STYLED = re.compile(r"(?:url\(|@import )['\"]?([^'\")]+)")
_OUTSIDE = re.compile(r"^(?:[a-z]+:)?//|^(?:mailto|data):")
_FOREIGN = re.compile(r"^(?:https?:)?//")

pytestmark = pytest.mark.skipif(not (find_spec("mkdocs") and find_spec("merman")), reason="the extra docs is missing")


@pytest.fixture(scope="module")
def site(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    environment = os.environ | {"HYOKA_STORE": str(store_folder), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _broken(folder: Path) -> tuple[int, list[str]]:
    """Return how many links and anchors inside a site there are, and those that lead nowhere."""
    texts = {path.resolve(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    ids = {path: set(map(unescape, _ID.findall(text))) for path, text in texts.items()}
    count, broken = 0, []
    for path, text in texts.items():
        for link in set(map(unescape, _LINK.findall(text))):
            if _OUTSIDE.match(link) or path.name == "404.html":
                continue
            count += 1
            address, _, anchor = link.partition("#")
            target = (path.parent / unquote(address)).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (anchor and target in ids and unquote(anchor) not in ids[target]):
                broken.append(f"{path.relative_to(folder.resolve())}: {link}")
    return count, sorted(broken)


def test_links_and_anchors_lead_somewhere(site: Path) -> None:
    count, broken = _broken(site)
    assert broken == []
    assert count > 5_000


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<h2 id="x">X</h2><a href="a.html#x">1</a><a href="#y">2</a><a href="b.html">3</a>'
    )
    assert _broken(tmp_path) == (3, ["a.html: #y", "a.html: b.html"])


def test_there_is_a_page_for_each_thing_that_is_told(site: Path) -> None:
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    written = {
        path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")
    }
    assert written <= pages
    assert len([page for page in pages if re.fullmatch(r"reference/queries/[a-z]{2}\d\d\.html", page)]) == len(
        list((ROOT / "queries" / "competency").glob("*.rq"))
    )
    assert {"adr/index.html", "glossary.html", "reference/ontology.html", "reference/cli.html"} <= pages


def test_no_page_or_style_names_a_foreign_host_to_fetch_from(site: Path) -> None:
    asked = {
        link
        for pattern, suffix in ((_FETCHED, "html"), (_STYLED, "css"))
        for path in site.rglob(f"*.{suffix}")
        for link in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert asked
    assert sorted(link for link in asked if _FOREIGN.match(link)) == []


def test_japanese_pages_say_their_language(site: Path) -> None:
    assert all('<html lang="ja"' in path.read_text(encoding="utf-8") for path in (site / "ja").glob("*.html"))
    assert '<html lang="en"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("page", ["index.html", "reference/ontology.html", "ja/asking.html"])
def test_a_browser_asks_the_site_alone_and_the_page_fits_a_phone(address: str, page: str) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no browser is installed; on Debian: apt-get install chromium")
    asked: list[str] = []
    with api.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 390, "height": 844})
        view.on("request", lambda request: asked.append(request.url))
        view.goto(address + page, timeout=120_000)
        wider = view.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        browser.close()
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert wider <= 0
