"""Rows as the canned queries give them, and a second opinion on how much room a text takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from hyoka_kg.store import Rows

TRACE = "project link_kind policy objective indicator strategy version_date clause_path stated_in quote page line"
SERIES = "fy role comparator value unit as_printed document issued"
_SVG = "{http://www.w3.org/2000/svg}"

RowsOf = Callable[[Sequence[Sequence[object]]], Rows]


def _rows(columns: str, rows: Sequence[Sequence[object]]) -> Rows:
    return Rows(tuple(columns.split()), [tuple(ox.Literal(str(c)) if c != "" else None for c in row) for row in rows])


def _read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - the drawing is our own


@pytest.fixture
def texts_of() -> Callable[[str], list[str]]:
    """Return the lines of text of an SVG."""
    return lambda svg: ["".join(node.itertext()) for node in _read(svg).iter(f"{_SVG}text")]


@pytest.fixture
def tags_of() -> Callable[[str], set[str]]:
    """Return the names of the elements of an SVG."""
    return lambda svg: {node.tag.removeprefix(_SVG) for node in _read(svg).iter()}


@pytest.fixture
def trace_rows() -> RowsOf:
    return lambda rows: _rows(TRACE, rows)


@pytest.fixture
def series_rows() -> RowsOf:
    return lambda rows: _rows(SERIES, rows)


@dataclass(frozen=True)
class Ink:
    """The room that one line of text takes on the drawing."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Ink) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def _font_file() -> Path:
    spec = find_spec("matplotlib_fontja")
    if spec is None or spec.origin is None:
        pytest.skip("matplotlib-fontja is not installed")
    return Path(spec.origin).parent / "fonts" / "ipaexg.ttf"


@pytest.fixture
def ink() -> Callable[[str], list[Ink]]:
    """Measure the texts of an SVG with the font that draws them, not with our own estimate."""
    image_font = pytest.importorskip("PIL.ImageFont", reason="comes with the extra 'review'")
    font = image_font.truetype(str(_font_file()), 100)
    shifts = {"start": 0.0, "middle": 0.5, "end": 1.0}

    def measure(svg: str) -> list[Ink]:
        found = []
        for node in _read(svg).iter(f"{_SVG}text"):
            size, text = float(node.attrib["font-size"]), "".join(node.itertext())
            x, y = float(node.attrib["x"]), float(node.attrib["y"])
            width = font.getlength(text) / 100 * size
            left = x - width * shifts[node.attrib["text-anchor"]]
            found.append(Ink(text, left, y - 0.86 * size, left + width, y + 0.12 * size))
        return found

    return measure


@pytest.fixture
def assert_clear(ink: Callable[[str], list[Ink]]) -> Callable[[str], None]:
    """Assert that no text covers another or leaves the drawing."""

    def check(svg: str) -> None:
        root = _read(svg)
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        texts = ink(svg)
        for number, text in enumerate(texts):
            assert text.left >= 0, text
            assert text.top >= 0, text
            assert text.right <= width, text
            assert text.bottom <= height, text
            assert not [other for other in texts[number + 1 :] if text.meets(other)], text

    return check
