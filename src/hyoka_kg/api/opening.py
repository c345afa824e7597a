"""Open a graph: a store folder, a SPARQL server, or the sample that ships with the package."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path

from hyoka_kg.api.knowledge_graph import KnowledgeGraph
from hyoka_kg.config import Settings
from hyoka_kg.errors import StoreError
from hyoka_kg.store import EmbeddedStore, RemoteStore

_SERVERS = ("http://", "https://")
_SERVER = "sparql:"


def open(address: str | PathLike[str] | None = None, *, seconds: float = 60.0) -> KnowledgeGraph:
    """Open a graph for reading.

    Args:
        address: Folder of a store (`hyoka build --store FOLDER`), or the query URL of any SPARQL 1.1 server that holds
            the graph, such as `http://127.0.0.1:8890/sparql`. None means what `hyoka query` would ask: the server of
            `HYOKA_SPARQL_URL`, else the folder of `HYOKA_STORE`, else `data/build/store`.
        seconds: Longest time that a server may take for one answer.

    Raises:
        StoreError: There is no store in the folder. Nothing is built, and nothing else opened in its place.

    >>> hk.open(folder)
    <KnowledgeGraph store>
    >>> hk.open("https://example.org/sparql")
    <KnowledgeGraph https://example.org/sparql>
    """
    settings = Settings.from_environment()
    place = fspath(address) if address is not None else settings.sparql_url or fspath(settings.store_dir)
    url = place.removeprefix(_SERVER)
    if url.startswith(_SERVERS):
        return KnowledgeGraph(RemoteStore(url, seconds), url)
    try:
        return KnowledgeGraph(EmbeddedStore.open(Path(place)), place)
    except StoreError as error:
        raise StoreError(f"{error} To look at the sample papers first: hyoka_kg.sample()") from error


def sample(progress: Callable[[str], None] = lambda _step: None) -> KnowledgeGraph:
    """Open the graph of the sample papers, which ship with the package; the first time it is built (15 s).

    It is kept in the user's cache (`HYOKA_SAMPLES` names another folder), under a name made from what it was built
    of, so that a newer version of the package builds its own.

    Args:
        progress: Is told each step of the building, such as `print`.

    Raises:
        StoreError: The folder cannot be written, or another process is building there.

    >>> kg = hk.sample()
    >>> len(kg) > 50_000
    True
    """
    from hyoka_kg.pipeline.samples import sample_store

    folder = sample_store(Settings.from_environment().samples_dir, progress)
    return KnowledgeGraph(EmbeddedStore.open(folder), fspath(folder))
