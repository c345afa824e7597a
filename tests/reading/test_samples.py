"""The two papers by their text: no number is wrong, and what is left open or unread may only fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.acquisition import read_source_text
from hyoka_kg.config import data_dir
from hyoka_kg.pipeline.comparing import Comparison, compare, totals
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.pipeline.transcribing import transcribe
from hyoka_kg.sources.transcription import check_against_source, read_document, read_documents

pytestmark = pytest.mark.source

# right numbers at least, open numbers at most, wrong cells, runs of residue at most
RECORDED = {
    "mic-ex-ante-fy2017-08": (168, 19, 0, 268),
    "mic-review-sheet-fy2018-0036": (32, 35, 0, 432),
}


@pytest.fixture(scope="module")
def compared(source_papers: list[Path]) -> dict[str, tuple[Comparison, int]]:
    by_hash = {one.head.source_sha256: one for one in read_documents(data_dir() / "documents")}
    found = {}
    for path in source_papers:
        reading = read_form(path)
        document = by_hash[reading.sha256]
        found[document.head.id] = (compare(reading, document), len(reading.residue))
    assert set(found) == set(RECORDED)
    return found


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_no_number_is_wrong_and_the_open_ones_only_fall(compared: dict[str, tuple[Comparison, int]], name: str) -> None:
    comparison, residue = compared[name]
    right, most_open, wrong, most_residue = RECORDED[name]
    counts = totals(comparison.counts(numbers_only=True))
    assert [verdict.key for verdict in comparison.wrong()] == []
    assert counts["wrong"] == wrong
    assert counts["right"] >= right
    assert counts["open"] <= most_open
    assert residue <= most_residue


def test_a_draft_is_a_transcription_whose_every_quote_is_at_its_place(
    source_papers: list[Path], tmp_path: Path
) -> None:
    for path in source_papers:
        folder = tmp_path / path.stem
        draft = transcribe(read_form(path), folder, "mic")
        assert sum(draft.cells.values()) > 50
        head = (folder / "document.yml").read_text(encoding="utf-8")
        (folder / "document.yml").write_text(head.replace("issued: null", "issued: 2018-08-31"), encoding="utf-8")
        check_against_source(read_document(folder), read_source_text(path))
