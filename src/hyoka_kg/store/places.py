"""Where a graph is: a store folder, one finished build, or a SPARQL server; a place travels between processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from hyoka_kg.errors import StoreError
from hyoka_kg.store.builds import current_build
from hyoka_kg.store.embedded import EmbeddedStore
from hyoka_kg.store.interface import GraphStore
from hyoka_kg.store.remote import RemoteStore

_REMOTE = "sparql:"


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
