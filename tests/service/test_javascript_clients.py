"""Comunica and YASGUI against a real server; they are no packages of this project, so the tests skip without them.

`HYOKA_NODE_MODULES` names a folder in which `npm install @comunica/query-sparql @zazuko/yasgui` ran, and `HYOKA_NODE`
the program where `node` is too old (Comunica wants 22).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

ESCAPED = "http://example.org/doc%2F29%E2%91%A7%20a"
LABELS = ["<script>alert(1)</script>", '５百万円、\n"計"']
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAGE = """<!doctype html><meta charset="utf-8"><title>YASGUI</title>
<link rel="stylesheet" href="/yasgui/yasgui.min.css"><script src="/yasgui/yasgui.min.js"></script>
<div id="here"></div><script>
window.yasgui = new Yasgui(document.getElementById("here"), {{requestConfig: {{endpoint: {endpoint}}}}});
</script>"""

pytestmark = pytest.mark.network


@pytest.fixture(scope="module")
def modules() -> Path:
    folder = Path(os.environ.get("HYOKA_NODE_MODULES") or "node_modules-not-named")
    if not folder.is_dir():
        pytest.skip("HYOKA_NODE_MODULES names no folder with Comunica and YASGUI")
    return folder


def test_comunica_gets_rows_answers_and_triples(modules: Path, served: str) -> None:
    node = os.environ.get("HYOKA_NODE") or shutil.which("node")
    if node is None or not (modules / "node_modules" / "@comunica").is_dir():
        pytest.skip("node or Comunica is not there")
    script = Path(__file__).parent / "comunica.mjs"
    done = subprocess.run(
        [node, str(script), str(modules), f"{served}/sparql", ESCAPED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["labels"], found["ask"], found["quads"], found["count"]) == (LABELS, True, 2, 2)


@pytest.fixture
def yasgui(modules: Path, served: str, serve: Callable[[Any], AbstractContextManager[str]]) -> Any:
    """Open YASGUI in a browser, on a page of another origin than the endpoint's."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    scripts = modules / "node_modules" / "@zazuko" / "yasgui" / "build"
    if program is None or not scripts.is_dir():
        pytest.skip("chromium or YASGUI is not there")

    async def show(request: Request) -> HTMLResponse:
        return HTMLResponse(PAGE.format(endpoint=json.dumps(f"{served}/sparql")))

    app = Starlette(routes=[Route("/", show), Mount("/yasgui", StaticFiles(directory=scripts))])
    with serve(app) as url, api.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(url)
        yield page
        browser.close()


def _run(page: Any, query: str) -> str:
    page.evaluate("query => { yasgui.getTab().yasqe.setValue(query); }", query)
    page.evaluate("() => yasgui.getTab().yasqe.query().catch(() => null)")
    return str(page.locator(".yasr_results").inner_text())


def test_yasgui_shows_rows_triples_and_reasons(yasgui: Any) -> None:
    page = yasgui
    page.on("dialog", lambda dialog: pytest.fail(f"a script of the data ran: {dialog.message}"))
    table = _run(page, f"SELECT ?label WHERE {{ <{ESCAPED}> ?p ?label }} ORDER BY ?label")
    assert "<script>alert(1)</script>" in table
    assert "５百万円" in table
    assert "http://example.org/label" in _run(page, f"CONSTRUCT WHERE {{ <{ESCAPED}> ?p ?o }}")
    assert "true" in _run(page, "ASK { ?s ?p ?o }").lower()
    refused = _run(page, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert "SERVICE is not allowed" in refused
