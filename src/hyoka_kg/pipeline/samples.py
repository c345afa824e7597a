"""The graph of the sample papers, built once for what it is built of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from hyoka_kg import __version__
from hyoka_kg.config import data_dir, ontology_dir, queries_dir
from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.build import build
from hyoka_kg.store import current_build

_NAME_LENGTH = 12
_DATA = ("registry", "documents", "national")


def sample_store(folder: Path, progress: Callable[[str], None] = lambda _step: None) -> Path:
    """Return the store of the sample papers within a folder, built if it is not there.

    Args:
        folder: Where such stores are kept.
        progress: Is told each step of the building.

    Raises:
        StoreError: The folder cannot be written, or another process is building there.
    """
    store = folder / f"sample-{__version__}-{_content_name()}"
    try:
        current_build(store)
    except StoreError:
        build(store, progress=progress)
    return store


def _content_name() -> str:
    """Return a name for all that the sample is built of: ontology, queries, registry and documents."""
    digest = hashlib.sha256()
    for root in (ontology_dir(), queries_dir(), *(data_dir() / name for name in _DATA)):
        for path in _files(root):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:_NAME_LENGTH]


def _files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file())
