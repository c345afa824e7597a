"""A floor under the readers: on synthetic papers numbers are right, and none is wrong; the long run is a benchmark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.errors import AcquisitionError
from hyoka_kg.pipeline.facsimiles import LITERAL, NOT_TOLD, STORED, compare_routes
from hyoka_kg.pipeline.measuring import Measurement, measure, share
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

LEAST_RIGHT = {"workbook": 0.99, "pdf": 0.98, "text": 0.9}
MOST_WRONG = 0.003


@pytest.fixture(scope="module")
def measured(ministry: Path) -> Measurement:
    return measure(ministry)


@pytest.mark.parametrize("route", sorted(LEAST_RIGHT))
def test_numbers_are_right_by_every_route_and_hardly_any_is_wrong(measured: Measurement, route: str) -> None:
    counts = measured.totals()[route]
    assert measured.files[route] >= 3
    assert counts.total() > 150
    assert share(counts, "right") >= LEAST_RIGHT[route]
    assert share(counts, "wrong") <= MOST_WRONG


def test_scrambled_texts_of_two_seeds_keep_the_floor(tmp_path: Path) -> None:
    whole = Measurement()
    for seed in (1, 2):
        synthesize(Request(seed, 2, 2018, 2018, Kind.BOTH, Route.TEXT, 0.2), tmp_path / str(seed))
        whole.add(measure(tmp_path / str(seed)))
    counts = whole.totals()["text"]
    assert whole.files["text"] >= 6
    assert [one.verdict.key for one in whole.wrong()] == []
    assert share(counts, "right") >= LEAST_RIGHT["text"]


def test_a_folder_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(AcquisitionError, match=r"no cells\.jsonl"):
        measure(tmp_path)


def test_a_changed_truth_makes_a_wrong_number_and_ends_with_one(ministry: Path, tmp_path: Path) -> None:
    source = next((ministry / "documents").glob("*ex-ante*.xlsx"))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / source.name).write_bytes(source.read_bytes())
    lines = (ministry / "cells.jsonl").read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if f'"{source.stem}"' in line]
    at = next(at for at, line in enumerate(own) if '"field": "current"' in line and '"entry/1"' in line)
    own[at] = own[at].replace("百万円", "億円")
    (tmp_path / "cells.jsonl").write_text("\n".join(own), encoding="utf-8")
    result = CliRunner().invoke(app, ["measure", str(tmp_path)])
    assert result.exit_code == 1
    assert [one.verdict.key[:2] for one in measure(tmp_path).wrong()] == [("entry/1", "current")]


def test_one_document_is_told_alike_by_workbook_and_pdf_and_the_stored_numbers_are_listed(ministry: Path) -> None:
    stem = sorted((ministry / "documents").glob("*review-sheet*.pdf"))[0].with_suffix("")
    readings = {
        route: read_form(stem.with_suffix(suffix)) for route, suffix in (("workbook", ".xlsx"), ("pdf", ".pdf"))
    }
    found = compare_routes(readings)
    assert [one for one in found if one.reason in (LITERAL, NOT_TOLD)] == []
    stored = [one for one in found if one.reason == STORED]
    assert len(stored) > 10
    assert all(set(one.told) == {"workbook", "pdf", "workbook stores"} for one in stored)


def test_the_text_of_the_document_contradicts_its_workbook_nowhere(ministry: Path) -> None:
    stem = sorted((ministry / "documents").glob("*review-sheet*.pdf"))[0].with_suffix("")
    readings = {
        route: read_form(stem.with_suffix(suffix)) for route, suffix in (("workbook", ".xlsx"), ("text", ".txt"))
    }
    differing = [one for one in compare_routes(readings) if one.reason == LITERAL]
    assert differing == []


def test_compare_lists_what_formats_of_one_document_do_not_tell_alike(ministry: Path) -> None:
    stem = sorted((ministry / "documents").glob("*review-sheet*.pdf"))[0].with_suffix("")
    files = [str(stem.with_suffix(suffix)) for suffix in (".xlsx", ".pdf", ".txt")]
    result = CliRunner().invoke(app, ["compare", *files, "--json"])
    told = json.loads(result.stdout)
    assert (result.exit_code, told["routes"]) == (0, ["workbook", "pdf", "text"])
    assert set(told["counts"]) == {NOT_TOLD, STORED}
    assert len(told["differences"]) == sum(told["counts"].values())
    table = CliRunner().invoke(app, ["compare", *files])
    assert "printed_vs_stored" in table.stdout
    assert f"{told['cells']} cells told" in table.stderr


def test_compare_refuses_files_of_two_documents(ministry: Path) -> None:
    one, other = (next((ministry / "documents").glob(f"*{form}*.xlsx")) for form in ("review-sheet", "ex-ante"))
    result = CliRunner().invoke(app, ["compare", str(one), str(other)])
    assert result.exit_code != 0
    assert "not one document in several formats" in str(result.exception or result.output)
