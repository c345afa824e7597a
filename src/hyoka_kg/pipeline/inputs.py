"""Load what a build is made of: the registry, the documents, and the source texts a user brings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_kg.acquisition import read_source_text
from hyoka_kg.errors import AcquisitionError, ModelError
from hyoka_kg.model import Document, Registry, SourceText
from hyoka_kg.sources.patches import patch_document, read_patches
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.sources.transcription import check_against_source, read_documents

_PATCHES = "patches.yml"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that one build reads.

    Attributes:
        registry: The curated tables.
        documents: The transcribed documents, with their prose where its source was brought.
        hashes: SHA-256 by path (below the data folder) of every file read.
        sourced: Ids of the documents whose source text was brought and checked.
    """

    registry: Registry
    documents: tuple[Document, ...]
    hashes: Mapping[str, str]
    sourced: frozenset[str]


def load_inputs(data: Path, sources: Iterable[Path] = ()) -> Inputs:
    """Read and check all inputs.

    Raises:
        LayoutError: A table is not as its contract says, or a quote is not at its place.
        ModelError: Records contradict each other.
        AcquisitionError: A source text belongs to none of the documents.
    """
    registry = read_registry(data / "registry")
    documents = tuple(read_documents(data / "documents"))
    _check_readings(documents, registry)
    texts = _match_sources(documents, sources)
    checked = tuple(
        check_against_source(document, texts[document.head.id]) if document.head.id in texts else document
        for document in documents
    )
    patched = tuple(_patch(document, data / "documents") for document in checked)
    return Inputs(registry, patched, _hashes(data), frozenset(texts))


def _patch(document: Document, folder: Path) -> Document:
    """Return a document with the patches beside it; a stale one stops the build."""
    path = folder / document.head.id / _PATCHES
    return patch_document(document, read_patches(path)) if path.is_file() else document


def _match_sources(documents: Iterable[Document], sources: Iterable[Path]) -> dict[str, SourceText]:
    by_hash = {document.head.source_sha256: document.head.id for document in documents}
    texts: dict[str, SourceText] = {}
    for path in sources:
        text = read_source_text(path)
        if text.sha256 not in by_hash:
            known = "\n  ".join(f"{sha256}  {name}" for sha256, name in by_hash.items())
            raise AcquisitionError(
                f"The source {path} has the SHA-256 {text.sha256}, which no document was transcribed from:\n"
                f"  {known}\nBring the unchanged text layer of one of these."
            )
        texts[by_hash[text.sha256]] = text
    return texts


def _check_readings(documents: Iterable[Document], registry: Registry) -> None:
    known = {row["id"] for row in registry["readings"]}
    for document in documents:
        for cell in document.cells:
            if cell.reading and cell.reading not in known:
                raise ModelError(
                    f"{cell.locator}, column reading: '{cell.reading}' is not in data/registry/readings.csv. "
                    "Add the decision with its reason there."
                )


def _hashes(data: Path) -> dict[str, str]:
    files = sorted(
        path for folder in ("registry", "documents") for path in (data / folder).rglob("*") if path.is_file()
    )
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
