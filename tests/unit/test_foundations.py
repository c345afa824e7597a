"""What every room stands on: names of terms, settings, folders, failures."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg import errors
from hyoka_kg.config import Settings, data_dir, ontology_dir, queries_dir, resources
from hyoka_kg.errors import HyokaError, LayoutError, MissingPackageError
from hyoka_kg.vocabulary import PREFIXES, compact, expand

EXIT_CODES = {
    "HyokaError": 1,
    "QueryError": 2,
    "AcquisitionError": 3,
    "UnreachableError": 3,
    "LayoutError": 3,
    "ValueTextError": 3,
    "ModelError": 3,
    "ShapeViolation": 4,
    "StoreError": 5,
    "MissingPackageError": 1,
}
# Each setting with a value as the environment tells it, and what is made of it.
TOLD: dict[str, tuple[str, str, object]] = {
    "store_dir": ("HYOKA_STORE", "/kg", Path("/kg")),
    "archive_dir": ("HYOKA_ARCHIVE", "/files", Path("/files")),
    "samples_dir": ("HYOKA_SAMPLES", "/samples", Path("/samples")),
    "sparql_url": ("HYOKA_SPARQL_URL", "http://localhost/sparql", "http://localhost/sparql"),
    "host": ("HYOKA_HOST", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - read, never listened on
    "port": ("HYOKA_PORT", "80", 80),
    "query_timeout_seconds": ("HYOKA_QUERY_TIMEOUT", "2.5", 2.5),
    "max_query_bytes": ("HYOKA_MAX_QUERY_BYTES", "9", 9),
    "workers": ("HYOKA_WORKERS", "1", 1),
    "worker_memory_mb": ("HYOKA_WORKER_MEMORY_MB", "0", 0),
    "max_answer_mb": ("HYOKA_MAX_ANSWER_MB", "1", 1),
    "cache_mb": ("HYOKA_CACHE_MB", "0", 0),
    "client_queries": ("HYOKA_CLIENT_QUERIES", "7", 7),
    "client_seconds": ("HYOKA_CLIENT_SECONDS", "0.5", 0.5),
    "client_connections": ("HYOKA_CLIENT_CONNECTIONS", "3", 3),
    "union_default_graph": ("HYOKA_DEFAULT_GRAPH", "own", False),
    "draft_port": ("HYOKA_DRAFT_PORT", "81", 81),
    "draft_token": ("HYOKA_DRAFT_TOKEN", "t", "t"),
    "publish_password": ("HYOKA_PUBLISH_PASSWORD", "p", "p"),
    "update_timeout_seconds": ("HYOKA_UPDATE_TIMEOUT", "1", 1.0),
    "max_update_mb": ("HYOKA_MAX_UPDATE_MB", "2", 2),
}


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,9}", fullmatch=True))
def test_a_prefixed_name_survives_its_expansion(prefix: str, local: str) -> None:
    # Where one namespace lies inside another, the longer one names the thing.
    name = compact(expand(f"{prefix}:{local}"))
    assert expand(name) == PREFIXES[prefix] + local
    assert len(PREFIXES[name.partition(":")[0]]) >= len(PREFIXES[prefix])


def test_a_name_of_no_prefix_is_refused_and_an_iri_of_none_stays() -> None:
    with pytest.raises(KeyError, match="nobody"):
        expand("nobody:statedIn")
    assert compact("https://example.org/x") == "https://example.org/x"
    assert compact("https://w3id.org/hyoka/def#statedIn") == "hyoka:statedIn"


def test_every_setting_is_read_from_its_variable_and_told_in_its_docstring() -> None:
    assert [one.name for one in dataclasses.fields(Settings)] == list(TOLD)
    read = Settings.from_environment({variable: text for variable, text, _ in TOLD.values()})
    assert {name: getattr(read, name) for name in TOLD} == {name: value for name, (_, _, value) in TOLD.items()}
    told = re.findall(r"`(HYOKA_[A-Z_]+)", Settings.__doc__ or "")
    assert sorted(told) == sorted(variable for variable, _, _ in TOLD.values())


def test_an_unset_or_empty_variable_keeps_the_default() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({variable: "" for variable, _, _ in TOLD.values()}) == Settings()


def test_a_number_that_is_none_is_refused_by_the_name_of_its_variable() -> None:
    with pytest.raises(HyokaError, match="HYOKA_PORT is 'eighty', which is not a number"):
        Settings.from_environment({"HYOKA_PORT": "eighty"})


def test_the_folders_are_found_in_a_checkout_and_in_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [folder().name for folder in (ontology_dir, queries_dir, data_dir)] == ["ontology", "queries", "data"]
    package = tmp_path / "lib" / "site-packages" / "hyoka_kg"
    monkeypatch.setattr(resources, "_PACKAGE", package)
    with pytest.raises(LayoutError, match=r"'ontology' .* neither beside the package nor inside it"):
        ontology_dir()
    (package / "_resources" / "ontology").mkdir(parents=True)
    # A folder of that name beside the package is not ours without the project's own file.
    (tmp_path / "lib" / "ontology").mkdir()
    assert ontology_dir() == package / "_resources" / "ontology"
    (tmp_path / "lib" / "pyproject.toml").touch()
    assert ontology_dir() == tmp_path / "lib" / "ontology"


def test_every_failure_has_the_exit_code_that_the_readme_tells() -> None:
    found = {
        name: one.exit_code
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, HyokaError)
    }
    assert found == EXIT_CODES


def test_a_missing_package_is_an_import_error_that_tells_its_extra() -> None:
    error = MissingPackageError.of("pandas", "pandas")
    assert isinstance(error, ImportError)
    assert str(error) == "pandas is not installed. Install it: pip install 'hyoka-kg[pandas]'"
