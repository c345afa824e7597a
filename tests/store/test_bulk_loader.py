"""Virtuoso's bulk loader: parts that are written once, and a client that tells of what failed."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from hyoka_kg.errors import StoreError
from hyoka_kg.store import virtuoso
from hyoka_kg.store.virtuoso import VirtuosoLoader

CLIENT = """#!/bin/sh
echo "$*" >> "{log}"
cat >> "{log}"
cat "{said}"
"""
LOADED = "Connected\n\n0 Rows. -- 1 msec.\n"


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a client on the path that says what stands in a file, and notes what it was told in `log`."""
    said = tmp_path / "said"
    said.write_text(LOADED)
    client = tmp_path / "bin" / "isql"
    client.parent.mkdir()
    client.write_text(CLIENT.format(log=tmp_path / "log", said=said))
    client.chmod(0o755)
    monkeypatch.setenv("PATH", f"{client.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(virtuoso, "_CLIENTS", ("isql-that-is-not-there", "isql"))
    return said


@pytest.fixture
def loader(tmp_path: Path) -> VirtuosoLoader:
    return VirtuosoLoader("127.0.0.1:1111", tmp_path / "parts", "dba", "secret")


def told(loader: VirtuosoLoader) -> str:
    log = loader.folder.with_name("log")
    return log.read_text() if log.exists() else ""


def test_lines_are_written_in_parts_and_a_part_that_is_there_stays(
    loader: VirtuosoLoader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtuoso, "_LINES_A_FILE", 2)
    parts = loader.write(["a\n", "年\n", "c\n"], "build")
    assert [path.name for path in parts] == ["part-00000.nq.gz", "part-00001.nq.gz"]
    assert [gzip.decompress(path.read_bytes()).decode() for path in parts] == ["a\n年\n", "c\n"]
    first = parts[0].read_bytes()
    assert loader.write(["other\n", "lines\n", "c\n", "d\n", "e\n"], "build") == [
        *parts, parts[0].with_name("part-00002.nq.gz")
    ]  # fmt: skip
    assert parts[0].read_bytes() == first
    assert loader.write([], "empty") == []


def test_the_client_is_told_the_folder_and_that_everything_is_loaded(loader: VirtuosoLoader, said: Path) -> None:
    loader.load("build")
    folder = str((loader.folder / "build").resolve())
    assert told(loader).startswith("127.0.0.1:1111 dba secret\n")
    assert f"ld_dir('{folder}', '*.nq.gz'" in told(loader)
    assert f"SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_file LIKE '{folder}/%'" in told(loader)
    said.write_text("part-00001.nq.gz  37000 syntax error\n\n1 Rows. -- 1 msec.\n")
    with pytest.raises(StoreError, match=r"did not load every file of .*build:\n.*37000 syntax error"):
        loader.load("build")


def test_what_the_server_refuses_is_told_with_what_to_check(loader: VirtuosoLoader, said: Path) -> None:
    said.write_text("*** Error 28000: Bad login\nat line 0\n")
    with pytest.raises(StoreError, match=r"at 127\.0\.0\.1:1111 says: 28000: Bad login\. .*HYOKA_PUBLISH_PASSWORD"):
        loader.load("build")


def test_graphs_are_cleared_and_a_name_that_is_no_iri_never_reaches_the_server(
    loader: VirtuosoLoader, said: Path
) -> None:
    assert said.exists()
    loader.clear(["http://example.org/g", "http://a/> ; DROP TABLE x", "it's"])
    assert told(loader) == (
        "127.0.0.1:1111 dba secret\nlog_enable(3, 1);\nSPARQL CLEAR GRAPH <http://example.org/g>;\n"
    )
    loader.clear(["not an iri"])
    assert told(loader).count("CLEAR") == 1


def test_a_build_is_forgotten_with_its_files(loader: VirtuosoLoader, said: Path) -> None:
    assert said.exists()
    (part,) = loader.write(["a\n"], "build")
    loader.forget("build")
    assert f"DELETE FROM DB.DBA.load_list WHERE ll_file LIKE '{part.parent.resolve()}/%';" in told(loader)
    assert not part.parent.exists()


def test_a_folder_with_a_quote_is_refused(tmp_path: Path, said: Path) -> None:
    assert said.exists()
    with pytest.raises(StoreError, match=r"has a quote in its name\. Choose another: --folder"):
        VirtuosoLoader("127.0.0.1:1111", tmp_path / "it's").load("build")


def test_without_a_client_the_other_way_is_told(loader: VirtuosoLoader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreError, match=r"None of isql-vt, isql-v, isql is installed.*--graph-store"):
        loader.clear(["http://example.org/g"])
    assert "secret" not in repr(loader)
