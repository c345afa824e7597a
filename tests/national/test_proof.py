"""Facts of the store are read again from their sources by their receipts, and a planted error is told."""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.config import data_dir
from hyoka_kg.errors import LayoutError, StoreError
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.pipeline.national.proof import Receipted, draw_facts, facts_of, prove_facts, reread_facts
from hyoka_kg.pipeline.national.rereading import Outcome, read_rules
from hyoka_kg.pipeline.reports import BuildReport
from hyoka_kg.query import run_maintenance
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.vocabulary import expand

Built = tuple[Path, Path, BuildReport]


def _all_facts(built: Built) -> list[Receipted]:
    store = EmbeddedStore.open(built[0])
    sources = {task.source.sha256[:16]: task.source for task in plan_corpus(built[1], data_dir()).tasks}
    sheets = [row["sheet"] for row in run_maintenance(store, "lean_sheets").as_text()]
    return [fact for sheet in sheets for fact in facts_of(store, sheet, sources)]


def _reread(built: Built, facts: list[Receipted], *, agreeing: bool) -> list[Outcome]:
    sources = {task.source.sha256[:16]: task.source for task in plan_corpus(built[1], data_dir()).tasks}
    return [outcome for outcome in reread_facts(facts, sources, data_dir()) if outcome.agrees is agreeing]


def test_every_fact_of_the_small_corpus_is_in_its_source(built: Built) -> None:
    facts = _all_facts(built)
    assert len(facts) > 250
    assert _reread(built, facts, agreeing=False) == []
    tables = [*(f"1-{n}" for n in range(1, 6)), "2-1", "2-2", "3-1", "3-2", "4-1"]
    told = {fact.source for receipts in facts for fact in receipts}
    assert told == {"judgit", *tables, *(f"5-{n}" for n in range(1, 5)), "6-1"}


def test_a_planted_error_of_every_kind_is_a_mismatch(built: Built) -> None:
    facts = _all_facts(built)
    status = expand("hyoka:valueStatus")
    planted = [
        tuple(
            replace(fact, value=expand("hys:value-status/reported") if fact.predicate == status else f"{fact.value}7")
            for fact in receipts
        )
        for receipts in facts
    ]
    assert _reread(built, planted, agreeing=True) == []


def test_a_receipt_to_another_row_is_a_mismatch(built: Built) -> None:
    amount = expand("obeu-measure:amount")
    money = [fact for receipts in _all_facts(built) for fact in receipts if fact.predicate == amount]
    moved = [(replace(fact, row=fact.row + 100),) for fact in money if fact.source == "2-1"]
    assert moved
    assert _reread(built, moved, agreeing=True) == []


def test_the_same_seed_draws_the_same_facts(built: Built) -> None:
    first, again, other = (prove_facts(built[0], built[1], data_dir(), 60, seed) for seed in (7, 7, 8))
    assert first == again
    assert first.outcomes != other.outcomes
    assert len({outcome.fact for outcome in first.outcomes}) == 60
    assert first.mismatches == []


def test_every_fact_can_be_drawn(built: Built) -> None:
    facts = _all_facts(built)
    sources = {task.source.sha256[:16]: task.source for task in plan_corpus(built[1], data_dir()).tasks}
    assert set(draw_facts(EmbeddedStore.open(built[0]), sources, len(facts), 1)) == set(facts)


def test_more_facts_than_there_are_cannot_be_drawn(built: Built) -> None:
    sources = {task.source.sha256[:16]: task.source for task in plan_corpus(built[1], data_dir()).tasks}
    with pytest.raises(StoreError, match="facts with a receipt"):
        draw_facts(EmbeddedStore.open(built[0]), sources, 100_000, 1)


def test_a_file_that_is_not_the_one_that_was_read_stops(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "judgit_2018.ndjson"
    path.write_bytes((built[1] / "judgit" / "judgit_2019.ndjson").read_bytes())
    with pytest.raises(LayoutError, match="is absent or is not the file that was read"):
        prove_facts(built[0], tmp_path, data_dir(), 10, 1)


def test_the_command_counts_mismatches(built: Built) -> None:
    arguments = ["prove", "--corpus", str(built[1]), "--count", "20", "--store", str(built[0])]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert "20 facts read again, seed 1; mismatches: 0" in result.stderr


def test_a_check_that_there_is_not_is_told() -> None:
    text = "source,thing,property,field,check\ntrial,entry,hyoka:nameAsPrinted,name,{}\n"
    assert len(read_rules(text.format("text"))) == 1
    with pytest.raises(LayoutError, match=r"no check 'yen'. There are: million-yen, .*number"):
        read_rules(text.format("yen"))


def test_every_rule_of_comparison_is_for_a_field_of_its_contract() -> None:
    from hyoka_kg.sources.contracts import load_groups

    rows = csv.DictReader((files("hyoka_kg.pipeline.national") / "receipts.csv").read_text("utf-8").splitlines())
    tables = load_groups("hyoka_kg.sources.cas_rs_csv", "2024")
    for row in (row for row in rows if row["source"] != "judgit"):
        known = {column.field for column in tables[row["source"]].columns.values()} | {"@year"}
        assert set(row["field"].replace("|", ",").replace("+", ",").split(",")) <= known
