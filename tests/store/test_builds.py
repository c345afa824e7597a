"""A build is made aside and swapped in whole; anything less leaves the former one serving."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from hyoka_kg.errors import StoreError
from hyoka_kg.store import EmbeddedStore, current_build, open_build_area
from hyoka_kg.store.writing import StoreWriter

LINE = '<http://example.org/s> <http://example.org/p> "{}" <http://example.org/g> .\n'
ASK_VALUE = "SELECT ?o WHERE { <http://example.org/s> <http://example.org/p> ?o }"


def publish(store: Path, value: str) -> Path:
    with open_build_area(store) as area:
        writer = StoreWriter(area.engine_directory)
        writer.load([LINE.format(value)])
        writer.finish()
        del writer
        return area.publish(f"build-{value}", json.dumps({"value": value}))


def served_value(store: Path) -> str:
    return EmbeddedStore.open(store).select(ASK_VALUE).as_text()[0]["o"]


def test_the_last_published_build_serves(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    publish(tmp_path, "two")
    assert served_value(tmp_path) == "two"


def test_the_former_build_stays_for_its_readers_until_the_next_build(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    reader = EmbeddedStore.open(tmp_path)
    publish(tmp_path, "two")
    assert reader.select(ASK_VALUE).as_text() == [{"o": "one"}]
    publish(tmp_path, "three")
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == ["build-three", "build-two"]


def test_the_same_content_may_be_published_twice(tmp_path: Path) -> None:
    first, second = publish(tmp_path, "one"), publish(tmp_path, "one")
    assert first != second
    assert served_value(tmp_path) == "one"


def test_a_failing_build_leaves_nothing_and_the_former_serves(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with pytest.raises(StoreError, match="Cannot load statements"), open_build_area(tmp_path) as area:
        StoreWriter(area.engine_directory).load(["this is not N-Quads\n"])
    assert served_value(tmp_path) == "one"
    assert [path.name for path in (tmp_path / "builds").iterdir()] == ["build-one"]


def _build_and_die(store: str) -> None:
    with open_build_area(Path(store)) as area:
        StoreWriter(area.engine_directory).load([LINE.format("half")])
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_build_leaves_the_former_serving_and_the_next_cleans_up(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    process = multiprocessing.get_context("spawn").Process(target=_build_and_die, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert served_value(tmp_path) == "one"
    publish(tmp_path, "two")
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == ["build-one", "build-two"]


def test_a_locked_store_says_so_and_still_serves(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with open_build_area(tmp_path):
        with pytest.raises(StoreError, match="locked: another build is under way"):
            publish(tmp_path, "two")
        assert served_value(tmp_path) == "one"


def test_a_half_written_build_is_named(tmp_path: Path) -> None:
    folder = publish(tmp_path, "one")
    (folder / "DONE").unlink()
    with pytest.raises(StoreError, match="build-one is half-written or damaged"):
        EmbeddedStore.open(tmp_path)


def test_an_empty_folder_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store at .* Build one: hyoka build"):
        current_build(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StoreError, match="Cannot write the store folder"), open_build_area(blocked / "store"):
        pass
