"""Options that several commands share, and the store that they name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hyoka_kg.config import Settings, data_dir
from hyoka_kg.store import EmbeddedStore, GraphStore, RemoteStore

if TYPE_CHECKING:
    from hyoka_kg.model import SourceText

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="Folder of the store (default: HYOKA_STORE or data/build/store)."),
]
SourceOption = Annotated[
    list[Path] | None,
    typer.Option("--source", help="Text layer of a paper, known by its SHA-256; brings its prose. May be repeated."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def store_folder(store: Path | None) -> Path:
    """Return the store's folder: as given, or from the settings."""
    return store or Settings.from_environment().store_dir


def open_store(store: Path | None) -> GraphStore:
    """Open the store to ask: the folder as given, else the server or folder of the settings."""
    settings = Settings.from_environment()
    if store is None and settings.sparql_url:
        return RemoteStore(settings.sparql_url)
    return EmbeddedStore.open(store or settings.store_dir)


def source_texts(paths: list[Path] | None) -> list[tuple[str, SourceText]]:
    """Return the given source texts by the identifier of their document; unknown ones are left out."""
    # Here and not above: few commands read papers, and most use these options.
    from hyoka_kg.acquisition import read_source_text
    from hyoka_kg.sources.transcription import read_documents

    texts = {text.sha256: text for text in map(read_source_text, paths or ())}
    heads = [document.head for document in read_documents(data_dir() / "documents")] if texts else []
    return [(head.id, texts[head.source_sha256]) for head in heads if head.source_sha256 in texts]
