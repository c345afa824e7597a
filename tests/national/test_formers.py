"""A file that its publisher replaced: both tellings stand, the sums count the newer one."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from hyoka_kg.acquisition import sha256_of
from hyoka_kg.pipeline.national.build import CorpusOptions, build_national
from hyoka_kg.pipeline.national.loading import remove_other_shards
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.pipeline.reports import BuildReport
from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.store import EmbeddedStore

Built = tuple[Path, Path, BuildReport]
_SHEET = "digital-review-sheet-fy2024-rs-901"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, corpora: ModuleType) -> Path:
    """Return the small corpus, in which two tables replace former ones: one told another amount, one lay elsewhere."""
    corpus: Path = corpora.write_corpus(tmp_path_factory.mktemp("archive") / "corpus")
    tables = corpora.rs_tables()
    rows = tables["2-1"]
    rows[0]["executed"] = "2600000"
    _keep_former(corpus, corpora.write_rs(corpus.parent / "money", "2-1", rows))
    _keep_former(corpus, corpora.write_rs(corpus.parent / "names", "1-1", [*_other_sheet(corpora), *tables["1-1"]]))
    return corpus


def _other_sheet(corpora: ModuleType) -> list[dict[str, str]]:
    """Return a sheet that the newer file no longer tells of; it moves all others a row down."""
    return [corpora.rs_row("1-1", rs_id="900", bureau="ためし局")]


def _keep_former(corpus: Path, former: Path) -> None:
    aside = corpus / ".superseded" / "rs" / f"{sha256_of(former)[:16]}-{former.name}"
    aside.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(former, aside)


@pytest.fixture(scope="module")
def rebuilt(archive: Path, built: Built, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """Return a store that was built before its files were replaced, and built again."""
    store = tmp_path_factory.mktemp("rebuilt") / "store"
    shutil.copytree(built[0], store)
    return store, build_national(store, CorpusOptions(archive, workers=1))


def _amounts(store: EmbeddedStore) -> dict[str, str]:
    rows = run_canned(store, load_catalogue()["cq12"], {"project": "digital/rs-901"}).as_text()
    return {row["document"]: row["amount_mjpy"] for row in rows if (row["fy"], row["phase"]) == ("2023", "executed")}


def test_both_tellings_stand(archive: Path, rebuilt: tuple[Path, BuildReport]) -> None:
    former = next((archive / ".superseded" / "rs").glob("*2-1*"))
    told = _amounts(EmbeddedStore.open(rebuilt[0]))
    assert told == {_SHEET: "2.700123", f"{_SHEET}-v-{former.name[:8]}": "2.6"}


def test_they_are_told_apart_as_a_difference(rebuilt: tuple[Path, BuildReport]) -> None:
    rows = run_canned(EmbeddedStore.open(rebuilt[0]), load_catalogue()["tr06"], {"project": "digital/rs-901"}).as_text()
    assert [(row["fy"], row["phase"], Decimal(row["value_a"]), Decimal(row["value_b"])) for row in rows] == [
        ("2023", "executed", Decimal("2.700123"), Decimal("2.6"))
    ]


def test_sums_count_the_newer_telling_alone(built: Built, rebuilt: tuple[Path, BuildReport]) -> None:
    for summary in ("hyk:summary/money/executed", "hyk:summary/money/current"):
        query = load_catalogue()["na02"]
        answers = [
            run_canned(EmbeddedStore.open(store), query, {"summary": summary}).rows for store in (built[0], rebuilt[0])
        ]
        assert answers[0]
        assert answers[0] == answers[1]


def test_the_sheets_stay_as_many(built: Built, rebuilt: tuple[Path, BuildReport]) -> None:
    before, after = built[2].national, rebuilt[1].national
    assert before is not None
    assert after is not None
    assert (after.sheets, after.issues) == (before.sheets, before.issues)


def test_only_what_differs_is_stated_again(archive: Path, built: Built, rebuilt: tuple[Path, BuildReport]) -> None:
    """The second table told the same words a row further down: another place is no other telling."""
    graphs = {str(quad.graph_name) for quad in EmbeddedStore.open(rebuilt[0]).quads()}
    told = {graph.rpartition("/doc/")[2].removesuffix("/r1>") for graph in graphs if "-v-" in graph}
    formers = {path.name[17:20]: path.name[:8] for path in (archive / ".superseded" / "rs").iterdir()}
    sheet = "digital/review-sheet/fy2024/rs"
    assert told == {f"{sheet}-901-v-{formers['2-1']}", f"{sheet}-900-v-{formers['1-1']}"}


def test_unchanged_parts_are_not_stated_again(archive: Path, built: Built, rebuilt: tuple[Path, BuildReport]) -> None:
    first, second = (
        {p.name: p.stat().st_mtime_ns for p in (s / "shards").glob("*.gz")} for s in (built[0], rebuilt[0])
    )
    assert set(first) < set(second)
    assert all(second[name] == first[name] for name in first)
    assert len(set(second) - set(first)) == 2


def test_nothing_changed_means_nothing_to_do(archive: Path, rebuilt: tuple[Path, BuildReport]) -> None:
    told: list[str] = []
    assert build_national(rebuilt[0], CorpusOptions(archive), progress=told.append) == rebuilt[1]
    assert told[-1] == "nothing has changed since the build that serves"


def test_a_store_of_its_own_comes_out_equal(archive: Path, rebuilt: tuple[Path, BuildReport], tmp_path: Path) -> None:
    assert build_national(tmp_path / "store", CorpusOptions(archive, workers=2)).build == rebuilt[1].build


def test_a_former_file_of_another_name_replaces_nothing(archive: Path, built: Built, tmp_path: Path) -> None:
    corpus = shutil.copytree(archive, tmp_path / "corpus")
    for path in (corpus / ".superseded" / "rs").iterdir():
        path.rename(path.with_name(f"{path.name[:17]}9-9_RS_2024_other.zip"))
    assert plan_corpus(corpus, Path("data")).formers == ()
    remove_other_shards(shutil.copytree(built[0], tmp_path / "store"), plan_corpus(corpus, Path("data")))
