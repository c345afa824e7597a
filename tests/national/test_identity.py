"""Identity over a small corpus of two years: projects, links as statements, names that stay, explanations."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph
import pytest

from hyoka_kg.config import data_dir, queries_dir
from hyoka_kg.errors import QueryError, StoreError
from hyoka_kg.linking.identity.records import read_links, read_projects
from hyoka_kg.model import SheetKey
from hyoka_kg.pipeline.national.identity import Identity, identify, issue, name_tasks, statements
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.pipeline.sheet_pairs import explain_pair

FIGURES = {"0033": (5317.0, 5101.0), "0034": (811.0, 790.0)}


def _sheet(corpora: ModuleType, year: int, number: str, of: str, **changes: Any) -> dict[str, Any]:
    initial, executed = FIGURES[of]
    money = [corpora.budget(y, initial=initial + y, executed=executed + y) for y in (2015, 2016, 2017)]
    if year == 2019:
        money.append(corpora.budget(2018, initial=initial + 2018, executed=executed + 2018))
    name = {"0033": "情報システムの管理", "0034": "人材を育てる事業"}[of]
    fields = {
        "事業名": name,
        "予算": money,
        "開始年度": 2003 if of == "0033" else 1960,
        "事業目的": None,
        "事業概要": None,
    }
    fields |= {"支出先": [], "アウトカム": [], "アウトプット": [], "関連する過去のレビューシート": []}
    return corpora.sheet(year, number, **(fields | changes))


def _stated(number: str, year: int = 2018) -> list[dict[str, Any]]:
    return [{"府省庁": "総務省", "事業番号1": None, "事業番号2": number, "事業番号3": None, "年度": year}]


@pytest.fixture
def corpus(corpora: ModuleType, tmp_path: Path) -> Path:
    """Return two years in which two projects swap numbers, and one names the other's number by mistake."""
    corpora.write_ndjson(
        tmp_path / "corpus" / "a_2018.ndjson",
        [_sheet(corpora, 2018, "0133", "0033"), _sheet(corpora, 2018, "0134", "0034")],
    )
    corpora.write_ndjson(
        tmp_path / "corpus" / "b_2019.ndjson",
        [
            _sheet(corpora, 2019, "0134", "0033", 関連する過去のレビューシート=_stated("0134")),
            _sheet(corpora, 2019, "0135", "0034", 関連する過去のレビューシート=_stated("0134")),
        ],
    )
    return tmp_path / "corpus"


def _identify(corpus: Path, store: Path) -> Identity:
    plan = plan_corpus(corpus, data_dir())
    identity = identify(plan, data_dir(), store)
    issue(identity, plan)
    return identity


def test_projects_go_on_under_other_numbers_and_keep_their_first_name(corpus: Path, tmp_path: Path) -> None:
    projects = read_projects(_identify(corpus, tmp_path / "store").projects)
    assert {f"{key.fiscal_year}/{key.number}": project for key, project in projects.items()} == {
        "2018/0133": "mic/fy2018-0133",
        "2018/0134": "mic/fy2018-0134",
        "2019/0134": "mic/fy2018-0133",
        "2019/0135": "mic/fy2018-0134",
    }


def test_a_second_run_changes_nothing_not_even_a_byte(corpus: Path, tmp_path: Path) -> None:
    first = _identify(corpus, tmp_path / "store")
    files = [path.read_bytes() for path in (first.projects, first.links)]
    second = _identify(corpus, tmp_path / "store")
    assert [path.read_bytes() for path in (second.projects, second.links)] == files
    assert (second.changes, second.counts) == ([], first.counts)
    elsewhere = _identify(corpus, tmp_path / "elsewhere")
    assert [path.read_bytes() for path in (elsewhere.projects, elsewhere.links)] == files


def test_a_year_that_arrives_later_states_only_its_neighbours_again(
    corpora: ModuleType, corpus: Path, tmp_path: Path
) -> None:
    plan = plan_corpus(corpus, data_dir())
    before = {task.name for task in name_tasks(plan, _identify(corpus, tmp_path / "store")).tasks}
    corpora.write_ndjson(corpus / "c_2020.ndjson", [_sheet(corpora, 2020, "0001", "0033")])
    plan = plan_corpus(corpus, data_dir())
    identity = _identify(corpus, tmp_path / "store")
    assert before < {task.name for task in name_tasks(plan, identity).tasks}
    assert read_projects(identity.projects)[SheetKey("mic", 2020, "0001")] == "mic/fy2018-0133"


def test_links_are_statements_and_the_misprint_is_found(corpus: Path, tmp_path: Path) -> None:
    identity = _identify(corpus, tmp_path / "store")
    lines = "".join(statements(identity))
    store = pyoxigraph.Store()
    store.load(lines, format=pyoxigraph.RdfFormat.N_QUADS)
    assert {quad.graph_name.value.rpartition("/graph/")[2] for quad in store} == {"identity"}
    numbers = (f"<https://w3id.org/hyoka/id/review-number/mic/fy{link}>" for link in ("2018/0134", "2019/0134"))
    for number in numbers:
        year = number.split("/fy")[1].rstrip(">")
        store.update(f'INSERT DATA {{ {number} <http://purl.org/dc/terms/identifier> "mic/fy{year}" }}')
    query = (queries_dir() / "integrity" / "stated_predecessor_refuted.rq").read_text(encoding="utf-8")
    rows = list(store.query(query, use_default_graph_as_union=True))
    assert [(row["earlier"].value, row["later"].value) for row in rows] == [("mic/fy2018/0134", "mic/fy2019/0134")]


def test_the_links_come_back_as_they_were_written(corpus: Path, tmp_path: Path) -> None:
    links = list(read_links(_identify(corpus, tmp_path / "store").links))
    assert sorted((link.earlier.number, link.later.number, str(link.status)) for link in links) == [
        ("0133", "0134", "accepted"),
        ("0134", "0134", "refuted"),
        ("0134", "0135", "accepted"),
    ]


def test_a_pair_is_explained(corpus: Path, tmp_path: Path) -> None:
    _identify(corpus, tmp_path / "store")
    same = explain_pair(tmp_path / "store", "mic/fy2019/0134", "mic/fy2018/0133")
    assert same.is_one_project
    assert (same.earlier, same.satisfied[0]) == ("mic/fy2018/0133", "name-and-figures")
    assert (same.facts["ministry"], same.facts["over"]) == ("equal", "no")
    other = explain_pair(tmp_path / "store", "mic/fy2018/0134", "mic/fy2019/0134")
    assert not other.is_one_project
    assert other.satisfied == []
    assert "stated-predecessor-number" in other.evidence
    assert other.as_json()["links"][0]["later"].startswith("mic/fy2019/")


def test_what_cannot_be_explained_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="hyoka identify"):
        explain_pair(tmp_path / "nothing", "mic/fy2018/0134", "mic/fy2019/0134")
    _identify(corpus, tmp_path / "store")
    with pytest.raises(QueryError, match="mic/fy2018/0036"):
        explain_pair(tmp_path / "store", "0134", "mic/fy2019/0134")
    with pytest.raises(QueryError, match="no sheet"):
        explain_pair(tmp_path / "store", "mic/fy2018/9999", "mic/fy2019/0134")
