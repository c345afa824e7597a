"""A whole store is written in a fixed order: equal graphs give equal bytes, whatever the order of loading."""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.store.conftest import LINES

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.exporting import ExportFormat, export
from hyoka_kg.store.writing import StoreWriter, content_hash, sorted_nquads

EX = "http://example.org/"
FORMATS = {
    ExportFormat.NQUADS: ox.RdfFormat.N_QUADS,
    ExportFormat.TRIG: ox.RdfFormat.TRIG,
    ExportFormat.TURTLE: ox.RdfFormat.TURTLE,
    ExportFormat.JSONLD: ox.RdfFormat.JSON_LD,
}


def in_memory(*lines: str) -> StoreWriter:
    writer = StoreWriter.in_memory()
    writer.load(lines)
    return writer


def exported(store: EmbeddedStore, style: ExportFormat) -> bytes:
    output = io.BytesIO()
    export(store, style, output)
    return output.getvalue()


@pytest.mark.parametrize("style", ExportFormat)
def test_every_quad_comes_back_and_the_order_of_loading_does_not_count(style: ExportFormat) -> None:
    text = exported(in_memory(*LINES), style)
    assert text == exported(in_memory(*reversed(LINES)), style)
    read = list(ox.parse(text, format=FORMATS[style]))
    if style is ExportFormat.TURTLE:
        assert sorted(str(quad.triple) for quad in read) == sorted(
            {str(quad.triple) for line in LINES for quad in ox.parse(line, format=ox.RdfFormat.N_QUADS)}
        )
        assert len(read) == 4
    else:
        assert sorted_nquads(in_memory(*(f"{quad} .\n" for quad in read))) == sorted(LINES)


def test_prefixes_of_the_vocabulary_are_used() -> None:
    turtle = exported(in_memory(f"<{EX}a> <http://purl.org/dc/terms/title> <{EX}b> .\n"), ExportFormat.TURTLE)
    assert b"dcterms:title" in turtle


def test_the_hash_is_of_the_lines_in_their_order() -> None:
    assert content_hash(["a\n", "年\n"]) == hashlib.sha256("a\n年\n".encode()).hexdigest()
    assert content_hash(["年\n", "a\n"]) != content_hash(["a\n", "年\n"])


def test_a_packed_file_is_loaded_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "part.nq.gz"
    path.write_bytes(gzip.compress("".join(LINES).encode()))
    writer = StoreWriter(tmp_path / "oxigraph")
    writer.load_file(path)
    assert sorted(writer.graphs()) == [f"{EX}one", f"{EX}two"]
    assert sorted_nquads(writer) == sorted(LINES)


@pytest.mark.parametrize("damage", ["cut", "no gzip", "spoilt", "no quads", "absent"])
def test_a_damaged_part_is_named_and_tells_that_what_served_still_serves(tmp_path: Path, damage: str) -> None:
    packed = gzip.compress("".join(LINES * 50).encode())
    content = {
        "cut": packed[: len(packed) // 2],
        "no gzip": b"plain text",
        "spoilt": packed[:20] + bytes(byte ^ 0xFF for byte in packed[20:40]) + packed[40:],
        "no quads": gzip.compress(b"this is not N-Quads\n"),
    }
    path = tmp_path / "part-00001.nq.gz"
    if damage in content:
        path.write_bytes(content[damage])
    with pytest.raises(StoreError, match=r"Cannot load .*part-00001\.nq\.gz.*What served before still serves"):
        StoreWriter.in_memory().load_file(path)


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"Cannot create a store in .*file"):
        StoreWriter(tmp_path / "file")


def test_a_rule_gives_triples_and_any_other_form_is_refused() -> None:
    writer = in_memory(*LINES)
    derived = list(writer.construct(f"CONSTRUCT {{ ?o <{EX}of> ?s }} WHERE {{ ?s <{EX}is> ?o }}"))
    assert set(derived) == {(f"<{EX}b>", f"<{EX}of>", f"<{EX}a>")}
    with pytest.raises(QueryError, match="must be a CONSTRUCT"):
        list(writer.construct("SELECT * { ?s ?p ?o }"))
