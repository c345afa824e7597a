"""A draft of the graph: a copy of the current build that may be changed, and becomes the next build when it is right.

<store>/draft/oxigraph   the engine's directory; only one process may open it
<store>/draft/BASE       names the build that the draft began from

The builds that serve stay as they are: no reader of theirs ever meets a half-made change.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store.builds import ENGINE, current_build, open_build_area
from hyoka_kg.store.embedded import EmbeddedStore
from hyoka_kg.store.interface import Output

_DRAFT, _BASE = "draft", "BASE"
# A process that was killed gives up the directory a moment later.
_OPEN_TRIES, _OPEN_PAUSE = 50, 0.1


class DraftStore(EmbeddedStore):
    """A store that may be changed; each change is made whole or not at all."""

    def update(self, update: str) -> None:
        """Carry out a SPARQL 1.1 Update request.

        Raises:
            QueryError: It cannot be read, or one of its operations fails; nothing of it is done.
        """
        try:
            self._store.update(update)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"The update cannot be carried out: {error}") from error

    def write_graph(self, name: str | None, media_type: str, output: Output) -> None:
        """Write one graph in a media type of triples."""
        form = ox.RdfFormat.from_media_type(media_type)
        triples = (quad.triple for quad in self._store.quads_for_pattern(None, None, None, _graph(name)))
        ox.serialize(triples, output, format=form)  # type: ignore[arg-type]  # write is enough

    def has_graph(self, name: str | None) -> bool:
        """Return whether a named graph is there; the default graph (None) always is."""
        return name is None or self._store.contains_named_graph(ox.NamedNode(name))

    def add_to_graph(self, name: str | None, triples: Iterable[ox.Triple]) -> None:
        """Add triples to a graph, which comes to be with them."""
        graph = _graph(name)
        if isinstance(graph, ox.NamedNode):
            self._store.add_graph(graph)
        self._store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)

    def replace_graph(self, name: str | None, triples: Iterable[ox.Triple]) -> None:
        """Let a graph hold these triples and no others; cut off in the middle, it still holds all of its old ones."""
        graph, kept = _graph(name), set(triples)
        former = [quad for quad in self._store.quads_for_pattern(None, None, None, graph) if quad.triple not in kept]
        self.add_to_graph(name, kept)
        for quad in former:
            self._store.remove(quad)

    def drop_graph(self, name: str | None) -> None:
        """Remove a graph with all its triples."""
        graph = _graph(name)
        if isinstance(graph, ox.NamedNode):
            self._store.remove_graph(graph)
        else:
            self._store.clear_graph(graph)

    def save_to(self, directory: Path) -> None:
        """Write the graph as it stands to a new directory."""
        self._store.flush()
        self._store.backup(str(directory))


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where a draft is; it travels between processes.

    Attributes:
        directory: The engine's directory.
        union: Whether the default graph of queries is the union of all named graphs.
    """

    directory: str
    union: bool = True

    def open(self) -> DraftStore:
        """Open the draft for changes.

        Raises:
            StoreError: Another process has it open, or it cannot be read.
        """
        for attempt in range(_OPEN_TRIES):
            try:
                return DraftStore(ox.Store(self.directory), union=self.union)
            except OSError as error:
                if attempt == _OPEN_TRIES - 1:
                    raise StoreError(
                        f"Cannot open the draft {self.directory}: {error}. Is it open elsewhere?"
                    ) from error
            time.sleep(_OPEN_PAUSE)
        raise AssertionError


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a store folder."""

    store: Path

    @property
    def directory(self) -> Path:
        """Return the engine's directory."""
        return self.store / _DRAFT / ENGINE

    @property
    def base(self) -> str:
        """Return the name of the build that the draft began from."""
        return (self.store / _DRAFT / _BASE).read_text(encoding="utf-8")

    def begin(self) -> None:
        """Take up the draft that is there, or begin one from the current build.

        Raises:
            StoreError: There is no build, or the draft began from another one than the current.
        """
        current = current_build(self.store)
        if self.directory.is_dir() and (self.store / _DRAFT / _BASE).is_file():
            self.refuse_other_base()
            return
        shutil.rmtree(self.store / _DRAFT, ignore_errors=True)
        shutil.copytree(current, self.directory, copy_function=_link_or_copy)
        self._set_base(current.parent.name)

    def discard(self) -> None:
        """Remove the draft; the builds stay."""
        shutil.rmtree(self.store / _DRAFT, ignore_errors=True)

    def refuse_other_base(self) -> None:
        """Let the draft pass, or say that it is out of date.

        Raises:
            StoreError: The current build is not the one that the draft began from.
        """
        current = current_build(self.store).parent.name
        if current != self.base:
            raise StoreError(
                f"The draft began from the build {self.base}, and {current} serves now: to publish it would undo that "
                "build. Take what you need from the draft, then begin a new one: hyoka draft --discard."
            )

    def publish(self, saved: Path, build: str, manifest: str) -> None:
        """Let a saved state of the draft serve, and go on from it.

        Raises:
            StoreError: A build is under way, or another build serves since the draft began.
        """
        with open_build_area(self.store) as area:
            self.refuse_other_base()
            for part in saved.iterdir():
                part.rename(area.folder / part.name)
            self._set_base(area.publish(build, manifest).name)

    def _set_base(self, name: str) -> None:
        path = self.store / _DRAFT / _BASE
        aside = path.with_suffix(".next")
        aside.write_text(name, encoding="utf-8")
        aside.replace(path)


def _graph(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if name is None else ox.NamedNode(name)


def _link_or_copy(source: str, target: str) -> None:
    # The engine writes its sorted tables once; everything else of it may be written again.
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
        return
    shutil.copy2(source, target)
