"""A transcribed paper refers to projects, measurands and clauses through what it prints, and is digested by it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from hyoka_kg.errors import ModelError
from hyoka_kg.linking.documents import DocumentLinks, NumberKey, link_document
from hyoka_kg.linking.identity.transcribed import digest_document
from hyoka_kg.linking.sheets import IssuedNumbers
from hyoka_kg.model import Cell, Document, Registry, SheetKey, ValueStatus
from hyoka_kg.sources.transcription import read_documents

MILLION = 1_000_000


@pytest.fixture(scope="module")
def papers(root: Path) -> dict[str, Document]:
    return {document.head.kind: document for document in read_documents(root / "data" / "documents")}


def changed(document: Document, subject: str, field: str, year: int | None, **values: object) -> Document:
    """Return a document with one cell that says something else."""

    def change(cell: Cell) -> Cell:
        is_meant = (cell.subject, cell.field) == (subject, field) and year in (None, cell.fiscal_year)
        return replace(cell, **values) if is_meant else cell

    return replace(document, cells=tuple(map(change, document.cells)))


def test_the_entries_of_a_policy_paper_are_projects_by_their_numbers(
    papers: dict[str, Document], registry: Registry
) -> None:
    links = link_document(papers["ex-ante"], registry)
    assert len(links.numbers) == len(links.projects) == 23
    assert links.numbers["entry/1"] == NumberKey("mic", 2017, "0031")
    assert links.projects["entry/2"] == "mic/mic-lan"
    assert len(links.measurands) == 18
    assert links.measurands["indicator/1"] == "un-online-service-rank"
    assert links.clauses["citation/1/clause/2"] == "it-nation-declaration/2014-06-24/c2"
    assert link_document(papers["review-sheet"], registry).measurands == {}


def test_what_stands_below_an_entry_is_of_its_project() -> None:
    links = DocumentLinks({}, {"project": "mic/one", "entry/1": "mic/two"}, {}, {})
    subjects = ("project", "project/budget/1", "entry/1/budget/2016", "entry/2", "entry")
    assert [links.project_of(subject) for subject in subjects] == ["mic/one", "mic/one", "mic/two", None, None]


def test_a_number_that_is_not_registered_or_stands_twice_is_named(
    papers: dict[str, Document], registry: Registry
) -> None:
    paper = papers["ex-ante"]
    with pytest.raises(ModelError, match=r"the number 9999 of FY2017 is not in data/registry/review_numbers\.csv"):
        link_document(changed(paper, "entry/2", "review_number", None, printed="9999"), registry)
    with pytest.raises(ModelError, match=r"0031 of FY2017 stands at entry/1 and at entry/2"):
        link_document(changed(paper, "entry/2", "review_number", None, printed="0031"), registry)
    dash = changed(paper, "entry/2", "review_number", None, printed="－", status=ValueStatus.DASH)
    assert "entry/2" not in link_document(dash, registry).numbers


def test_a_transcribed_sheet_is_digested_by_name_start_money_and_former_numbers(papers: dict[str, Document]) -> None:
    digest = digest_document(papers["review-sheet"])
    assert (digest.key, digest.start) == (SheetKey("mic", 2018, "0036"), 2003)
    assert digest.name == "住民基本台帳ネットワークシステムセキュリティ対策経費"
    assert len(digest.figures) == 13
    told = {(phase, year): yen // MILLION for phase, year, yen in digest.figures}
    assert [told["executed", year] for year in (2015, 2016, 2017)] == [2, 2, 2]
    assert [told["initial", year] for year in (2015, 2016, 2017, 2018)] == [5, 5, 4, 4]
    assert {phase for phase, _ in told} == {"initial", "requested", "current", "executed"}
    assert [f"{key.fiscal_year} {key.number}" for key in digest.stated] == [
        "2010 0032-2", "2011 0038", "2012 0036", "2013 0038", "2014 0047", "2015 0040", "2016 0036", "2017 0039",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "status"),
    [("4", ValueStatus.NOT_YET), ("0", ValueStatus.REPORTED), ("―", ValueStatus.REPORTED), ("?", ValueStatus.REPORTED)],
)
def test_what_is_no_amount_is_no_figure(papers: dict[str, Document], printed: str, status: ValueStatus) -> None:
    paper = changed(papers["review-sheet"], "entry/1", "executed", 2016, printed=printed, status=status)
    figures = digest_document(paper).figures
    assert len(figures) == 12
    assert ("executed", 2016) not in {(phase, year) for phase, year, _ in figures}


def test_a_start_that_is_no_year_is_unknown(papers: dict[str, Document]) -> None:
    paper = changed(papers["review-sheet"], "entry/1", "start_fiscal_year", None, printed="不明")
    assert digest_document(paper).start == 0


def test_issued_numbers_cannot_be_exchanged(registry: Registry) -> None:
    issued = IssuedNumbers.of(registry)
    assert issued.is_registered(SheetKey("mic", 2018, "0036"))
    assert not issued.is_registered(SheetKey("mic", 2018, "9999"))
    with pytest.raises(FrozenInstanceError):
        issued.by_number = {}
