"""What many tests need: the built sample store, and the corpora and source papers where they are at hand."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# A deadline would assert a time: on a busy machine any example may be slow.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the two sample papers once, without their source text, as on a fresh machine.

    Processes that share the run share the build; each has a copy of its own, since some try to build over it.
    """
    folder = tmp_path_factory.mktemp("store")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    shutil.copytree(_built_once(shared), folder, dirs_exist_ok=True)
    return folder


def _built_once(shared: Path) -> Path:
    from hyoka_kg.pipeline import build

    folder = shared / "sample-build"
    with (shared / "sample-build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            build(shared / "sample-build.aside")
            (shared / "sample-build.aside").rename(folder)
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
