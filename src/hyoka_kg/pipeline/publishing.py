"""Publish a built graph to another server, and prove graph by graph that it holds the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hyoka_kg.errors import StoreError
from hyoka_kg.query import graph_sizes
from hyoka_kg.store import EmbeddedStore, GraphStore
from hyoka_kg.store.graph_stores import GraphStoreServer
from hyoka_kg.store.virtuoso import VirtuosoLoader
from hyoka_kg.vocabulary import BASE

# Graphs of these names are ours to remove; whatever else a server holds stays.
_OURS = f"{BASE}graph/"
_SHOWN = 10

Progress = Callable[[str], None]


@dataclass(slots=True)
class Publication:
    """What publishing did.

    Attributes:
        kept: Graphs that the server held already, triple by triple.
        sent: Graphs that were sent.
        removed: Graphs of ours that the build has no more.
        triples: Triples of all graphs, as counted on the server.
        load_seconds: Time that sending and loading took, in seconds.
    """

    kept: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    triples: int = 0
    load_seconds: float = 0.0


def publish_graphs(
    store: EmbeddedStore,
    remote: GraphStore,
    server: GraphStoreServer,
    loader: VirtuosoLoader | None = None,
    progress: Progress = lambda _step: None,
    build: str = "graph",
) -> Publication:
    """Let a server hold the graphs of a store; what it holds already is not sent again.

    Args:
        store: The build to publish.
        remote: The server's query side.
        server: The server's graph store.
        loader: Virtuoso's bulk loader, to send all in one go; None sends graph by graph.
        progress: Told each step.
        build: Name of the build.

    Raises:
        StoreError: The server does not take a graph, or holds another one in the end.
    """
    progress("comparing with the server")
    counted, ours = graph_sizes(remote), store.graph_names()
    done = Publication()
    for name in ours:
        (done.sent if _difference(store, server, counted, name) else done.kept).append(name)
    done.removed = _left(counted, ours)
    progress(f"sending {len(done.sent):,} graphs; {len(done.kept):,} are there already")
    start = time.monotonic()
    if loader is None:
        _send_each(store, server, done, progress)
    else:
        _send_in_bulk(store, loader, done, build)
    done.load_seconds = round(time.monotonic() - start, 1)
    progress("comparing again")
    done.triples = _prove(store, remote, server, done.sent)
    return done


def _send_each(store: EmbeddedStore, server: GraphStoreServer, done: Publication, progress: Progress) -> None:
    for number, name in enumerate(done.sent, 1):
        server.put(name, store.triples_of(name))
        progress(f"{number:,}/{len(done.sent):,} {name}")
    for name in done.removed:
        server.remove(name)


def _send_in_bulk(store: EmbeddedStore, loader: VirtuosoLoader, done: Publication, build: str) -> None:
    if not done.sent and not done.removed:
        return
    loader.clear([*done.sent, *done.removed])
    loader.forget(build)
    loader.write(_quads(store, done.sent), build)
    loader.load(build)


def _prove(store: EmbeddedStore, remote: GraphStore, server: GraphStoreServer, sent: Iterable[str]) -> int:
    counted, ours = graph_sizes(remote), store.graph_names()
    wrong = [f"{name}: {problem}" for name in sent if (problem := _difference(store, server, counted, name))]
    wrong += [f"{name}: still there" for name in _left(counted, ours)]
    if wrong:
        told = "\n".join(f"  {line}" for line in wrong[:_SHOWN])
        raise StoreError(f"The server does not hold what was sent, in {len(wrong)} graphs:\n{told}\nPublish again.")
    return sum(counted[name] for name in ours)


def _left(counted: Iterable[str], ours: Iterable[str]) -> list[str]:
    """Return the graphs of the server that bear our names and are none of the build's."""
    return sorted(name for name in set(counted).difference(ours) if name.startswith(_OURS))


def _difference(store: EmbeddedStore, server: GraphStoreServer, counted: dict[str, int], name: str) -> str:
    lines = _lines(store, name)
    if counted.get(name) != len(lines):
        return f"{counted.get(name, 0):,} triples, sent {len(lines):,}"
    return "" if server.read(name) == lines else "as many triples, but other ones"


def _lines(store: EmbeddedStore, graph: str) -> list[str]:
    return sorted(map(str, store.triples_of(graph)))


def _quads(store: EmbeddedStore, graphs: Iterable[str]) -> Iterator[str]:
    for graph in graphs:
        for line in _lines(store, graph):
            yield f"{line} <{graph}> .\n"
