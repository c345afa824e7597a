"""Index the texts of a graph for searching, beside the engine's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hyoka_kg.query import maintenance_text
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.builds import TEXT_INDEX
from hyoka_kg.store.rows import term_text
from hyoka_kg.store.texts import Text, write_text_index


def index_texts(store: EmbeddedStore, folder: Path) -> int:
    """Write the text index of a graph into the folder of its build; return how many texts it holds.

    Raises:
        StoreError: The disk refuses.
    """
    return write_text_index(folder / TEXT_INDEX, _texts(store))


def _texts(store: EmbeddedStore) -> Iterator[Text]:
    for row in store.rows(maintenance_text("texts")):
        thing, kind, name, weight, text = map(term_text, row)
        yield Text(thing, kind, name, int(weight), text)
