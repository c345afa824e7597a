"""A figure: its drawing, its words for those who cannot see it, and the table it was drawn from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.errors import HyokaError
from hyoka_kg.figures.raster import svg_to_png


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing that a notebook shows as it is.

    Attributes:
        svg: The drawing.
        alt: What it shows, in words.
        table: The rows that it was drawn from, as text by column; `pandas.DataFrame(figure.table)` reads them.
    """

    svg: str
    alt: str
    table: tuple[Mapping[str, str], ...]

    def png(self) -> bytes:
        """Return the drawing as PNG.

        Raises:
            HyokaError: vl-convert is not installed.
        """
        return svg_to_png(self.svg)

    def save(self, path: Path | str) -> Path:
        """Write the drawing to a `.svg` or `.png` file, and return its path.

        Raises:
            HyokaError: The file name ends otherwise.
        """
        target = Path(path)
        if target.suffix == ".svg":
            target.write_text(self.svg, encoding="utf-8")
        elif target.suffix == ".png":
            target.write_bytes(self.png())
        else:
            raise HyokaError(f"A figure is saved as .svg or .png, not as '{target.suffix}' ({target.name}).")
        return target

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # A PNG and words are what survives offline, unopened and printed; no HTML, which would hide the PNG.
        try:
            return {"image/png": b64encode(self.png()).decode("ascii"), "text/plain": self.alt}
        except HyokaError:
            return {"image/svg+xml": self.svg, "text/plain": self.alt}
