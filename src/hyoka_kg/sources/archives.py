"""Zip archives of a corpus: whether the members that will be read can be read at all."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from hyoka_kg.errors import LayoutError
from hyoka_kg.sources.messages import told

_ENCRYPTED = 0x1
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def check_members(path: Path, members: Iterable[zipfile.ZipInfo]) -> None:
    """Check that members of a zip are neither locked with a password nor packed in an unknown way.

    Raises:
        LayoutError: A member cannot be read, with its name and what to do.
    """
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise LayoutError(told("encrypted_member", path=path, member=member.filename))
        if member.compress_type not in _READABLE:
            raise LayoutError(told("unknown_packing", path=path, member=member.filename, method=member.compress_type))
