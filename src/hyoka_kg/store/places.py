"""Where a graph is: a store folder, one finished build, or a SPARQL server; a place travels between processes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from hyoka_kg.errors import StoreError
from hyoka_kg.store.builds import current_build
from hyoka_kg.store.embedded import EmbeddedStore
from hyoka_kg.store.interface import GraphStore
from hyoka_kg.store.remote import RemoteStore

_REMOTE = "sparql:"
_LOOK_EVERY_SECONDS = 1.0


class Place(Protocol):
    """Where a graph is; it travels between processes."""

    def open(self) -> GraphStore:
        """Open the graph.

        Raises:
            StoreError: It cannot be opened.
        """
        ...


# Without slots: it travels to another process with each question, and Python packs a plain instance faster.
@dataclass(frozen=True)
class StorePlace:
    """The address of a graph.

    Attributes:
        address: A folder, or `sparql:` and the query URL of a server.
        union: Whether the default graph is the union of all named graphs (of a folder; a server has its own way).
        seconds: Longest time that a server may take for one answer.
    """

    address: str
    union: bool = True
    seconds: float = 60.0

    @property
    def is_remote(self) -> bool:
        """Return whether another server keeps the graph."""
        return self.address.startswith(_REMOTE)

    def settle(self) -> StorePlace:
        """Return the place of the build that is current at this moment; it keeps its content.

        Raises:
            StoreError: There is no finished build.
        """
        return self if self.is_remote else replace(self, address=str(current_build(Path(self.address))))

    def open(self) -> GraphStore:
        """Open the graph for reading.

        Raises:
            StoreError: There is no finished build, or it cannot be read.
        """
        if self.is_remote:
            url = self.address.removeprefix(_REMOTE)
            if not url.startswith(("http://", "https://")):
                raise StoreError(f"'{self.address}' is not the address of a server. Write sparql:https://host/sparql.")
            return RemoteStore(url, self.seconds)
        return EmbeddedStore.open(Path(self.address), union=self.union)


@dataclass(slots=True)
class CurrentPlace:
    """The build that serves at this moment; a new one is noticed within a second.

    Attributes:
        place: Where the builds are.
    """

    place: StorePlace
    _settled: StorePlace | None = None
    _looked: float = field(default=0.0)

    def get(self) -> StorePlace:
        """Return the place of the build; the last one that was seen, where the folder cannot be read any more.

        Raises:
            StoreError: There never was a finished build.
        """
        now = time.monotonic()
        if self._settled is None or now - self._looked > _LOOK_EVERY_SECONDS:
            self._looked = now
            try:
                self._settled = self.place.settle()
            except StoreError:
                if self._settled is None:
                    raise
        return self._settled
