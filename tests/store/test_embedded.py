"""A finished build is asked in every form and format, told apart from other graphs, and never changed."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.store import EmbeddedStore, current_build
from hyoka_kg.store.formats import GRAPH_FORMATS, RESULT_FORMATS, table_as_csv

EX = "http://example.org/"
NAMES = f"SELECT ?s ?n WHERE {{ ?s <{EX}name> ?n }} ORDER BY ?s"
COUNTED = "SELECT (COUNT(DISTINCT *) AS ?n) WHERE { ?s ?p ?o }"


def written(store: EmbeddedStore, query: str, media_type: str, **graphs: list[str]) -> str:
    output = io.BytesIO()
    store.write(query, media_type, output, **graphs)
    return output.getvalue().decode()


def test_rows_come_as_terms_and_as_text_and_the_unbound_is_empty(small: EmbeddedStore) -> None:
    query = f"SELECT ?n ?none WHERE {{ <{EX}a> <{EX}name> ?n }}"
    answer = small.select(query, timeout=1.0)
    assert answer.variables == ("n", "none")
    assert answer.rows == [(ox.Literal("安全", language="ja"), None)]
    assert answer.as_text() == [{"n": "安全", "none": ""}]
    assert list(small.rows(query)) == answer.rows
    assert list(small.rows_as_text(query)) == answer.as_text()


def test_a_triple_as_a_term_is_written_out(small: EmbeddedStore) -> None:
    rows = small.select(f"SELECT ?t WHERE {{ BIND(<<( <{EX}a> <{EX}is> <{EX}b> )>> AS ?t) }}").as_text()
    assert rows == [{"t": f"<{EX}a> <{EX}is> <{EX}b>"}]


def test_the_default_graph_is_the_union_of_all_or_the_unnamed_one_alone(
    small: EmbeddedStore, small_build: Path
) -> None:
    assert small.count() == 5
    assert small.select(COUNTED).as_text() == [{"n": "4"}]
    assert EmbeddedStore.open(small_build, union=False).select(COUNTED).as_text() == [{"n": "1"}]


def test_a_request_may_name_its_graphs(small: EmbeddedStore) -> None:
    csv = "text/csv"
    assert written(small, COUNTED, csv, default_graphs=[f"{EX}one"]) == "n\r\n2\r\n"
    assert written(small, COUNTED, csv, named_graphs=[f"{EX}one"]) == "n\r\n0\r\n"
    named = "SELECT ?g WHERE { GRAPH ?g { } } ORDER BY ?g"
    assert written(small, named, csv, named_graphs=[f"{EX}two"]) == f"g\r\n{EX}two\r\n"


@pytest.mark.parametrize("media_type", RESULT_FORMATS)
def test_rows_and_booleans_are_written_in_each_format(small: EmbeddedStore, media_type: str) -> None:
    text = written(small, NAMES, media_type)
    assert text.index("安全") < text.index("unnamed graph")
    if media_type != "text/csv":  # it tells no type of a term, so that it cannot be read back
        read = ox.parse_query_results(text, format=RESULT_FORMATS[media_type])
        assert isinstance(read, ox.QuerySolutions)
        assert [row["n"] for row in read] == [ox.Literal("安全", language="ja"), ox.Literal("unnamed graph")]
    assert "true" in written(small, "ASK { ?s ?p ?o }", media_type)


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_triples_are_written_in_each_format(small: EmbeddedStore, media_type: str) -> None:
    text = written(small, "CONSTRUCT WHERE { ?s ?p ?o }", media_type)
    read = {str(quad.triple) for quad in ox.parse(text, format=GRAPH_FORMATS[media_type])}
    assert len(read) == 4
    assert f'<{EX}a> <{EX}name> "安全"@ja' in read


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        (NAMES, "text/turtle"),
        ("ASK {}", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        (NAMES, "image/png"),
    ],
)
def test_a_format_that_does_not_fit_the_form_is_refused_with_those_that_do(
    small: EmbeddedStore, query: str, media_type: str
) -> None:
    fitting = "text/turtle" if query.startswith("CONSTRUCT") else "text/csv"
    with pytest.raises(QueryError, match=rf"no answer in {re.escape(media_type)}\. Use one of: .*{fitting}"):
        written(small, query, media_type)


def test_what_is_no_query_or_gives_no_rows_is_refused(small: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        small.select("SELECT nothing")
    for ask in (small.select, lambda text: list(small.rows(text)), lambda text: list(small.rows_as_text(text))):
        with pytest.raises(QueryError, match="SELECT is needed"):
            ask("ASK {}")
    assert small.query_form("DESCRIBE <http://a/>") == "describe"


def test_graphs_are_named_in_order_and_handed_out_one_by_one(small: EmbeddedStore) -> None:
    assert small.graph_names() == [f"{EX}one", f"{EX}two"]
    assert {str(triple.predicate) for triple in small.triples_of(f"{EX}two")} == {f"<{EX}is>", f"<{EX}count>"}
    assert sorted(small.lines_of(f"{EX}one")) == [
        f"<{EX}a> <{EX}is> <{EX}b>".encode(),
        f'<{EX}a> <{EX}name> "安全"@ja'.encode(),
    ]
    assert small.lines_of(f"{EX}none") == []
    assert len(list(small.quads())) == 5


def test_a_build_that_serves_refuses_to_be_changed(small: EmbeddedStore) -> None:
    with pytest.raises(RuntimeError, match="read-write"):
        small.engine.add(ox.Quad(ox.NamedNode(EX), ox.NamedNode(EX), ox.NamedNode(EX)))
    assert small.count() == 5


def test_a_build_without_texts_and_findings_has_none(small: EmbeddedStore) -> None:
    assert small.texts is None
    assert small.judgements is None
    in_memory = EmbeddedStore(ox.Store())
    assert (in_memory.texts, in_memory.judgements) == (None, None)


def test_texts_and_findings_beside_a_build_are_opened(small_build: Path, tmp_path: Path) -> None:
    from hyoka_kg.store.judgements import Asked, note_asked
    from hyoka_kg.store.texts import Text, write_text_index

    store = Path(shutil.copytree(small_build, tmp_path / "store"))
    beside = current_build(store).parent
    write_text_index(beside / "texts.sqlite", [Text(f"{EX}a", "", f"{EX}name", 1, "安全")])
    asked = Asked("BUD-01", 0, 0.5, 100, "")
    note_asked(beside / "findings.sqlite", asked)
    opened = EmbeddedStore.open(store)
    assert opened.texts is not None
    assert opened.texts is opened.texts
    assert opened.texts.find(["安全"]).total == 1
    assert opened.judgements is not None
    assert opened.judgements.asked() == [asked]


def test_a_damaged_directory_is_named_with_the_way_out(small_build: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(small_build, tmp_path / "store"))
    directory = current_build(store)
    for part in directory.iterdir():
        part.unlink()
    with pytest.raises(StoreError, match=r"Cannot open the store .*oxigraph.*Build it again: hyoka build"):
        EmbeddedStore.open(store)


def test_a_table_of_texts_quotes_what_must_be() -> None:
    assert table_as_csv(["a", "b"], [["1,2", 'x"y'], ["", "年"]]) == 'a,b\n"1,2","x""y"\n,年\n'
