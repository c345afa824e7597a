"""A small corpus of our own, built once into a store."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from hyoka_kg.pipeline.national.build import CorpusOptions, build_national
from hyoka_kg.pipeline.reports import BuildReport


def _load_corpora() -> ModuleType:
    """Load the writers beside this file: tests are imported by path, so that no package name is shared."""
    spec = importlib.util.spec_from_file_location("national_corpora", Path(__file__).with_name("corpora.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["national_corpora"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def corpora() -> ModuleType:
    return _load_corpora()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, corpora: ModuleType) -> tuple[Path, Path, BuildReport]:
    """Return the store, the corpus and the report of a build over the small corpus."""
    folder = tmp_path_factory.mktemp("national")
    corpus, store = corpora.write_corpus(folder / "corpus"), folder / "store"
    return store, corpus, build_national(store, CorpusOptions(corpus, workers=1))
