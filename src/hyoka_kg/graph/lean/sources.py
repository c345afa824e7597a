"""State the files of the corpora: what a receipt's first part names, with its SHA-256."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.graph.iris import mint_source
from hyoka_kg.graph.terms import Triple, iri, string, term, typed


def state_source(name: str, sha256: str) -> Iterator[Triple]:
    """Yield a source file; its fragments are rows (RFC 7111) and its parts are records, counted from 1."""
    node = mint_source(sha256)
    yield node, term("rdf:type"), term("hyoka:SourceText")
    yield node, term("hyoka:textSha256"), typed(sha256, "xsd:hexBinary")
    yield node, term("dcterms:title"), string(name)


def state_retrieval(sha256: str, url: str, retrieved_at: str, licence: str) -> Iterator[Triple]:
    """Yield whence a source file came, when (UTC, ISO 8601) and under which licence."""
    node = mint_source(sha256)
    yield node, term("dcterms:source"), iri(url)
    yield node, term("prov:generatedAtTime"), typed(retrieved_at, "xsd:dateTime")
    yield node, term("dcterms:license"), iri(licence)


def state_object(name: str, sha256: str, url: str, licence: str) -> Iterator[Triple]:
    """Yield an object of a public repository whose facts are excerpted: its place there, its hash and its licence."""
    yield from state_source(name, sha256)
    yield mint_source(sha256), term("dcterms:source"), iri(url)
    yield mint_source(sha256), term("dcterms:license"), iri(licence)
