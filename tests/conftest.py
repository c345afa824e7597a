"""What many tests need: the built sample store, and the corpora and source papers where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the two sample papers once, without their source text, as on a fresh machine."""
    from hyoka_kg.pipeline import build

    folder = tmp_path_factory.mktemp("store")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def sample_store(store_folder: Path) -> Path:
    """Return the engine's directory of the built sample."""
    from hyoka_kg.store import current_build

    return current_build(store_folder)


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    return _folder_or_skip("HYOKA_CORPUS", "corpus")


@pytest.fixture(scope="session")
def source_papers() -> list[Path]:
    """Return the text layers of the two sample papers."""
    papers = sorted(_folder_or_skip("HYOKA_SEEDS", "seeds").glob("*.txt"))
    assert len(papers) == 2
    return papers


def _folder_or_skip(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable) or ROOT.parent / "shared" / name)
    if not folder.is_dir():
        pytest.skip(f"{variable} names no folder, and there is none at {folder}")
    return folder
