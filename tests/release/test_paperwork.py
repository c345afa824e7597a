"""What a release carries beside the code: versions in step, licences, sources attributed, a container that is safe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import hyoka_kg
from hyoka_kg.errors import LayoutError
from hyoka_kg.pipeline.versions import read_versions

ROOT = Path(__file__).resolve().parents[2]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_three_versions_are_semver_and_told_where_they_stand() -> None:
    versions = read_versions()
    assert versions.code == hyoka_kg.__version__
    for version in (versions.code, versions.ontology, versions.data):
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert f"owl:versionIRI <https://w3id.org/hyoka/def/{versions.ontology}>" in _text("ontology/hyoka.ttl")
    for place in ("src/hyoka_kg/__init__.py", "ontology/hyoka.ttl", "data/release.yml"):
        assert f"`{place}`" in _text("CHANGELOG.md")
        assert (ROOT / place).is_file()


def test_a_missing_version_tells_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "release.yml").write_text("released: never\n")
    monkeypatch.setattr("hyoka_kg.pipeline.versions.data_dir", lambda: tmp_path)
    with pytest.raises(LayoutError, match=r"release\.yml"):
        read_versions()


def test_the_citation_cites_this_version() -> None:
    citation = yaml.safe_load(_text("CITATION.cff"))
    assert citation["version"] == hyoka_kg.__version__
    assert {"cff-version", "message", "title", "authors", "license"} <= set(citation)
    assert citation["license"] == ["Apache-2.0", "CC-BY-4.0"]


def test_licences_are_there_in_full() -> None:
    assert "Apache License" in _text("LICENSE")
    assert "Attribution 4.0 International Public License" in _text("LICENSES/CC-BY-4.0.txt")
    assert len(_text("LICENSES/CC-BY-4.0.txt").splitlines()) > 300


def test_every_source_that_is_fetched_is_attributed() -> None:
    page = _text("docs/reference/licences.md")
    sources = yaml.safe_load(_text("data/sources/downloads.yml"))
    assert len(sources) == 2
    for source in sources.values():
        assert source["attribution"] in page
        assert source["licence_en"] in page or source["licence_ja"] in page


def test_entries_of_the_changelog_say_what_they_touch() -> None:
    unreleased = _text("CHANGELOG.md").partition("## [Unreleased]")[2]
    entries = re.split(r"^- ", unreleased, flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert [entry.splitlines()[0] for entry in entries if "Impacted:" not in " ".join(entry.split())] == []


def test_the_container_is_not_root_and_tells_its_health() -> None:
    lines = [line.strip() for line in _text("Containerfile").splitlines() if line.strip() and not line.startswith("#")]
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
    (user,) = [line.split()[1] for line in last_stage if line.startswith("USER ")]
    assert int(user.partition(":")[0]) > 0
    assert any(line.startswith("HEALTHCHECK ") for line in last_stage)
    # Shell forms of CMD and ENTRYPOINT would keep signals from the server.
    assert all("[" in line for line in last_stage if line.startswith(("CMD", "ENTRYPOINT")))
    assert not any(line.startswith("ADD ") or ":latest" in line for line in lines)


def test_what_the_image_copies_is_what_the_wheel_needs() -> None:
    allowed = {line[1:] for line in _text(".containerignore").splitlines() if line.startswith("!")}
    needed = re.findall(r'^"([^"]+)" = "hyoka_kg/_resources', _text("pyproject.toml"), re.MULTILINE)
    assert len(needed) == 8
    assert set(needed) <= allowed
    assert _text(".dockerignore") == _text(".containerignore")
