"""A dump holds the whole graph and no other: read again by other engines, and compared with canned queries."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyoxigraph as ox
import pytest
import rdflib
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.errors import MissingPackageError, StoreError
from hyoka_kg.model import Finding, Placed, Severity
from hyoka_kg.pipeline import read_report
from hyoka_kg.pipeline.dumping import DumpReport, dump
from hyoka_kg.pipeline.dumping.accounts import Account, read_accounts
from hyoka_kg.pipeline.dumping.tables import write_tables
from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.builds import FINDINGS
from hyoka_kg.store.judgements import keep_findings
from hyoka_kg.store.writing import StoreWriter, sorted_nquads
from hyoka_kg.vocabulary import BASE

_DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
_TABLES = ["findings", "indicators", "links", "money", "payees", "projects", "sheets"]


@pytest.fixture(scope="module")
def store(store_folder: Path) -> EmbeddedStore:
    return EmbeddedStore.open(store_folder)


@pytest.fixture(scope="module")
def report(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> DumpReport:
    return dump(store, tmp_path_factory.mktemp("dump") / "release")


def _table(report: DumpReport, name: str) -> pl.DataFrame:
    return pl.read_parquet(report.folder / "tables" / f"{name}.parquet")


def _asked(store: EmbeddedStore, name: str, **values: str) -> list[dict[str, str]]:
    return run_canned(store, load_catalogue()[name], values).as_text()


def test_checksums_are_of_every_file(report: DumpReport) -> None:
    lines = (report.folder / "SHA256SUMS").read_text().splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    present = {
        path.relative_to(report.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in report.folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert told == present
    assert len(told) == 4 + len(_TABLES)


def test_the_quads_are_all_there_in_both_formats(report: DumpReport, store: EmbeddedStore) -> None:
    expected = sorted_nquads(store)
    # Not splitlines: a literal may hold a line separator of Unicode.
    lines = gzip.decompress((report.folder / "hyoka.nq.gz").read_bytes()).decode().split("\n")[:-1]
    assert sorted(f"{line}\n" for line in lines) == expected
    graphs = [re.findall(r" <([^<>]+)> \.$", line)[0] for line in lines]
    assert graphs == sorted(graphs)
    packed = gzip.decompress((report.folder / "hyoka.trig.gz").read_bytes())
    quads = ox.parse(packed, format=ox.RdfFormat.TRIG)
    assert sorted(f"{q.subject} {q.predicate} {q.object} {q.graph_name} .\n" for q in quads) == expected


def test_findings_kept_beside_a_graph_are_those_that_its_dump_tells(tmp_path: Path) -> None:
    focus = f"{BASE}id/doc/mic/ex-ante/fy2017/08/entry/9"
    found = Finding("BUD-01", Severity.WARNING, focus, (), "執行額が予算額を超える", "execution above budget")
    keep_findings(
        tmp_path / FINDINGS, "BUD-01", [Placed(found, "mic-ex-ante-fy2017-08", "mic", "2017", "", "", "", "")]
    )
    judged = EmbeddedStore(ox.Store(), beside=tmp_path)
    (tmp_path / "dump").mkdir()
    assert write_tables(judged, tmp_path / "dump" / "tables", lambda _step: None)["findings"] == 1
    [row] = pl.read_parquet(tmp_path / "dump" / "tables" / "findings.parquet").rows()
    told = ("BUD-01", "warning", "執行額が予算額を超える", "execution above budget", focus, "mic-ex-ante-fy2017-08")
    assert row == (*told, None)


def test_the_same_graph_gives_the_same_bytes(report: DumpReport, store: EmbeddedStore, tmp_path: Path) -> None:
    again = dump(store, tmp_path / "again", ["tables", "trig"])
    first = {file.name: file.sha256 for file in report.files}
    assert {file.name: file.sha256 for file in again.files}["hyoka.trig.gz"] == first["hyoka.trig.gz"]
    tables = [file for file in again.files if file.rows is not None]
    assert [Path(file.name).stem for file in tables] == _TABLES
    assert [file.sha256 for file in tables] == [first[file.name] for file in tables]


def test_money_equals_the_canned_query(report: DumpReport, store: EmbeddedStore) -> None:
    rows = _asked(store, "cq12", project="juki-net-security")
    money = _table(report, "money").filter(
        (pl.col("project") == "mic/juki-net-security") & pl.col("amount_jpy").is_not_null()
    )
    told = sorted((int(row["fy"]), row["phase"], row["document"], float(row["amount_mjpy"])) for row in rows)
    table = sorted(
        (row["fiscal_year"], row["phase"], row["document"], float(row["amount_jpy"]) / 1e6)
        for row in money.iter_rows(named=True)
    )
    assert len(told) > 50
    assert table == told


def test_what_is_missing_is_no_zero(report: DumpReport) -> None:
    money = _table(report, "money")
    missing = money.filter(pl.col("amount_jpy").is_null())
    assert 0 < len(missing) < len(money)
    assert missing["status"].null_count() == 0
    assert money.schema["amount_jpy"].is_decimal()


def test_duckdb_counts_sheets_as_the_summaries_do(report: DumpReport, store: EmbeddedStore) -> None:
    text = """
        SELECT fiscal_year, count(DISTINCT document) FROM read_parquet(?)
        WHERE document LIKE '%review-sheet%' GROUP BY 1 ORDER BY 1
    """
    counted = duckdb.execute(text, [str(report.folder / "tables" / "sheets.parquet")]).fetchall()
    told: dict[int, int] = {}
    for row in _asked(store, "na05"):
        told[int(row["fy"])] = told.get(int(row["fy"]), 0) + int(row["n_sheets"])
    assert dict(counted) == told
    assert sum(told.values()) == 159


def test_indicators_links_and_payees_equal_the_canned_queries(report: DumpReport, store: EmbeddedStore) -> None:
    indicator = "https://w3id.org/hyoka/id/doc/mic/ex-ante/fy2017/08/indicator/4"
    values = _table(report, "indicators").filter(pl.col("indicator") == indicator)
    told = sorted((r["role"], r["fy"], r["value"]) for r in _asked(store, "tr03", indicator=indicator))
    rows = values.iter_rows(named=True)
    assert sorted((r["role"], str(r["fiscal_year"] or ""), r["value_text"] or "") for r in rows) == told
    links = _table(report, "links")
    pairs = {(earlier.removeprefix("review-number/"), later.removeprefix("review-number/"))
             for earlier, later in links.select("earlier", "later").iter_rows()}  # fmt: skip
    assert {(r["from_sheet"], r["to_sheet"]) for r in _asked(store, "tr05")} <= pairs
    assert len(_table(report, "payees")) == 10


def test_findings_equal_the_manifest(report: DumpReport, store_folder: Path) -> None:
    counted = dict(_table(report, "findings").group_by("rule").len().iter_rows())
    told = {rule: n for rules in read_report(store_folder).findings.values() for rule, n in rules.items()}
    assert counted == told


def test_the_description_names_each_file(report: DumpReport, store: EmbeddedStore) -> None:
    graph = rdflib.Graph().parse(report.folder / "dataset.ttl", publicID="https://example.org/release/dataset.ttl")
    urls = {str(url).removeprefix("https://example.org/release/") for url in graph.objects(None, _DCAT.downloadURL)}
    assert urls == {file.name for file in report.files} - {"dataset.ttl"}
    (dataset,) = graph.subjects(rdflib.RDF.type, _DCAT.Dataset)
    assert int(graph.value(dataset, rdflib.VOID.triples)) == store.count()


def test_the_description_accounts_for_every_graph(report: DumpReport, store: EmbeddedStore) -> None:
    graph = rdflib.Graph().parse(report.folder / "dataset.ttl")
    told = {
        str(graph.value(part, rdflib.DCTERMS.title)): (
            int(graph.value(part, rdflib.VOID.documents)),
            int(graph.value(part, rdflib.VOID.triples)),
        )
        for part in graph.objects(None, rdflib.VOID.subset)
    }
    # The graph that tells of the others, and that of the findings on them, are told of by no account.
    untold = [name for name in store.graph_names() if "/graph/meta" in name or "/graph/qa/" in name]
    assert told["transcription"][0] == 2
    assert sum(graphs for graphs, _ in told.values()) == len(store.graph_names()) - len(untold)
    assert sum(triples for _, triples in told.values()) == store.count() - sum(
        len(store.lines_of(name)) for name in untold
    )


def test_graphs_without_a_number_hold_what_the_others_leave() -> None:
    store = StoreWriter.in_memory()
    store.load(
        [
            f"<{BASE}id/dataset/hyoka-kg> <{rdflib.VOID.triples}> {_number(100)} <{BASE}graph/meta> .\n",
            *_made("registry", "a", 30),
            *_made("reading of corpora", "b"),
            *_made("reading of corpora", "c"),
        ]
    )
    assert read_accounts(store) == (Account("reading of corpora", 2, 70), Account("registry", 1, 30))


def _made(step: str, name: str, triples: int | None = None) -> list[str]:
    graph, activity, end = f"<{BASE}graph/{name}>", f"<{BASE}id/activity/{name}>", f"<{BASE}graph/meta> .\n"
    lines = [
        f"{graph} <{rdflib.PROV.wasGeneratedBy}> {activity} {end}",
        f'{activity} <{rdflib.DCTERMS.type}> "{step}" {end}',
    ]
    return lines if triples is None else [*lines, f"{graph} <{rdflib.VOID.triples}> {_number(triples)} {end}"]


def _number(value: int) -> str:
    return f'"{value}"^^<{rdflib.XSD.integer}>'


def test_the_context_reads_plain_json_as_the_graph_states_it(report: DumpReport) -> None:
    context = json.loads((report.folder / "context.jsonld").read_text(encoding="utf-8"))
    told = {**context, "id": "hyk:project/x", "nameAsPrinted": "x", "statedIn": "hyk:doc/y", "startLine": 3}
    graph = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    hyoka = rdflib.Namespace("https://w3id.org/hyoka/def#")
    thing = rdflib.URIRef("https://w3id.org/hyoka/id/project/x")
    assert graph.value(thing, hyoka.statedIn) == rdflib.URIRef("https://w3id.org/hyoka/id/doc/y")
    assert len(graph) == 3


def test_what_fails_leaves_the_former_dump(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    dump(store, tmp_path / "release", [])
    before = (tmp_path / "release" / "SHA256SUMS").read_bytes()
    monkeypatch.setattr("hyoka_kg.pipeline.dumping.writing.write_context", refuse)
    with pytest.raises(StoreError, match="No space left"):
        dump(store, tmp_path / "release", [])
    assert (tmp_path / "release" / "SHA256SUMS").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_a_folder_of_something_else_is_left_alone(store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="no dump"):
        dump(store, tmp_path, [])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_without_pyarrow_the_extra_is_told(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r"hyoka-kg\[dump\]"):
        dump(store, tmp_path / "release", ["tables"])
    assert list(tmp_path.iterdir()) == []


def test_the_command_tells_its_files_and_refuses_unknown_parts(store_folder: Path, tmp_path: Path) -> None:
    arguments = ["dump", str(tmp_path / "one"), "--store", str(store_folder), "--json"]
    told = json.loads(CliRunner().invoke(app, [*arguments, "--only", "nquads"]).stdout)
    assert [file["name"] for file in told["files"]] == ["context.jsonld", "dataset.ttl", "hyoka.nq.gz"]
    failed = CliRunner().invoke(app, [*arguments, "--only", "hdt"])
    assert "no part 'hdt'" in str(failed.exception)
