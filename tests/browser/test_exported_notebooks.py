"""A notebook that is sent as one HTML file shows its pictures without a kernel and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
nbformat: Any = pytest.importorskip("nbformat", reason="comes with the extra 'notebook'")
nbconvert: Any = pytest.importorskip("nbconvert", reason="comes with the extra 'notebook'")
# What the exporter would load from elsewhere; notebooks of this project need none of it.
OFFLINE = {"require_js_url": "", "mathjax_url": "", "mermaid_js_url": ""}
LOADED = "() => [...document.images].filter(one => one.complete && one.naturalWidth > 100).length"


def _pictures(path: Path) -> int:
    outputs = [out for cell in nbformat.read(path, as_version=4).cells for out in cell.get("outputs", [])]
    return sum("image/png" in out.get("data", {}) for out in outputs)


def test_the_notebooks_hold_the_pictures() -> None:
    counts = {path.stem: _pictures(path) for path in NOTEBOOKS}
    assert counts == {
        "01_trace": 2,
        "02_numbers": 1,
        "03_indicators": 3,
        "04_money": 4,
        "05_strategy": 2,
        "06_national": 0,
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_exported_notebook_shows_every_picture_and_asks_nobody(chromium: Any, path: Path, tmp_path: Path) -> None:
    html, _ = nbconvert.HTMLExporter(**OFFLINE).from_filename(str(path))
    page_file = tmp_path / f"{path.stem}.html"
    page_file.write_text(html, encoding="utf-8")
    asked: list[str] = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert page.evaluate(LOADED) == _pictures(path)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()
