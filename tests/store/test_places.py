"""A place is a folder, a finished build or a server; the current build is looked up anew and never lost."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from hyoka_kg.errors import StoreError
from hyoka_kg.store import CurrentPlace, EmbeddedStore, RemoteStore, StorePlace, current_build, open_build_area, places
from hyoka_kg.store.builds import read_manifest
from hyoka_kg.store.writing import StoreWriter


def publish(store: Path, name: str) -> None:
    with open_build_area(store) as area:
        StoreWriter(area.engine_directory).finish()
        area.publish(name, f'{{"name": "{name}"}}')


@pytest.fixture
def folder(small_build: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_build, tmp_path / "store"))


def test_a_settled_place_keeps_its_build_while_another_is_published(folder: Path) -> None:
    place = StorePlace(str(folder), union=False)
    settled = pickle.loads(pickle.dumps(place.settle()))  # noqa: S301 - dumped here
    publish(folder, "next")
    assert settled == StorePlace(str(folder / "builds" / "small" / "oxigraph"), union=False)
    assert [len(one.open().select("SELECT * { ?s ?p ?o }").rows) for one in (settled, place)] == [1, 0]
    assert read_manifest(folder) == '{"name": "next"}'


def test_a_build_is_named_by_its_store_its_folder_or_its_directory(folder: Path) -> None:
    build = folder / "builds" / "small"
    assert {current_build(path) for path in (folder, build, build / "oxigraph")} == {build / "oxigraph"}
    shutil.rmtree(build / "oxigraph")
    with pytest.raises(StoreError, match="half-written or damaged"):
        current_build(folder)


def test_a_server_is_named_by_its_address_and_asked_for_nothing_when_settled() -> None:
    place = StorePlace("sparql:https://example.org/sparql", seconds=5.0)
    assert place.is_remote
    assert place.settle() is place
    assert isinstance(place.open(), RemoteStore)
    assert not StorePlace("folder").is_remote


@pytest.mark.parametrize("address", ["sparql:", "sparql:example.org", "sparql:file:///etc/passwd", "sparql:ftp://a/"])
def test_what_is_no_address_of_a_server_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(StoreError, match=r"is not the address of a server\. Write sparql:https://host/sparql"):
        StorePlace(address).open()


def test_a_new_build_is_noticed_and_a_folder_that_goes_away_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(places.time, "monotonic", lambda: now[0])
    current = CurrentPlace(StorePlace(str(folder)))
    first = current.get()
    publish(folder, "next")
    now[0] += 0.5
    assert current.get() is first
    now[0] += 1.0
    second = current.get()
    assert Path(second.address).parent.name == "next"
    (folder / "CURRENT").unlink()
    now[0] += 2.0
    assert current.get() == second
    assert isinstance(second.open(), EmbeddedStore)


def test_where_nothing_was_ever_built_the_way_to_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store at .* Build one: hyoka build"):
        CurrentPlace(StorePlace(str(tmp_path))).get()


def test_a_build_that_was_killed_is_taken_up_under_its_key_and_no_other(tmp_path: Path) -> None:
    half = tmp_path / "builds" / "staging-key"
    half.mkdir(parents=True)
    (half / "shard").write_text("done")
    with open_build_area(tmp_path, "other") as area:
        assert list(area.folder.iterdir()) == []
    with open_build_area(tmp_path, "key") as area:
        assert (area.folder / "shard").read_text() == "done"
        area.clear()
        assert list(area.folder.iterdir()) == []
    assert not half.exists()


def test_a_disk_that_refuses_on_the_way_is_told_with_what_still_serves(folder: Path) -> None:
    with (
        pytest.raises(StoreError, match=r"Cannot write the build in .*No space left.*What served before still serves"),
        open_build_area(folder),
    ):
        raise OSError(28, "No space left on device")
    assert current_build(folder).parent.name == "small"
    assert [path.name for path in (folder / "builds").iterdir()] == ["small"]
