"""A figure in a notebook and on disk."""

from __future__ import annotations

import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest

from hyoka_kg.errors import HyokaError
from hyoka_kg.figures import Figure
from hyoka_kg.figures.svg import document, text_lines

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def figure() -> Figure:
    words = text_lines(10, 10, ["評価KG"], 20, fill="#000000")
    return Figure(document(120, 60, "題", "説明", [words]), "説明", ({"fy": "2016"},))


def test_a_notebook_gets_a_png_and_words(figure: Figure) -> None:
    pytest.importorskip("vl_convert", reason="comes with the extra 'notebook'")
    bundle = figure._repr_mimebundle_()
    assert set(bundle) == {"image/png", "text/plain"}
    assert b64decode(bundle["image/png"]).startswith(PNG)
    assert bundle["text/plain"] == "説明"


def test_the_png_shows_japanese_and_not_boxes(figure: Figure) -> None:
    pytest.importorskip("vl_convert", reason="comes with the extra 'notebook'")
    image = pytest.importorskip("PIL.Image", reason="comes with the extra 'review'")
    boxes = Figure(figure.svg.replace("評価", "\U0010fffd\U0010fffd"), "", ())
    drawn, missing = (image.open(BytesIO(f.png())).tobytes() for f in (figure, boxes))
    assert drawn != missing
    assert image.open(BytesIO(figure.png())).size == (144, 72)


def test_without_vl_convert_the_way_out_is_told(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(HyokaError, match=r"pip install 'hyoka-kg\[notebook\]'"):
        figure.png()
    assert set(figure._repr_mimebundle_()) == {"image/svg+xml", "text/plain"}


def test_a_figure_is_saved_by_its_file_name(figure: Figure, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="comes with the extra 'notebook'")
    assert figure.save(tmp_path / "a.svg").read_text(encoding="utf-8") == figure.svg
    assert figure.save(str(tmp_path / "a.png")).read_bytes().startswith(PNG)
    with pytest.raises(HyokaError, match=r"\.pdf"):
        figure.save(tmp_path / "a.pdf")


def test_a_drawing_can_be_told_by_a_screen_reader(figure: Figure) -> None:
    assert 'role="img"' in figure.svg
    assert "<title>題</title><desc>説明</desc>" in figure.svg
