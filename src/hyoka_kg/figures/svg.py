"""Write SVG: a few elements, every text and attribute escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

FONTS = "IPAexGothic, 'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"
LINE_HEIGHT = 1.4
_ASCENT = 0.88
# XML 1.0, section 2.2: characters that no document may hold.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Return the y of the middle."""
        return self.y + self.height / 2

    def meets(self, other: Area) -> bool:
        """Tell whether two rectangles have a point in common."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Return an element; `_` in an attribute's name is written `-`."""
    written = "".join(f" {key.replace('_', '-')}={quoteattr(_clean(value))}" for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text_lines(
    x: float, y: float, lines: Iterable[str], size: float, *, fill: str, weight: str = "normal", anchor: str = "start"
) -> str:
    """Return lines of text whose first line has its upper side at y."""
    return "".join(
        element(
            "text",
            escape(_clean(line)),
            x=f"{x:.1f}",
            y=f"{y + size * (LINE_HEIGHT * number + _ASCENT):.1f}",
            font_size=f"{size:g}",
            font_weight=weight,
            fill=fill,
            text_anchor=anchor,
        )
        for number, line in enumerate(lines)
    )


def height_of(lines: Sequence[str], size: float) -> float:
    """Return the height of lines of text."""
    return len(lines) * size * LINE_HEIGHT


def document(width: float, height: float, title: str, alt: str, parts: Iterable[str]) -> str:
    """Return a whole drawing that a screen reader can tell."""
    content = [
        element("title", escape(_clean(title)) or " "),
        element("desc", escape(_clean(alt)) or " "),
        element("rect", width="100%", height="100%", fill="#ffffff"),
        *parts,
    ]
    return element(
        "svg",
        "".join(content),
        xmlns="http://www.w3.org/2000/svg",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        font_family=FONTS,
    )


def _clean(value: object) -> str:
    return _FORBIDDEN.sub("", str(value))
