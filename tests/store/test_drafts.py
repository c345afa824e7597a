"""A draft is a copy that may be changed; the builds that serve never show a half of it."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store import EmbeddedStore, current_build, drafts, open_build_area
from hyoka_kg.store.drafts import Draft, DraftPlace, DraftStore
from hyoka_kg.store.writing import StoreWriter

EX = "http://example.org/"
ONE, NEW = f"{EX}one", f"{EX}new"


def triple(name: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"{EX}{name}"), ox.NamedNode(f"{EX}is"), ox.NamedNode(f"{EX}b"))


@pytest.fixture
def folder(small_build: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_build, tmp_path / "store"))


@pytest.fixture
def draft(folder: Path) -> Draft:
    begun = Draft(folder)
    begun.begin()
    return begun


@pytest.fixture
def store(draft: Draft) -> DraftStore:
    return DraftPlace(str(draft.directory)).open()


def text_of(store: DraftStore, graph: str | None, media_type: str = "application/n-triples") -> str:
    output = io.BytesIO()
    store.write_graph(graph, media_type, output)
    return output.getvalue().decode()


def publish_other(folder: Path, name: str) -> None:
    with open_build_area(folder) as area:
        writer = StoreWriter(area.engine_directory)
        writer.finish()
        del writer
        area.publish(name, "{}")


def test_an_update_is_done_in_the_draft_alone(store: DraftStore, folder: Path) -> None:
    store.update(f"INSERT DATA {{ GRAPH <{NEW}> {{ <{EX}x> <{EX}is> <{EX}y> }} }}")
    assert store.count() == 6
    assert EmbeddedStore.open(folder).count() == 5


@pytest.mark.parametrize("update", ["SELECT * {}", f"INSERT DATA {{ <{EX}x> }}", f"DROP GRAPH <{NEW}>"])
def test_an_update_that_fails_does_nothing(store: DraftStore, update: str) -> None:
    first = f"INSERT DATA {{ GRAPH <{ONE}> {{ <{EX}x> <{EX}is> <{EX}y> }} }}; "
    with pytest.raises(QueryError, match="The update cannot be carried out"):
        store.update(first + update)
    assert store.count() == 5


def test_graphs_are_extended_replaced_and_dropped(store: DraftStore) -> None:
    assert [store.has_graph(name) for name in (ONE, NEW, None)] == [True, False, True]
    store.add_to_graph(NEW, [])
    assert store.has_graph(NEW)
    store.add_to_graph(NEW, [triple("x")])
    assert text_of(store, NEW) == f"<{EX}x> <{EX}is> <{EX}b> .\n"
    store.replace_graph(ONE, [triple("a"), triple("z")])
    assert sorted(text_of(store, ONE).splitlines()) == [f"<{EX}{s}> <{EX}is> <{EX}b> ." for s in "az"]
    store.drop_graph(ONE)
    assert not store.has_graph(ONE)
    assert store.graph_names() == [NEW, f"{EX}two"]


def test_the_unnamed_graph_is_changed_in_the_same_way(store: DraftStore) -> None:
    assert "unnamed graph" in text_of(store, None, "text/turtle")
    store.add_to_graph(None, [triple("x")])
    assert len(text_of(store, None).splitlines()) == 2
    store.replace_graph(None, [triple("y")])
    assert text_of(store, None) == f"<{EX}y> <{EX}is> <{EX}b> .\n"
    store.drop_graph(None)
    assert (text_of(store, None), store.has_graph(None)) == ("", True)
    assert store.graph_names() == [ONE, f"{EX}two"]


def test_a_draft_is_taken_up_where_it_was_left_and_discarded_whole(draft: Draft) -> None:
    assert draft.base == "small"
    store = DraftPlace(str(draft.directory)).open()
    store.drop_graph(ONE)
    del store
    draft.begin()
    assert not DraftPlace(str(draft.directory)).open().has_graph(ONE)
    draft.discard()
    assert not draft.directory.exists()
    draft.begin()
    assert DraftPlace(str(draft.directory)).open().has_graph(ONE)


def test_half_a_copy_is_no_draft(draft: Draft) -> None:
    (draft.directory.parent / "BASE").unlink()
    for part in draft.directory.iterdir():
        part.unlink()
    draft.begin()
    assert DraftPlace(str(draft.directory)).open().count() == 5


def test_a_saved_draft_serves_and_the_draft_goes_on_from_it(draft: Draft, store: DraftStore, folder: Path) -> None:
    store.add_to_graph(NEW, [triple("x")])
    saved = folder.parent / "saved"
    saved.mkdir()
    store.save_to(saved / "oxigraph")
    draft.publish(saved, "second", '{"from": "draft"}')
    assert (current_build(folder).parent.name, draft.base) == ("second", "second")
    assert EmbeddedStore.open(folder).count() == 6
    draft.refuse_other_base()


def test_a_draft_of_a_former_build_is_neither_taken_up_nor_published(draft: Draft, folder: Path) -> None:
    publish_other(folder, "other")
    saved = folder.parent / "saved"
    saved.mkdir()
    for attempt in (draft.begin, lambda: draft.publish(saved, "second", "{}")):
        with pytest.raises(StoreError, match=r"began from the build small, and other serves now.*--discard"):
            attempt()
    assert current_build(folder).parent.name == "other"


def test_a_draft_that_is_open_elsewhere_says_so(
    draft: Draft, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "_OPEN_TRIES", 2)
    monkeypatch.setattr(drafts, "_OPEN_PAUSE", 0.0)
    with pytest.raises(StoreError, match=r"Cannot open the draft .*Is it open elsewhere\?"):
        DraftPlace(str(draft.directory)).open()
    assert store.count() == 5


def test_tables_of_the_engine_are_shared_with_the_build_or_copied_where_they_cannot_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft(folder)
    draft.begin()
    tables = list(draft.directory.glob("*.sst"))
    assert tables
    assert {path.stat().st_nlink for path in tables} == {2}
    assert {path.stat().st_nlink for path in draft.directory.iterdir() if path.suffix != ".sst"} == {1}
    draft.discard()

    def refuse(*_: object) -> None:
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", refuse)
    draft.begin()
    assert {path.stat().st_nlink for path in draft.directory.iterdir()} == {1}
    assert DraftPlace(str(draft.directory)).open().count() == 5
