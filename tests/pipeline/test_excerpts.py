"""Excerpted facts: the tables are whole, state what the objects say, and stop where a row belongs to no sheet."""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from hyoka_kg.errors import LayoutError, ModelError
from hyoka_kg.linking.identity.links import Link, LinkStatus
from hyoka_kg.linking.identity.records import parse_sheet
from hyoka_kg.linking.identity.transcribed import digest_document
from hyoka_kg.model import SheetKey
from hyoka_kg.pipeline.excerpts import link_sheets
from hyoka_kg.pipeline.inputs import Inputs, load_inputs
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


@pytest.fixture(scope="module")
def inputs(root: Path) -> Inputs:
    return load_inputs(root / "data")


@pytest.fixture(scope="module")
def links(root: Path, inputs: Inputs, lookups: Lookups) -> dict[tuple[str, str], Link]:
    excerpts = list(read_excerpts(root / "data" / "documents", lookups))
    found = link_sheets(excerpts, inputs.documents, lookups)
    return {tuple(f"{k.ministry}/fy{k.fiscal_year}/{k.number}" for k in link[:2]): link for link in found}


def test_a_transcribed_sheet_is_digested_with_its_figures(inputs: Inputs) -> None:
    (sheet,) = [document for document in inputs.documents if document.head.kind == "review-sheet"]
    digest = digest_document(sheet)
    assert digest.key == SheetKey("mic", 2018, "0036")
    assert digest.start == 2003
    assert ("executed", 2017, 2_000_000) in digest.figures
    assert {phase for phase, _, _ in digest.figures} == {"initial", "current", "executed", "requested"}
    assert [key.number for key in digest.stated][-1] == "0039"


def test_the_links_of_the_excerpt_are_counted(links: dict[tuple[str, str], Link]) -> None:
    assert Counter((link.relation, str(link.status)) for link in links.values()) == {
        ("renumbered", "accepted"): 94, ("continues", "accepted"): 18, ("renamed", "accepted"): 10,
        ("split-into", "accepted"): 6, ("merged-into", "accepted"): 3, ("transferred", "accepted"): 3,
        ("renamed", "refuted"): 4, ("merged-into", "unconfirmed"): 1,
    }  # fmt: skip


def test_no_accepted_link_joins_two_registered_projects(inputs: Inputs, links: dict[tuple[str, str], Link]) -> None:
    rows = inputs.registry["review_numbers"]
    project = {f"{row['ministry']}/fy{row['fiscal_year']}/{row['number']}": row["project_id"] for row in rows}
    joined = [ends for ends, link in links.items() if link.joins and all(end in project for end in ends)]
    assert len(joined) == 123
    assert [ends for ends in joined if project[ends[0]] != project[ends[1]]] == []


def test_a_transcribed_sheet_is_weighed_beside_excerpted_ones(links: dict[tuple[str, str], Link]) -> None:
    chain = ["fy2015/0040", "fy2016/0036", "fy2017/0039", "fy2018/0036", "fy2019/0037", "fy2020/0037", "fy2021/20-0032"]
    for one, other in pairwise(chain):
        link = links[f"mic/{one}", f"mic/{other}"]
        assert link.status is LinkStatus.ACCEPTED
        assert {"equal-name", "equal-start-year"} <= set(link.evidence)


def test_a_misprinted_former_number_is_refuted(links: dict[tuple[str, str], Link]) -> None:
    misprint = links["mic/fy2018/0034", "mic/fy2019/0034"]
    assert misprint.status is LinkStatus.REFUTED
    assert {"stated-predecessor-number", "equal-figures:0/8", "different-start-year"} <= set(misprint.evidence)
    assert links["mic/fy2018/0033", "mic/fy2019/0034"].status is LinkStatus.ACCEPTED
    assert links["mic/fy2018/0034", "mic/fy2019/0035"].status is LinkStatus.ACCEPTED


def test_a_split_and_a_merger_over_ministries_are_told(links: dict[tuple[str, str], Link]) -> None:
    split = [link.later.number for link in links.values() if link.earlier == parse_sheet("mic/fy2019/0034")]
    assert split == ["0034", "new02-0009", "new02-0010", "new02-0013"]
    merger = [links[f"mic/fy2019/{number}", "cas/fy2020/new02-0006"] for number in ("0044", "0071")]
    assert [link.relation for link in merger] == ["merged-into", "merged-into"]
    # Equal wording alone tells that 0044 merged too, and prose is not excerpted.
    assert [str(link.status) for link in merger] == ["unconfirmed", "accepted"]


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
