"""Each canned query answers the sample with exactly the rows that were checked by hand against the two papers."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from hyoka_kg.query import CannedQuery, bind, load_catalogue, run_canned
from hyoka_kg.query.run import resolve
from hyoka_kg.store import EmbeddedStore

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = Path(__file__).parent / "expected"
CATALOGUE = load_catalogue()
# The ids and columns that the questions were agreed with; their order is part of the answer.
COLUMNS = {
    row["id"]: tuple(row["columns"].split())
    for row in csv.DictReader((Path(__file__).parent / "columns.csv").open(encoding="utf-8", newline=""))
}

each_query = pytest.mark.parametrize("query", list(CATALOGUE), ids=lambda query: query.id)


@pytest.fixture(scope="module")
def store(store_folder: Path) -> EmbeddedStore:
    return EmbeddedStore.open(store_folder)


def _rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_every_question_is_there_with_its_expected_rows() -> None:
    groups = {"cq": 20, "na": 8, "tr": 9}
    assert list(CATALOGUE.queries) == [f"{name}{n:02}" for name, count in groups.items() for n in range(1, count + 1)]
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == list(CATALOGUE.queries)
    assert sorted(COLUMNS) == list(CATALOGUE.queries)


@each_query
def test_the_answer_is_the_expected_one(query: CannedQuery, store: EmbeddedStore) -> None:
    answer = run_canned(store, query, {})
    header, *expected = _rows_of(EXPECTED / f"{query.id}.csv")
    assert list(answer.variables) == header == list(query.columns) == list(COLUMNS[query.id])
    assert [list(row.values()) for row in answer.as_text()] == expected


@each_query
def test_columns_are_plain_literals(query: CannedQuery, store: EmbeddedStore) -> None:
    kinds = {
        re.sub(r'^".*?"(?=\^\^|@|$)', "", str(term), flags=re.DOTALL)
        for row in run_canned(store, query, {}).rows
        for term in row
        if term
    }
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert kinds <= {"", *(f"^^<{xsd}{name}>" for name in ("integer", "decimal", "date", "boolean"))}


@each_query
def test_the_file_runs_as_it_is_and_its_defaults_are_those_of_its_header(
    query: CannedQuery, store: EmbeddedStore
) -> None:
    prepareQuery(query.text)
    defaults = {parameter.name: parameter.default for parameter in query.params if parameter.default is not None}
    things = {parameter.name: parameter for parameter in query.params if parameter.type == "iri"}
    resolved = {
        name: resolve(store, things[name], value) if name in things else value for name, value in defaults.items()
    }
    assert store.select(bind(query, resolved)).rows == store.select(query.text).rows
    optional = {parameter.name for parameter in query.params if parameter.default is None}
    assert set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text)) == optional
    assert set(re.findall(r"VALUES \?(\w+) \{", query.text)) == {parameter.name for parameter in query.params}


@each_query
def test_the_header_tells_what_is_asked_in_both_languages(query: CannedQuery) -> None:
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", query.summary)
    assert re.search(r"[a-z]", query.summary_en)
    assert query.tags
    assert all(parameter.description_ja and parameter.description_en for parameter in query.params)
    assert query.text.count("ORDER BY") >= 1 or len(query.columns) == 1


def _answer(store: EmbeddedStore, name: str, **values: str) -> list[dict[str, str]]:
    return run_canned(store, CATALOGUE[name], values).as_text()


def test_a_year_asks_for_that_year_only(store: EmbeddedStore) -> None:
    assert _answer(store, "cq04", fy="2017") == []
    assert _answer(store, "cq06", fy="2016", limit="1") == [
        {
            "rank": "1", "entry_no": "18", "budget_mjpy": "31727", "review_number": "0048",
            "project": "社会保障・税に関わる番号制度に関するシステム構築等に要する経費",
        }
    ]  # fmt: skip


def test_a_scope_may_be_a_document_a_policy_or_a_project(store: EmbeddedStore) -> None:
    paper = [row for row in _answer(store, "cq08") if row["document"] == "mic-ex-ante-fy2017-08"]
    assert len(paper) == 2
    assert _answer(store, "cq08", scope="mic-ex-ante-fy2017-08") == paper
    assert _answer(store, "cq08", scope="mic/e-government") == paper
    project = _answer(store, "cq08", scope="mic/shared-information-systems")
    assert [row["excess_mjpy"] for row in project] == ["54", "54", "54", "119"]
    assert _answer(store, "cq08", scope="mic/juki-net-security") == []


def test_a_project_that_cites_indicators_and_documents_is_traced_to_them(store: EmbeddedStore) -> None:
    rows = _answer(store, "tr01", project="mic/municipal-cloud-research")
    related = [row for row in rows if row["link_kind"] == "related-indicator"]
    assert [(row["indicator"], row["quote"], row["line"]) for row in related] == [
        ("クラウド導入市区町村数", "5", "975")
    ]
    assert related[0]["objective"].startswith("地方公共団体の情報化を推進し")
    cited = [row for row in rows if row["link_kind"] == "cited-in-text"]
    assert [(row["strategy"], row["version_date"], row["page"], row["line"]) for row in cited] == [
        ("日本再興戦略2016", "2016-06-02", "7", "978"),
        ("経済財政運営と改革の基本方針2016", "2016-06-02", "7", "977"),
        ("世界最先端ＩＴ国家創造宣言・官民データ活用推進基本計画", "2017-05-30", "7", "978"),
    ]


def test_a_clause_gathers_the_projects_of_its_sub_clauses(store: EmbeddedStore) -> None:
    whole = _answer(store, "tr02", clause="it-nation-declaration/2015-06-30/c1")
    assert len({row["project"] for row in whole}) == 22
    assert whole == _answer(store, "tr02", clause="it-nation-declaration/2015-06-30/c4")
    assert _answer(store, "tr02", clause="hyk:strategy/it-nation-declaration/2013-06-14/c1") == []


def test_a_measurand_stands_in_place_of_an_indicator(store: EmbeddedStore) -> None:
    rows = _answer(store, "tr03", measurand="number-cards-issued")
    assert sorted((row["value"], row["as_printed"]) for row in rows) == [("3000", "3,000枚"), ("30000000", "3,000万枚")]


def test_a_strategy_stands_in_place_of_a_document(store: EmbeddedStore) -> None:
    rows = _answer(store, "tr07", strategy="digital-priority-plan")
    assert [(row["kind"], row["status"]) for row in rows] == [("version", "not-in-corpus")] * 5


def test_what_could_be_said_grows_with_the_date(store: EmbeddedStore) -> None:
    assert _answer(store, "tr08", date="2015-08-30") == []
    told = [len(_answer(store, "tr08", date=f"{year}-08-31")) for year in range(2015, 2022)]
    assert told == [12, 24, 41, 54, 66, 78, 90]


def test_a_name_of_two_projects_is_not_guessed(store: EmbeddedStore) -> None:
    from hyoka_kg.errors import QueryError

    with pytest.raises(QueryError, match="names 2 things"):
        _answer(store, "cq11", project="自治体情報セキュリティ強化対策事業")
