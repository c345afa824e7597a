"""The national build on a small corpus: one model, equal bytes, nothing twice, nothing half."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import LayoutError, StoreError
from hyoka_kg.pipeline import build
from hyoka_kg.pipeline.national.build import CorpusOptions, build_national
from hyoka_kg.pipeline.national.coverage import find_drops
from hyoka_kg.pipeline.reports import BuildReport, read_report
from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.store import EmbeddedStore

Built = tuple[Path, Path, BuildReport]


def test_the_report_tells_what_the_corpora_gave(built: Built) -> None:
    national = built[2].national
    assert national is not None
    assert national.sheets == {"2018": 2, "2019": 1, "2024": 2}
    assert len(national.files) == 17
    assert national.classes["BudgetObservation"]["2019"] == 21
    assert read_report(built[0]) == built[2]


def test_shards_are_strict_nquads(built: Built) -> None:
    shards = sorted((built[0] / "shards").glob("*.nq.gz"))
    assert len(shards) == 2 * 6 + 15
    count = sum(len(list(ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS))) for path in shards)
    assert built[2].national is not None
    assert count == built[2].national.quads


def test_every_graph_tells_how_it_came_to_be(built: Built) -> None:
    store = EmbeddedStore.open(built[0])
    prefixes = "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX void: <http://rdfs.org/ns/void#>"
    [row] = store.select(
        f"{prefixes} SELECT (COUNT(DISTINCT ?graph) AS ?n) (COUNT(DISTINCT ?file) AS ?files) "
        "{ GRAPH ?graph { } ?graph prov:wasGeneratedBy <https://w3id.org/hyoka/id/activity/corpora> . "
        "<https://w3id.org/hyoka/id/activity/corpora> prov:used ?file }"
    ).as_text()
    assert row == {"n": "6", "files": "17"}
    assert store.select(load_catalogue("integrity")["prov-04"].text).as_text() == []
    [sizes] = store.select(
        f"{prefixes} SELECT ?told (COUNT(*) AS ?meta) {{ "
        "<https://w3id.org/hyoka/id/dataset/hyoka-kg> void:triples ?told "
        "GRAPH <https://w3id.org/hyoka/graph/meta> { ?s ?p ?o } } GROUP BY ?told"
    ).as_text()
    assert int(sizes["told"]) + int(sizes["meta"]) == store.count()


def test_canned_queries_answer_on_the_lean_level(built: Built) -> None:
    store = EmbeddedStore.open(built[0])
    rows = run_canned(store, load_catalogue()["cq12"], {"project": "digital/rs-901"}).as_text()
    told = {(row["fy"], row["phase"]): row["amount_mjpy"] for row in rows}
    assert told["2023", "executed"] == "2.700123"
    assert told["2025", "requested"] == "2.788"
    assert {row["document"] for row in rows} == {"digital-review-sheet-fy2024-rs-901"}


@pytest.mark.parametrize("query", list(load_catalogue()), ids=lambda query: query.id)
def test_every_canned_query_runs_beside_the_corpora(built: Built, query: object) -> None:
    EmbeddedStore.open(built[0]).select(query.text)


def test_a_transcribed_paper_is_stated_once(built: Built) -> None:
    rows = run_canned(EmbeddedStore.open(built[0]), load_catalogue()["cq12"], {}).as_text()
    assert {row["document"] for row in rows} == {"mic-ex-ante-fy2017-08", "mic-review-sheet-fy2018-0036"}


def test_summaries_add_up_the_statements(built: Built) -> None:
    store = EmbeddedStore.open(built[0])
    [row] = [
        quad.object.value
        for quad in store.quads()
        if quad.subject == ox.NamedNode("https://w3id.org/hyoka/id/summary/payee/2000012020001")
        and str(quad.predicate).endswith("measure/amount>")
    ]
    # Two sheets of FY2018 and one of FY2019 pay 3.5 million yen, the sheet of FY2024 5,000 yen.
    assert row == str(3 * 3_500_000 + 5_000)


def _raw_money(store: EmbeddedStore) -> dict[tuple[str, str, str], list[Decimal]]:
    """Return every amount of the review sheets by publication year, fiscal year and phase, added up by no query."""
    told: dict[tuple[str, str, str], list[Decimal]] = {}
    pattern = re.compile(r"/review-sheet/fy(\d{4})/[^/]+/entry/1/budget/([a-z-]+)/(\d{4})$")
    for quad in store.quads():
        match = pattern.search(str(quad.subject)[1:-1])
        if match and str(quad.predicate).endswith("measure/amount>"):
            told.setdefault((match[1], match[3], match[2]), []).append(Decimal(quad.object.value))
    return told


def test_summaries_of_money_lose_no_amount(built: Built) -> None:
    store = EmbeddedStore.open(built[0])
    raw = _raw_money(store)
    for phase in ("executed", "current", "initial", "requested"):
        rows = run_canned(store, load_catalogue()["na02"], {"summary": f"hyk:summary/money/{phase}"}).as_text()
        assert rows
        for row in rows:
            if row["ministry"] == "デジタル庁":
                amounts = raw[row["published"], row["fy"], phase]
                assert (int(row["n_amounts"]), Decimal(row["total_mjpy"]) * 1_000_000) == (len(amounts), sum(amounts))


def test_the_first_telling_of_a_year_is_taken(built: Built) -> None:
    rows = run_canned(EmbeddedStore.open(built[0]), load_catalogue()["na02"], {}).as_text()
    told = {(row["fy"], row["ministry"]): (row["published"], row["total_mjpy"]) for row in rows}
    # FY2017 is told in FY2018 by two sheets of the corpus and the transcribed one, and again in FY2019.
    assert told["2017", "総務省"] == ("2018", "21")
    assert told["2018", "総務省"] == ("2019", "9.5")


def test_money_under_a_name_crosses_sources_and_years(built: Built) -> None:
    query = load_catalogue()["na01"]
    rows = run_canned(EmbeddedStore.open(built[0]), query, {"ministry": "mic", "name": "ためしの事業"}).as_text()
    assert {row["document"].rpartition("fy")[2] for row in rows} == {"2018-0101", "2018-new30-0001", "2019-0101"}
    assert {row["fy"] for row in rows} == {"2016", "2017", "2018", "2019", "2020"}


def test_small_payees_and_the_placeholder_are_not_among_the_largest(built: Built) -> None:
    assert run_canned(EmbeddedStore.open(built[0]), load_catalogue()["na03"], {}).rows == []


def test_a_cited_plan_is_found_by_a_phrase(built: Built) -> None:
    rows = run_canned(EmbeddedStore.open(built[0]), load_catalogue()["na04"], {"phrase": "ためし計画"}).as_text()
    assert [(row["fy"], row["document"], row["project"], row["link_kind"]) for row in rows] == [
        ("2024", "digital-review-sheet-fy2024-rs-901", "", "kpi-defined-in"),
        ("2024", "digital-review-sheet-fy2024-rs-901", "庁の独自の仕組み", "cited-by-project"),
    ]


def test_nothing_changed_means_nothing_to_do(built: Built) -> None:
    store, corpus, report = built
    told: list[str] = []
    assert build_national(store, CorpusOptions(corpus), progress=told.append) == report
    assert told[-1] == "nothing has changed since the build that serves"


def _all_quads(store: Path) -> list[str]:
    return sorted(str(quad) for quad in EmbeddedStore.open(store).quads())


def test_the_number_of_workers_changes_no_byte(built: Built, tmp_path: Path) -> None:
    other = build_national(tmp_path, CorpusOptions(built[1], workers=2))
    assert other.build == built[2].build
    assert _all_quads(tmp_path) == _all_quads(built[0])
    first, second = ({p.name: p.read_bytes() for p in (s / "shards").glob("*.gz")} for s in (built[0], tmp_path))
    assert first == second


_KILLED = """
import sys
from pathlib import Path
from hyoka_kg.pipeline.national.build import CorpusOptions, build_national
if __name__ == "__main__":
    options = CorpusOptions(Path(sys.argv[2]), workers=1)
    build_national(Path(sys.argv[1]), options, progress=lambda step: print(step, flush=True))
"""


def test_a_killed_build_is_taken_up_again(built: Built, tmp_path: Path) -> None:
    store = tmp_path / "store"
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    build(store)
    before = read_report(store)
    command = [sys.executable, str(script), str(store), str(built[1])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 120
    while not list((store / "shards").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert read_report(store) == before
    resumed = build_national(store, CorpusOptions(built[1], resume=True, workers=1))
    assert resumed.build == built[2].build
    assert _all_quads(store) == _all_quads(built[0])


def test_a_broken_source_keeps_store_and_shards(built: Built, tmp_path: Path, corpora: ModuleType) -> None:
    corpus = corpora.write_corpus(tmp_path / "corpus")
    store = tmp_path / "store"
    build(store)
    before = read_report(store)
    corpora.rewrite_rs(corpus / "rs" / "5-4_RS_2024_ためし.zip", "\r\n", ",one cell more\r\n", row=2)
    with pytest.raises(LayoutError, match=r"5-4_RS_2024_ためし\.zip, row 2: "):
        build_national(store, CorpusOptions(corpus, workers=1))
    assert read_report(store) == before
    assert list((store / "builds").glob("staging-*")) == []
    assert list((store / "shards").glob("*.json"))


def test_other_columns_are_told_before_anything_is_stated(built: Built, tmp_path: Path, corpora: ModuleType) -> None:
    corpus = corpora.write_corpus(tmp_path / "corpus")
    store = tmp_path / "store"
    build(store)
    before = read_report(store)
    for table, old, new in (("1-5", "番号（関連事業）", "番号(関連事業)"), ("6-1", "事業名", "事業の名称")):
        corpora.rewrite_rs(corpus / "rs" / f"{table}_RS_2024_ためし.zip", old, new)
    with pytest.raises(LayoutError) as caught:
        build_national(store, CorpusOptions(corpus, workers=1))
    first, second = str(caught.value).split("\n")
    assert "1-5_RS_2024_ためし.zip, row 1" in first
    assert "'1-5' in hyoka_kg/sources/cas_rs_csv/columns.csv, column 2024" in first
    assert "missing: 番号（関連事業）; unknown: 番号(関連事業) (U+0028 U+0029)" in first
    assert "6-1_RS_2024_ためし.zip, row 1" in second
    assert "missing: 事業名; unknown: 事業の名称" in second
    assert read_report(store) == before
    assert list(store.glob("shards/*")) == []


def test_a_year_without_a_contract_is_told_once(tmp_path: Path, corpora: ModuleType) -> None:
    corpus = corpora.write_corpus(tmp_path / "corpus")
    for path in list((corpus / "rs").glob("*_RS_2024_*.zip")):
        path.rename(path.with_name(path.name.replace("_2024_", "_2031_")))
    with pytest.raises(LayoutError, match=r"columns\.csv has no column 2031.*It has: 2024, 2025") as caught:
        build_national(tmp_path / "store", CorpusOptions(corpus, workers=1))
    assert "\n" not in str(caught.value)


_FULL = """
import resource, sys
from pathlib import Path
from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.national.build import CorpusOptions, build_national
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        build_national(Path(sys.argv[1]), CorpusOptions(Path(sys.argv[2]), workers=1))
    except StoreError as error:
        print(error)
        sys.exit(error.exit_code)
"""


def test_a_disk_without_room_stops_and_keeps_what_serves(built: Built, tmp_path: Path) -> None:
    """A limit on the size of a file stands for a full disk: the system refuses the same call."""
    store, script = tmp_path / "store", tmp_path / "full.py"
    script.write_text(_FULL)
    shutil.copytree(built[0], store)
    before = read_report(store)
    corpus = shutil.copytree(built[1], tmp_path / "corpus")
    next(corpus.rglob("6-1*")).unlink()
    command = [sys.executable, str(script), str(store), str(corpus), "100000"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == StoreError.exit_code, ended.stderr
    assert "again" in ended.stdout
    assert read_report(store) == before
    assert EmbeddedStore.open(store).count() == before.quads
    assert list((store / "builds").glob("staging-*")) == []
    assert list((store / "shards").glob("*partial")) == []
    assert len(list((store / "shards").glob("*.json"))) == 27


def test_a_build_of_another_version_is_told_and_built_anew(built: Built, tmp_path: Path) -> None:
    store = shutil.copytree(built[0], tmp_path / "store")
    [manifest] = store.glob("builds/*/DONE")
    record = json.loads(manifest.read_text(encoding="utf-8"))
    del record["national"]["identity"]
    manifest.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(StoreError, match="Another version made the build"):
        read_report(store)
    assert build_national(store, CorpusOptions(built[1], workers=1)).build == built[2].build


def test_a_vanished_field_is_a_drop() -> None:
    from collections import Counter

    seen = Counter(
        {("outcome.name", 2022, "mic"): 100, ("sheet.name", 2023, "mic"): 100, ("sheet.name", 2022, "mic"): 90}
    )
    drops = find_drops(Counter(seen), seen)
    assert {(d.field, d.ministry, d.fiscal_year, d.after) for d in drops} == {
        ("outcome.name", "mic", 2023, 0.0),
        ("outcome.name", "", 2023, 0.0),
    }
    assert (
        find_drops(Counter({("sheet.name", 2022, "mic"): 90, ("sheet.name", 2023, "mic"): 95}), seen + Counter())
        != drops
    )
