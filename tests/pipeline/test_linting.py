"""A form of every year, read before it is published, holds no box that the rules would not know how to take."""

from __future__ import annotations

from pathlib import Path

from hyoka_kg.graph.forms import meaning_of_field, meaning_of_subject
from hyoka_kg.pipeline.linting import form_document
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.synthesis import Kind, Request, Route, synthesize


def test_every_box_that_is_read_has_a_meaning(tmp_path: Path) -> None:
    synthesize(Request(5, 1, 2014, 2023, Kind.BOTH, Route.XLSX, 0.0), tmp_path / "papers")
    papers = sorted((tmp_path / "papers" / "documents").glob("*.xlsx"))
    assert len(papers) == 20
    boxes = {
        (cell.subject, cell.field) for paper in papers for cell in form_document(read_form(paper, None, None)).cells
    }
    assert {("contract/1", "reason"), ("reform/kpi/1", "unit")} <= boxes
    for subject, field in sorted(boxes):
        meaning_of_subject(subject)
        meaning_of_field(subject, field)
