"""Turn SVG into PNG with vl-convert, and with a Japanese font that comes with a package."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from hyoka_kg.errors import HyokaError

_SCALE = 1.2
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def svg_to_png(svg: str) -> bytes:
    """Return the picture of an SVG document.

    Raises:
        HyokaError: vl-convert is not installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise HyokaError(
            "A PNG needs vl-convert-python, which is not installed: pip install 'hyoka-kg[notebook]'. Or use .svg."
        ) from error
    if (fonts := _font_folder()) is not None:
        vl_convert.register_font_directory(str(fonts))
    return _pack(vl_convert.svg_to_png(svg, scale=_SCALE))


def _pack(png: bytes) -> bytes:
    """Return the same picture in fewer bytes: vl-convert packs fast, a notebook wants it small."""
    chunks = list(_chunks(png))
    pixels = zlib.compress(zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), level=9)
    packed = [(kind, data) for kind, data in chunks if kind not in (b"IDAT", b"IEND")]
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in [*packed, (b"IDAT", pixels), (b"IEND", b"")])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    # PNG, third edition, section 5.3: length, type, data, checksum.
    position = len(_SIGNATURE)
    while position < len(png):
        length, kind = struct.unpack_from(">I4s", png, position)
        yield kind, png[position + 8 : position + 8 + length]
        position += length + 12


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def _font_folder() -> Path | None:
    """Return the folder of IPAexGothic if matplotlib-fontja is installed; matplotlib itself is not loaded."""
    spec = find_spec("matplotlib_fontja")
    folder = Path(spec.origin).parent / "fonts" if spec and spec.origin else None
    return folder if folder and folder.is_dir() else None
