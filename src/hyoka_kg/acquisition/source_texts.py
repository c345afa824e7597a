"""Source texts that a user brings: recognised by the SHA-256 of their bytes, never by their name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hyoka_kg.errors import AcquisitionError
from hyoka_kg.model import SourceText


def read_source_text(path: Path) -> SourceText:
    """Return the text of a document with its hash.

    Raises:
        AcquisitionError: The file cannot be read or is not UTF-8 text.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AcquisitionError(f"Cannot read the source {path}: {error.strerror}.") from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AcquisitionError(
            f"The source {path} is not UTF-8 text (byte {error.start}). "
            "Point --source at the text layer that was transcribed."
        ) from error
    return SourceText(hashlib.sha256(raw).hexdigest(), tuple(text.split("\n")))
