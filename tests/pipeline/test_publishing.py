"""A server comes to hold the graphs of a build: what is there stays, what differs is sent, the rest is removed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.publishing import publish_graphs
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.writing import StoreWriter
from hyoka_kg.vocabulary import BASE

EX = "http://example.org/"
SAME, OTHER, NEW, GONE = (f"{BASE}graph/{name}" for name in ("same", "other", "new", "gone"))


def quad(value: str, graph: str) -> str:
    return f'<{EX}a> <{EX}is> "{value}" <{graph}> .\n'


class Server:
    """Another server's graph store; `deaf` takes nothing, and still answers that it did."""

    def __init__(self, lines: Iterable[str], *, deaf: bool = False) -> None:
        self.store = ox.Store()
        self.store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        self.deaf = deaf

    @property
    def remote(self) -> EmbeddedStore:
        return EmbeddedStore(self.store)

    def put(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        if not self.deaf:
            self.remove(graph)
            self.store.extend(ox.Quad(*triple, ox.NamedNode(graph)) for triple in triples)

    def remove(self, graph: str) -> None:
        if not self.deaf:
            self.store.remove_graph(ox.NamedNode(graph))

    def read(self, graph: str) -> list[str]:
        return sorted(str(one.triple) for one in self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


class Loader:
    """A bulk loader into such a server, which notes the order of what it is told."""

    def __init__(self, server: Server) -> None:
        self.server, self.told, self.lines = server, list[str](), list[str]()

    def clear(self, graphs: Iterable[str]) -> None:
        self.told.append("clear")
        for graph in graphs:
            self.server.remove(graph)

    def forget(self, build: str) -> None:
        self.told.append(f"forget {build}")

    def write(self, lines: Iterable[str], build: str) -> list[Path]:
        self.told.append(f"write {build}")
        self.lines = list(lines)
        return []

    def load(self, build: str) -> None:
        self.told.append(f"load {build}")
        self.server.store.load("".join(self.lines).encode(), format=ox.RdfFormat.N_QUADS)


@pytest.fixture
def store() -> EmbeddedStore:
    writer = StoreWriter.in_memory()
    writer.load([quad("1", SAME), quad("2", OTHER), quad("3", NEW), quad("4", NEW)])
    return writer


def there(*, deaf: bool = False) -> Server:
    """Return a server with one graph as ours, one of as many other triples, one that we have no more, one of others."""
    return Server([quad("1", SAME), quad("x", OTHER), quad("5", GONE), quad("6", f"{EX}theirs")], deaf=deaf)


def test_only_what_differs_is_sent_and_what_is_not_ours_stays(store: EmbeddedStore) -> None:
    server, steps = there(), list[str]()
    done = publish_graphs(store, server.remote, server, progress=steps.append)
    assert (done.kept, done.sent, done.removed, done.triples) == ([SAME], [NEW, OTHER], [GONE], 4)
    assert server.remote.graph_names() == [f"{EX}theirs", NEW, OTHER, SAME]
    assert server.read(OTHER) == [f'<{EX}a> <{EX}is> "2"']
    assert f"1/2 {NEW}" in steps
    again = publish_graphs(store, server.remote, server)
    assert (again.sent, again.removed, len(again.kept)) == ([], [], 3)


def test_a_bulk_load_clears_and_forgets_before_it_loads(store: EmbeddedStore) -> None:
    server = there()
    loader = Loader(server)
    done = publish_graphs(store, server.remote, server, loader, build="b1")
    assert loader.told == ["clear", "forget b1", "write b1", "load b1"]
    assert loader.lines == [quad("3", NEW), quad("4", NEW), quad("2", OTHER)]
    assert done.triples == 4
    loader.told.clear()
    publish_graphs(store, server.remote, server, loader, build="b1")
    assert loader.told == []


def test_a_server_that_holds_something_else_in_the_end_is_told_graph_by_graph(store: EmbeddedStore) -> None:
    server = there(deaf=True)
    with pytest.raises(StoreError, match=r"does not hold what was sent, in 3 graphs:") as told:
        publish_graphs(store, server.remote, server)
    for line in (f"{NEW}: 0 triples, sent 2", f"{OTHER}: as many triples, but other ones", f"{GONE}: still there"):
        assert line in str(told.value)
