"""Get the bytes of documents and know them by their SHA-256."""

from hyoka_kg.acquisition.source_texts import read_source_text

__all__ = ["read_source_text"]
