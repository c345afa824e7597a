"""A patch holds only while the literal is what it expects; a stale one stops, in a reading and in the build."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from hyoka_kg.errors import LayoutError, ValueTextError
from hyoka_kg.graph.terms import decimal, term
from hyoka_kg.model import Claim, ClaimState, FormReading
from hyoka_kg.pipeline.inputs import load_inputs
from hyoka_kg.pipeline.statements import state_corrections
from hyoka_kg.sources.patches import patch_reading, read_patches

CLAIM = Claim("policy", "executed", "（105,222万円）", 11, 2015, issues=("unit_differs",))
OTHER = Claim("policy", "current", "115,528百万円", 11, 2015)
READING = FormReading("ex-ante/2017", "text", "0" * 64, 2017, 12, claims=(CLAIM, OTHER))
PATCH: dict[str, Any] = {
    "id": "mic-ex-ante-fy2017-08-c1",
    "target": {"document": "mic-ex-ante-fy2017-08", "subject": "policy", "field": "executed", "fiscal_year": 2015},
    "expect": "(105,222 万円)",
    "set": "（105,222百万円）",
    "kind": "source_erratum",
    "reason": "百の脱字",
    "evidence": "1356",
    "date": "2026-11-27",
}


def written(folder: Path, *changes: dict[str, Any]) -> Path:
    path = folder / "patches.yml"
    path.write_text(yaml.safe_dump([{**PATCH, **change} for change in changes], allow_unicode=True), encoding="utf-8")
    return path


def test_an_erratum_keeps_what_is_printed_and_marks_it(tmp_path: Path) -> None:
    claim, other = patch_reading(READING, read_patches(written(tmp_path, {}))).claims
    assert (claim.printed, claim.state) == (CLAIM.printed, ClaimState.EXPLICIT)
    assert claim.issues == ("unit_differs", "source_erratum:（105,222百万円）")
    assert other == OTHER


def test_a_fix_of_the_reading_is_curated_and_named(tmp_path: Path) -> None:
    claim, _ = patch_reading(READING, read_patches(written(tmp_path, {"kind": "extraction_fix"}))).claims
    assert (claim.printed, claim.basis, claim.issues) == (PATCH["set"], f"curated:{PATCH['id']}", ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expect": "（105,223万円）"}, "is stale: it expects '（105,223万円）' at policy executed 2015"),
        ({"target": {**PATCH["target"], "fiscal_year": 2014}}, "there is no cell policy executed 2014"),
        ({"kind": "guess"}, "'guess' is no kind of patch"),
        ({"reason": ""}, "missing reason"),
        ({"because": "x"}, "unknown because"),
        ({"target": {"cell": "A1"}}, "its target document, field"),
    ],
    ids=["stale", "no cell", "kind", "reason", "unknown", "target"],
)
def test_a_patch_that_does_not_fit_stops(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(LayoutError) as refusal:
        patch_reading(READING, read_patches(written(tmp_path, change)))
    assert words in str(refusal.value)


def test_two_patches_on_one_cell_stop(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="decides on the cell of 'mic-ex-ante-fy2017-08-c1' again"):
        read_patches(written(tmp_path, {}, {"id": "second"}))


@pytest.mark.parametrize("text", ["a: [", "just: one"], ids=["yaml", "no list"])
def test_a_file_of_another_shape_stops(tmp_path: Path, text: str) -> None:
    (tmp_path / "patches.yml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError, match="patches"):
        read_patches(tmp_path / "patches.yml")


def test_the_build_applies_the_patches_beside_a_document_and_stops_at_a_stale_one(tmp_path: Path, root: Path) -> None:
    data = tmp_path / "data"
    for name in ("registry", "documents"):
        shutil.copytree(root / "data" / name, data / name)
    folder = data / "documents" / "mic-ex-ante-fy2017-08"
    written(folder, {"kind": "extraction_fix", "set": "105222000000"})
    cells = {cell.key: cell for document in load_inputs(data).documents for cell in document.cells}
    cell = cells["policy", "executed", 2015]
    assert (cell.printed, cell.value) == (CLAIM.printed, "105222000000")
    written(folder, {})
    corrected = set(state_corrections(load_inputs(data)))
    assert {(property, value) for _, property, value in corrected} == {
        (term("hyoka:correctedText"), '"（105,222百万円）"@ja'),
        (term("hyoka:correctedAmount"), decimal(Decimal(105_222_000_000))),
    }
    assert len({node for node, _, _ in corrected}) == 1
    written(folder, {"set": "105,222"})
    with pytest.raises(ValueTextError, match="as the paper should have printed it"):
        list(state_corrections(load_inputs(data)))
    written(folder, {"expect": "（1万円）"})
    with pytest.raises(LayoutError, match="is stale"):
        load_inputs(data)
