"""The compressed streams of a PDF, tried before any engine unpacks them: none may grow beyond what a form needs."""

from __future__ import annotations

import re
import zlib

MOST_BYTES = 20_000_000
MOST_PICTURE_BYTES = 200_000_000
# zlib packs 1,032 bytes into one at most: a shorter stream cannot grow beyond the limit.
_LEAST_PACKED = MOST_BYTES // 1_032
_PIECE = 65_536
_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"
_DICTIONARY_REACH = 400
_TWICE = re.compile(rb"/FlateDecode[^>\]]{0,40}/FlateDecode")
_PICTURE = b"/Image"


def find_bomb(raw: bytes) -> int | None:
    """Return the limit that a stream of a PDF breaks when it is unpacked, or None where all keep it.

    A stream that is packed twice is not tried: no form has one, and its size cannot be told beforehand.
    """
    if _TWICE.search(raw):
        return MOST_BYTES
    for match in _STREAM.finditer(raw):
        end = raw.find(_END, match.end())
        packed = memoryview(raw)[match.end() : end if end >= 0 else len(raw)]
        dictionary = raw[max(0, match.start() - _DICTIONARY_REACH) : match.start()].rpartition(b"obj")[2]
        most = MOST_PICTURE_BYTES if _PICTURE in dictionary else MOST_BYTES
        if len(packed) > _LEAST_PACKED and _grows_beyond(packed, most):
            return most
    return None


def _grows_beyond(packed: memoryview, most: int) -> bool:
    unpacker, size = zlib.decompressobj(), 0
    try:
        for place in range(0, len(packed), _PIECE):
            pending = bytes(packed[place : place + _PIECE])
            while pending and not unpacker.eof:
                size += len(unpacker.decompress(pending, _PIECE))
                if size > most:
                    return True
                pending = unpacker.unconsumed_tail
    except zlib.error:
        # Not packed by zlib: a picture, or damage that the engines name.
        return False
    return False
