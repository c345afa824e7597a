"""The wheel and the source archive hold every file that the program reads."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_RESOURCES = (
    "ontology", "queries", "data/registry", "data/documents", "data/national", "data/sources", "data/release.yml",
    "notebooks",
)  # fmt: skip


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive, and from it the wheel, as a release does."""
    folder = tmp_path_factory.mktemp("packages")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return folder


def _files(folder: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def test_the_wheel_holds_what_the_program_reads(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    # The sources of the built scripts stay in the sdist.
    own = [name.removeprefix("src/") for name in _files("src") if "/service/browser/" not in name]
    resources = [f"hyoka_kg/_resources/{name}" for folder in _RESOURCES for name in _files(folder)]
    assert len(own) > 450
    assert len(resources) > 200
    assert [name for name in (*own, *resources) if name not in inside] == []
    # Templates, styles and sentences are no Python and are missed most easily.
    kinds = {Path(name).suffix for name in own}
    assert {".py", ".pyi", ".typed", ".yml", ".csv", ".j2", ".css", ".sql"} <= kinds


def test_the_wheel_says_its_licences_and_command(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(f"{info}/METADATA").decode()
        assert "License-Expression: Apache-2.0 AND CC-BY-4.0" in metadata
        assert f"{info}/licenses/LICENSES/CC-BY-4.0.txt" in archive.namelist()
        assert "hyoka = hyoka_kg.cli:main" in archive.read(f"{info}/entry_points.txt").decode()


def test_the_source_archive_can_be_worked_on(packages: Path) -> None:
    (archive,) = packages.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        inside = {name.partition("/")[2] for name in opened.getnames()}
    for folder in ("src", "tests", "docs", "notebooks", *_RESOURCES):
        assert [name for name in _files(folder) if name not in inside] == []
    assert {"LICENSE", "CITATION.cff", "SECURITY.md", "Makefile", "Containerfile", "constraints.txt"} <= inside
    # What was fetched or built on this machine stays here.
    assert [name for name in inside if name.startswith(("data/archive", "data/build", ".venv"))] == []
