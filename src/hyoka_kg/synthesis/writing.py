"""Write the synthetic ministry into a folder, sheet by sheet: tables, documents, truth; whole or not at all."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from hyoka_kg.synthesis.ex_ante import ex_ante_sheet, policies_of
from hyoka_kg.synthesis.facts import Defect
from hyoka_kg.synthesis.ministry import MinistryYear, Project, ministry_years
from hyoka_kg.synthesis.money import told_execution, true_budget
from hyoka_kg.synthesis.numbering import History, Standing, carry_history, document_id
from hyoka_kg.synthesis.public_writing import write_public_records
from hyoka_kg.synthesis.rendering import render
from hyoka_kg.synthesis.request import Kind, Request, RequestError, Route
from hyoka_kg.synthesis.review_sheet import cited_numbers, review_sheet
from hyoka_kg.synthesis.words import words

SHEET_COLUMNS = (
    "document", "ministry", "fiscal_year", "number", "name", "start_fiscal_year", "cited_numbers",
    "initial_jpy", "executed_before_jpy", "executed_two_before_jpy",
)  # fmt: skip
IDENTITY_COLUMNS = ("document", "project", "predecessors", "events", "policy")
_MILLION = 1_000_000
Progress = Callable[[str], None]


@dataclass(slots=True)
class Counts:
    """What was written."""

    sheets: int = 0
    documents: int = 0
    files: int = 0
    cells: int = 0
    defects: int = 0


@dataclass(frozen=True, slots=True)
class _Desk:
    """The open files of a run."""

    folder: Path
    sheets: Any
    identity: Any
    cells: TextIO
    defects: TextIO
    counts: Counts


def synthesize(request: Request, folder: Path, progress: Progress = lambda step: None) -> Counts:
    """Write the ministry of a request into a new folder.

    Raises:
        RequestError: The folder holds something already.
        AcquisitionError: A package that a route needs is not installed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RequestError(f"{folder} holds something already. Name a new folder with --out; nothing was written.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        counts = _write_all(request, aside, progress)
        if folder.exists():
            folder.rmdir()
        aside.chmod(0o755)
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return counts


def _write_all(request: Request, folder: Path, progress: Progress) -> Counts:
    if request.route is Route.JUDGIT:
        counts = Counts(sheets=write_public_records(request, folder, progress))
        _write_manifest(folder, request, counts)
        return counts
    (folder / "documents").mkdir()
    history: History = {}
    with _open(folder) as desk:
        for year in ministry_years(request.seed, request.projects, request.first, request.last):
            progress(f"FY{year.fiscal_year}")
            history = carry_history(history, year.projects, year.fiscal_year)
            _write_year(desk, request, year, history)
        _write_manifest(folder, request, desk.counts)
        return desk.counts


@contextmanager
def _open(folder: Path) -> Iterator[_Desk]:
    def text(name: str) -> TextIO:
        return (folder / name).open("w", encoding="utf-8", newline="")

    with (
        text("sheets.csv") as sheets,
        text("identity.csv") as identity,
        text("cells.jsonl") as cells,
        text("defects.jsonl") as defects,
    ):
        sheet_table, identity_table = (csv.writer(file, lineterminator="\n") for file in (sheets, identity))
        sheet_table.writerow(SHEET_COLUMNS)
        identity_table.writerow(IDENTITY_COLUMNS)
        yield _Desk(folder, sheet_table, identity_table, cells, defects, Counts())


def _write_year(desk: _Desk, request: Request, year: MinistryYear, history: History) -> None:
    for project in year.projects:
        _write_tables(desk, request, year, project, history)
        if request.routes and request.kind is not Kind.EX_ANTE:
            _write_document(desk, request, review_sheet(request.seed, year, project, history))
    if request.routes and request.kind is not Kind.REVIEW_SHEET:
        for policy in policies_of(year):
            _write_document(desk, request, ex_ante_sheet(request.seed, year, policy))


def _write_tables(desk: _Desk, request: Request, year: MinistryYear, project: Project, history: History) -> None:
    fiscal_year, document = year.fiscal_year, document_id(project, year.fiscal_year)
    own: Standing = history[project.id][-1]
    cited = cited_numbers(request.seed, year, project, history)
    told = [told_execution(request.seed, project.id, fiscal_year, fiscal_year - back) for back in (1, 2)]
    desk.sheets.writerow([
        document, words()["ministry"]["slug"], fiscal_year, own.number, project.name, project.start_fiscal_year,
        ";".join(f"{one.fiscal_year}:{one.number}" for one in cited if one.number),
        true_budget(request.seed, project.id, fiscal_year).initial * _MILLION, *(one * _MILLION for one in told),
    ])  # fmt: skip
    before = [document_id(year.before[one], fiscal_year - 1) for one in project.predecessors]
    desk.identity.writerow([document, project.id, ";".join(before), ";".join(project.events), project.policy])
    desk.counts.sheets += 1
    if not request.routes:
        _write_defects(desk, [Defect(document, one.planted) for one in cited if one.planted])


def _write_document(desk: _Desk, request: Request, sheet: Any) -> None:
    rendered = render(sheet, request)
    for name, content in rendered.files:
        (desk.folder / "documents" / name).write_bytes(content)
    for record in rendered.cells:
        desk.cells.write(json.dumps(record, ensure_ascii=False) + "\n")
    _write_defects(desk, rendered.defects)
    desk.counts.documents += 1
    desk.counts.files += len(rendered.files)
    desk.counts.cells += len(rendered.cells)


def _write_defects(desk: _Desk, defects: Iterable[Defect]) -> None:
    for defect in defects:
        desk.defects.write(json.dumps(asdict(defect), ensure_ascii=False) + "\n")
        desk.counts.defects += 1


def _write_manifest(folder: Path, request: Request, counts: Counts) -> None:
    manifest = {"request": asdict(request), "counts": asdict(counts), "ministry": words()["ministry"]}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
