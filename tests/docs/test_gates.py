"""What must not rot: no unused term, no untold option, no question without an answer, tables and glossary in step."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import typer
from docs.generated import decisions, dictionary, glossary, questions, vocabulary
from rdflib import OWL, RDF, RDFS, Graph

from hyoka_kg.cli.app import app
from hyoka_kg.query import run_maintenance
from hyoka_kg.store import EmbeddedStore

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = typer.main.get_command(app).commands
_DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# What states a term or asks for it.
_USERS = ("src/**/*.py", "src/**/*.csv", "src/**/*.yml", "queries/**/*.rq", "ontology/shapes/*.ttl")


@pytest.fixture(scope="module")
def store(store_folder: Path) -> EmbeddedStore:
    return EmbeddedStore.open(store_folder)


def _terms() -> dict[str, set[str]]:
    """Return every term of the vocabulary with the terms directly below it."""
    graph = Graph().parse(ROOT / "ontology" / "hyoka.ttl")
    names = {str(term).removeprefix(vocabulary.TERM) for kind in _DECLARED for term in graph.subjects(RDF.type, kind)}
    below: dict[str, set[str]] = {name: set() for name in names}
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for low, high in graph.subject_objects(relation):
            name = str(high).removeprefix(vocabulary.TERM)
            if name in below:
                below[name].add(str(low).removeprefix(vocabulary.TERM))
    return below


def _unused(terms: dict[str, set[str]], words: set[str]) -> list[str]:
    return sorted(name for name, below in terms.items() if name not in words and not below & words)


def _named_in(path: Path) -> set[str]:
    """Return what a file may mean as a term: prefixed names; in a table, every word."""
    text = path.read_text(encoding="utf-8")
    return set(re.findall(r"\w+" if path.suffix == ".csv" else r"(?:hyoka:|_HYOKA\.)(\w+)", text))


def test_no_term_is_unused(store: EmbeddedStore) -> None:
    words = {word for pattern in _USERS for path in ROOT.glob(pattern) for word in _named_in(path)}
    stated = {row["class"].rpartition("#")[2] for row in run_maintenance(store, "classes").as_text()}
    assert _unused(_terms(), words | stated) == []


def test_an_unused_term_would_be_found() -> None:
    assert _unused({"Policy": set(), "Sheet": {"ReviewSheet"}, "Dream": set()}, {"Policy", "ReviewSheet"}) == ["Dream"]


def test_a_word_of_a_sentence_is_no_use_of_a_term(tmp_path: Path) -> None:
    query = tmp_path / "dream.rq"
    query.write_text("# Dream of a Policy\nSELECT ?x WHERE { ?x a hyoka:Policy }", encoding="utf-8")
    assert _named_in(query) == {"Policy"}
    table = tmp_path / "dream.csv"
    table.write_text("field,term\nx,Policy\n", encoding="utf-8")
    assert _named_in(table) == {"field", "term", "x", "Policy"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_argument_and_option_says_what_it_means(name: str) -> None:
    assert [each.name for each in COMMANDS[name].params if not each.hidden and not each.help] == []


def test_every_question_is_told_in_both_languages_and_answers(store: EmbeddedStore) -> None:
    told = list(questions.answered(store))
    assert len(told) == len(list((ROOT / "queries" / "competency").glob("*.rq")))
    for each in told:
        query = each["query"]
        assert _JAPANESE.search(query.summary), query.id
        assert not _JAPANESE.search(query.summary_en), query.id
        assert query.summary_en != query.name
        # What the nation alone can answer says so by its tag; its page says so too.
        assert each["count"] > 0 or "national" in query.tags, f"{query.id}: give it a default that the sample answers"
        assert all(p.description_ja and p.description_en for p in query.params), query.id


def test_every_column_of_every_table_is_in_the_dictionary_and_no_other() -> None:
    told: dict[str, list[str]] = {}
    for row in dictionary.rows():
        told.setdefault(row["table"], []).append(row["column"])
        assert _JAPANESE.search(row["meaning_ja"]), row
        assert re.fullmatch(r"[^\u3040-\u30ff\u4e00-\u9fff]+", row["meaning_en"]), row
    assert told == dictionary.printed_columns()
    assert len(told) == 33


def test_the_dictionary_gives_the_columns_of_a_dump_the_types_that_parquet_has() -> None:
    told: dict[str, dict[str, str]] = {}
    for row in dictionary.rows():
        if row["table"].startswith("dump/tables/"):
            told.setdefault(row["table"], {})[row["column"]] = row["type"]
    assert told == dictionary.dumped_types()
    assert sum(map(len, told.values())) == 57
    assert told["dump/tables/money"]["amount_jpy"] == "decimal"


def test_the_glossary_names_terms_and_concepts_that_are_told() -> None:
    rows = glossary.told()["rows"]
    with (ROOT / "ontology" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        assert len(rows) == len(list(csv.DictReader(file)))
    concepts = {
        f"{scheme['name']}/{concept['name']}"
        for scheme in vocabulary.schemes()["schemes"]
        for concept in scheme["concepts"]
    }
    assert {row["identifier"] for row in rows} <= concepts | set(_terms())
    assert {row["mark"] for row in rows} <= set(glossary.MARKS)


def test_every_decision_has_its_page_in_the_index() -> None:
    told = decisions.told()["decisions"]
    assert len({each["number"] for each in told}) == len(told) == len(list((ROOT / "docs" / "adr").glob("*.md")))
    # The eleven decisions that the house was built on, and its floors.
    assert [each["number"] for each in told][:12] == [f"{number:04}" for number in range(1, 13)]
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert all(f"\n## {part}\n" in text for part in ("Context", "Decision", "Consequences")), path.name
