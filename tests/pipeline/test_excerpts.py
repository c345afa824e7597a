"""Excerpted facts: the tables are whole, state what the objects say, and stop where a row belongs to no sheet."""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
from collections import Counter
from pathlib import Path

import pytest

from hyoka_kg.errors import LayoutError, ModelError
from hyoka_kg.sources.judgit_facts import FactSheet, read_excerpts
from hyoka_kg.sources.lookups import Lookups, read_lookups

FOLDER = "judgit-mic-e-government"


@pytest.fixture(scope="module")
def lookups(root: Path) -> Lookups:
    return read_lookups(root / "data")


@pytest.fixture(scope="module")
def sheets(root: Path, lookups: Lookups) -> tuple[FactSheet, ...]:
    (excerpt,) = read_excerpts(root / "data" / "documents", lookups)
    assert excerpt.licence == "https://creativecommons.org/licenses/by/4.0/"
    return excerpt.sheets


def test_the_excerpt_holds_the_sheets_that_it_says(sheets: tuple[FactSheet, ...]) -> None:
    assert Counter((one.part.key.ministry, one.part.key.fiscal_year) for one in sheets) == {
        ("mic", 2015): 21, ("mic", 2016): 24, ("mic", 2017): 23, ("mic", 2018): 20,
        ("mic", 2019): 22, ("mic", 2020): 20, ("mic", 2021): 18, ("cas", 2020): 10,
    }  # fmt: skip


def test_an_excerpt_states_no_prose_and_no_payee(sheets: tuple[FactSheet, ...]) -> None:
    kinds = {node.kind for one in sheets for node in one.part.nodes}
    assert kinds == {"document", "entry", "budget", "indicator", "observation", "link"}
    labels = [dict(node.values).get("label", "") for one in sheets for node in one.part.nodes]
    assert max(map(len, labels)) <= 40


def test_a_receipt_leads_into_the_object(sheets: tuple[FactSheet, ...]) -> None:
    one = next(one for one in sheets if one.part.key.path == "mic/review-sheet/fy2019/0037")
    executed = next(n for n in one.part.nodes if n.path == "entry/1/budget/executed/2018")
    assert executed.place == f"{one.sha256[:16]}#/budget/2/executed"
    assert dict(executed.values)["amount"] == "2000000"


def test_a_blank_stays_ambiguous(sheets: tuple[FactSheet, ...]) -> None:
    one = next(one for one in sheets if one.part.key.path == "mic/review-sheet/fy2019/0037")
    spare = next(n for n in one.part.nodes if n.path == "entry/1/budget/supplementary/2018")
    assert dict(spare.values)["status"] == "ambiguous-zero"


@pytest.mark.parametrize("table", ["budget", "indicators", "values", "predecessors"])
def test_a_row_of_no_sheet_stops(tmp_path: Path, root: Path, lookups: Lookups, table: str) -> None:
    shutil.copytree(root / "data" / "documents" / FOLDER, tmp_path / FOLDER)
    path = tmp_path / FOLDER / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, "mic/2099/9999" + lines[1][lines[1].index(",") :]]) + "\n", encoding="utf-8")
    with pytest.raises(ModelError, match="mic/2099/9999"):
        list(read_excerpts(tmp_path, lookups))


def test_an_excerpt_names_its_source(tmp_path: Path, root: Path, lookups: Lookups) -> None:
    shutil.copytree(root / "data" / "documents" / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / "excerpt.yml").write_text("source: https://github.com/judgit/data\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="licence must be given"):
        list(read_excerpts(tmp_path, lookups))


@pytest.mark.corpus
def test_every_object_is_the_one_that_was_excerpted(corpus_dir: Path, sheets: tuple[FactSheet, ...]) -> None:
    wanted = {one.name: one.sha256 for one in sheets}
    for path in sorted((corpus_dir / "judgit").glob("judgit_20??.ndjson.xz")):
        with lzma.open(path) as lines:
            for record in map(json.loads, lines):
                if record["_path"] in wanted:
                    own = wanted.pop(record.pop("_path"))
                    plain = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                    assert hashlib.sha256(plain.encode()).hexdigest() == own
    assert wanted == {}
