"""The archive: what a user brings enters under the same checks, and a build reads it as it is."""

from __future__ import annotations

import fcntl
import re
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hyoka_kg.acquisition import Archive, check_archive, find_source, read_downloads, take
from hyoka_kg.acquisition.archive import sha256_of
from hyoka_kg.acquisition.messages import _messages
from hyoka_kg.config import data_dir
from hyoka_kg.errors import AcquisitionError, LayoutError
from hyoka_kg.pipeline.national.loading import Loaded, state_frame
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.sources.registry import read_registry

SRC = Path(__file__).resolve().parents[2] / "src" / "hyoka_kg"


@pytest.fixture
def downloaded(tmp_path: Path, tools: SimpleNamespace) -> Path:
    """Return a folder as a person downloads into."""
    folder = tmp_path / "downloads"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "table.zip").write_bytes(tools.zipped())
    (folder / "holiday.zip").write_bytes(b"other")
    return folder


def test_files_of_a_folder_enter_under_the_same_checks(bench: Any, downloaded: Path) -> None:
    bench.names = ("table.zip", "missing.zip")
    first, second = take(bench.archive, bench.source, downloaded, bench.source.downloads)
    assert (first.status, second.status) == ("fetched", "absent")
    assert [(entry.file, entry.way) for entry in Archive(bench.archive.folder).entries] == [("table.zip", "folder")]
    again = list(take(Archive(bench.archive.folder), bench.source, downloaded, bench.source.downloads))
    assert [one.status for one in again] == ["kept", "absent"]


def test_a_damaged_file_of_a_folder_is_refused(bench: Any, downloaded: Path) -> None:
    path = downloaded / "deeper" / "table.zip"
    path.write_bytes(path.read_bytes()[:-100])
    [one] = take(bench.archive, bench.source, downloaded, bench.source.downloads)
    assert one.status == "failed"
    assert "the zip is not whole" in one.trouble
    assert bench.files == {}


def test_another_version_in_a_folder_needs_a_word(bench: Any, downloaded: Path, tools: SimpleNamespace) -> None:
    list(take(bench.archive, bench.source, downloaded, bench.source.downloads))
    (downloaded / "deeper" / "table.zip").write_bytes(tools.zipped("新版"))
    [refused] = take(bench.archive, bench.source, downloaded, bench.source.downloads)
    assert "take the new one with --update" in refused.trouble
    [taken] = take(bench.archive, bench.source, downloaded, bench.source.downloads, update=True)
    assert taken.status == "updated"


def test_a_name_may_be_decomposed(bench: Any, downloaded: Path, tools: SimpleNamespace) -> None:
    bench.names = ("1-3_政策・施策、法令等がデータ.zip",)
    decomposed = unicodedata.normalize("NFD", bench.names[0])
    assert decomposed != bench.names[0]
    (downloaded / decomposed).write_bytes(tools.zipped())
    [one] = take(bench.archive, bench.source, downloaded, bench.source.downloads)
    assert Path(one.path).name == bench.names[0]


@pytest.mark.parametrize(("name", "told"), [("holiday", "none of the 1 files"), ("nowhere", "is not a folder")])
def test_a_folder_without_the_files_is_told(bench: Any, downloaded: Path, name: str, told: str) -> None:
    (downloaded / "holiday").mkdir()
    with pytest.raises(AcquisitionError, match=told):
        list(take(bench.archive, bench.source, downloaded / name, bench.source.downloads))


def test_two_fetches_do_not_share_an_archive(bench: Any, downloaded: Path) -> None:
    bench.archive.folder.mkdir()
    with (bench.archive.folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(AcquisitionError, match="in use by another `hyoka fetch`"):
            list(take(bench.archive, bench.source, downloaded, bench.source.downloads))


def test_an_archive_that_cannot_be_written_is_told(bench: Any, downloaded: Path) -> None:
    blocked = Archive(downloaded / "holiday.zip" / "archive")
    with pytest.raises(AcquisitionError, match="cannot be written"):
        list(take(blocked, bench.source, downloaded, bench.source.downloads))


@pytest.mark.parametrize(("text", "line"), [("", 1), ("source,file\n", 1), (None, 2)])
def test_a_damaged_manifest_is_told_with_its_line(bench: Any, downloaded: Path, text: str | None, line: int) -> None:
    list(take(bench.archive, bench.source, downloaded, bench.source.downloads))
    path = bench.archive.folder / "manifest.csv"
    path.write_text(path.read_text()[:-20].rpartition(",")[0] if text is None else text)
    with pytest.raises(AcquisitionError, match=f"manifest.csv, line {line}: this is not a row"):
        _ = Archive(bench.archive.folder).entries


def test_a_file_that_changed_in_the_archive_stops_a_build(bench: Any, downloaded: Path) -> None:
    [one] = take(bench.archive, bench.source, downloaded, bench.source.downloads)
    check_archive(bench.archive.folder, {"source/table.zip": one.sha256, "source/other.zip": "0" * 64})
    with pytest.raises(AcquisitionError, match=r"is not the file that was fetched at .*Run hyoka fetch source"):
        check_archive(bench.archive.folder, {"source/table.zip": "0" * 64})


def test_a_build_reads_an_archive_as_it_reads_the_files(
    bench: Any, tmp_path: Path, small_corpora: SimpleNamespace
) -> None:
    registry = read_registry(data_dir() / "registry")
    corpus = small_corpora.write_corpus(tmp_path / "corpus")
    downloads = tuple(
        replace(bench.source.downloads[0], name=path.name, source="cas_rs_csv") for path in corpus.rglob("*.zip")
    )
    assert len(downloads) == 15
    list(take(bench.archive, bench.source, corpus, downloads))
    shutil.rmtree(corpus / "judgit")
    plain, archived = plan_corpus(corpus, data_dir()), plan_corpus(bench.archive.folder, data_dir())
    assert [task.name for task in archived.tasks] == [task.name for task in plain.tasks]
    assert archived.ignored == ()
    assert archived.key != plain.key, "when a file was retrieved is stated too"
    frame = {graph.name: graph.lines for graph in state_frame(Loaded([]), archived, registry, data_dir(), set())}
    [source] = [lines for name, lines in frame.items() if name.endswith("/graph/source")]
    entries = archived.retrieved.values()
    for predicate in ("dc/terms/source", "prov#generatedAtTime", "dc/terms/license"):
        assert sum(predicate in line for line in source) == len(entries) == 15
    assert all(any(f'"{entry.retrieved_at}"^^' in line for line in source) for entry in entries)
    (bench.archive.folder / "cas_rs_csv" / downloads[0].name).write_bytes(b"damaged")
    with pytest.raises(AcquisitionError, match="Run hyoka fetch cas_rs_csv"):
        plan_corpus(bench.archive.folder, data_dir())


def test_the_registered_sources_are_whole() -> None:
    sources = read_downloads(data_dir())
    assert {name: len(source.downloads) for name, source in sources.items()} == {"cas_rs_csv": 30, "judgit_json": 1}
    for source in sources.values():
        assert source.hosts
        assert source.licence_url.startswith("https://")
        for download in source.downloads:
            assert re.fullmatch(r"https://[!-~]+", download.url)
            assert download.url.split("/")[2] in source.hosts
            assert re.fullmatch(r"([0-9a-f]{64})?", download.sha256)
    assert sum(bool(download.sha256) for download in sources["cas_rs_csv"].downloads) == 13


@pytest.mark.corpus
def test_the_registered_hashes_are_those_of_the_official_files(corpus_dir: Path, tmp_path: Path) -> None:
    source = find_source(read_downloads(data_dir()), "cas_rs_csv")
    outcomes = list(take(Archive(tmp_path), source, corpus_dir / "rs_2024", source.choose([2024])))
    assert sorted(one.status for one in outcomes) == ["absent"] * 2 + ["fetched"] * 13
    assert {one.sha256 for one in outcomes if one.sha256} == {sha256_of(p) for p in (corpus_dir / "rs_2024").iterdir()}


@pytest.mark.parametrize(
    ("text", "told"), [("a: {}", "an entry is not whole"), ("a: [", "an entry is not whole"), (None, "cannot be read")]
)
def test_a_damaged_list_of_sources_is_told(tmp_path: Path, text: str | None, told: str) -> None:
    (tmp_path / "sources").mkdir()
    if text is not None:
        (tmp_path / "sources" / "downloads.yml").write_text(text)
    with pytest.raises(LayoutError, match=told):
        read_downloads(tmp_path)


def test_every_message_is_used_and_speaks_both_languages() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (SRC / "acquisition").glob("*.py"))
    used = set(re.findall(r'"([a-z-]+)"', code))
    assert len(_messages()) == 21
    for key, texts in _messages().items():
        assert key in used
        assert set(texts) == {"en", "ja"}
        names = {name: set(re.findall(r"\{(\w+)", text)) for name, text in texts.items()}
        assert names["ja"] <= names["en"], key
        assert re.search(r"[\u3040-\u30ff]", texts["ja"])
        assert not re.search(r"[\u3040-\u30ff]", texts["en"])
