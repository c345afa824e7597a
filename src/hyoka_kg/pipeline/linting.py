"""Judge one form before it is published: read it, state it alone, and ask the rules what its boxes contradict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hyoka_kg.config import data_dir, ontology_dir
from hyoka_kg.errors import LayoutError
from hyoka_kg.graph.iris import mint
from hyoka_kg.model import (
    Cell,
    ClaimState,
    Document,
    Finding,
    FormReading,
    Placed,
    Registry,
    Row,
    Severity,
    ValueStatus,
)
from hyoka_kg.pipeline.explaining import explain
from hyoka_kg.pipeline.findings import integrity_rules, place
from hyoka_kg.pipeline.inputs import Inputs
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.pipeline.statements import state_inputs, state_vocabulary
from hyoka_kg.pipeline.transcribing import transcribe
from hyoka_kg.sources.messages import told
from hyoka_kg.sources.reading.reporting import told_issue
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.sources.transcription import read_document
from hyoka_kg.store.writing import StoreWriter
from hyoka_kg.validation import findings_of

_NUMBER, _NAME = "review_number", "name"
_MINISTRY = "unknown"
# The sheets come with the budget requests, due at the end of August (ADR 3).
_ISSUED = (8, 31)


@dataclass(frozen=True, slots=True)
class LintResult:
    """What was found in a form, in the order of its lines, and what a reader should know of the reading.

    Attributes:
        findings: The findings.
        notes: What to know of the reading.
        cells: The cell of a workbook or page (レビューシート!U18) by the line that a finding names; none of a text.
    """

    findings: list[Placed]
    notes: tuple[str, ...]
    cells: Mapping[str, str]


def lint(path: Path, form: str | None = None, data: Path | None = None) -> LintResult:
    """Return the findings of one form, told by its own boxes alone.

    Args:
        path: A text, a PDF or a workbook.
        form: Profile to read it by; else its title tells.
        data: The data folder; of its registry only what does not speak of projects is used.

    Raises:
        LayoutError: The file is none of the known forms.
        HyokaError: It cannot be opened, or a box that is read holds what no value can be.
    """
    reading = read_form(path, form, data)
    if not reading.claims:
        raise LayoutError(f"{path}: nothing was read, so there is nothing to check. See `hyoka read` for the reason.")
    silent = _sums_with_gaps(reading)
    judged = judge_forms([form_document(reading, path.stem)], data=data)
    found = sorted((one for one in judged if one.finding.rule not in silent), key=_by_place)
    cells = {str(claim.pieces[0].start_line): claim.cell for claim in reading.claims if claim.cell and claim.pieces}
    return LintResult(found, tuple(_notes(reading, silent)), cells)


def form_document(reading: FormReading, name: str = "form") -> Document:
    """Return the reading of a form as a document of an unknown publisher; the messages call it by its name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form"
        transcribe(reading, path, _MINISTRY)
        document = read_document(path)
    issued = date(document.head.sheet_fiscal_year, *_ISSUED)
    return replace(document, head=replace(document.head, id=name, issued=issued))


def judge_forms(
    documents: Sequence[Document], only: Collection[str] = (), data: Path | None = None
) -> Iterator[Placed]:
    """Yield what the rules about papers find in documents that the registry does not know.

    The numbers of one ministry name one project an entry, whatever the year: its documents are compared.

    Args:
        documents: The documents; each has a path of its own.
        only: The rules to ask; all where empty. Those about our own graph do not concern the author of a form.
        data: The data folder.
    """
    registry = _provisional(read_registry((data or data_dir()) / "registry"), documents)
    store = StoreWriter.in_memory()
    inputs = Inputs(registry, tuple(documents), {}, frozenset())
    for graph in (*state_inputs(inputs), *state_vocabulary(ontology_dir())):
        store.load(graph.lines)
    own = _Own(documents)
    for rule, text in integrity_rules():
        if rule.severity is not Severity.VIOLATION and (not only or rule.rule in only):
            found = findings_of(rule, store.select(text).as_text())
            yield from place(store, (explain(store, rule, one) for one in found if own.has(one)))


class _Own:
    """What belongs to some documents: their parts, the projects and numbers of their ministries, their names."""

    def __init__(self, documents: Iterable[Document]) -> None:
        heads = [document.head for document in documents]
        kinds = ("project", "review-number")
        parts = {mint("doc", head.iri_path)[1:-1] for head in heads}
        ministries = {mint(kind, head.ministry)[1:-1] + "/" for kind in kinds for head in heads}
        self._places = tuple(sorted(parts | ministries))
        self._names = {head.id for head in heads}

    def has(self, finding: Finding) -> bool:
        """Return whether a finding is about them: by its focus, or as it names a document of theirs."""
        return finding.focus.startswith(self._places) or dict(finding.values).get("document") in self._names


def _by_place(one: Placed) -> tuple[int, int, Finding]:
    return int(one.line or 0), int(one.column or 0), one.finding


def _provisional(registry: Registry, documents: Sequence[Document]) -> Registry:
    """Return the registry with the numbers and policies of some documents only, those of their ministry."""
    numbers: list[Row] = []
    projects: dict[str, Row] = {}
    for document in documents:
        names = {cell.subject: cell.text for cell in document.cells if cell.field == _NAME}
        for cell in document.cells:
            if cell.field == _NUMBER and cell.status is ValueStatus.REPORTED:
                entry = _entry_of(cell.subject)
                project = f"{document.head.ministry}/form-{entry.rpartition('/')[2]}"
                numbers.append(_number_row(cell, document, project, len(numbers) + 1))
                projects[project] = _project_row(cell, project, names.get(entry, entry))
    policies = {f"{document.head.ministry}/{document.head.policy}": document for document in documents}
    own = {
        "review_numbers": tuple(numbers),
        "projects": tuple(projects.values()),
        "policies": tuple(_policy_row(policy, document) for policy, document in policies.items()),
    }
    return Registry({**registry.tables, **own})


def _number_row(cell: Cell, document: Document, project: str, ordinal: int) -> Row:
    year = str(cell.fiscal_year or document.head.sheet_fiscal_year)
    row = {"ministry": document.head.ministry, "fiscal_year": year, "number": f"n{ordinal}", "project_id": project}
    return Row({**row, "number_printed": cell.text, "evidence": "", "method": "lint"}, cell.locator)


def _project_row(cell: Cell, project: str, name: str) -> Row:
    blank = dict.fromkeys(("first_seen", "judgit_id", "rs_id", "note"), "")
    return Row({"project_id": project, "name_ja": name, "name_en": name, **blank}, cell.locator)


def _policy_row(policy: str, document: Document) -> Row:
    cell = next(cell for cell in document.cells)
    names = (cell.text for cell in document.cells if (cell.subject, cell.field) == ("policy", _NAME))
    name = next(names, policy)
    return Row({"policy_id": policy, "name_ja": name, "name_en": name, "field": ""}, cell.locator)


def _entry_of(subject: str) -> str:
    """Return the entry that a number belongs to; a review sheet has one."""
    parts = subject.split("/")
    return "/".join(parts[:2]) if parts[0] == "entry" else "entry/1"


def _sums_with_gaps(reading: FormReading) -> list[str]:
    """Return the rules that add up what was not read whole: a sum without one of its amounts accuses nobody."""
    gaps = {one.subject.partition("/")[0] for one in reading.claims if one.state is ClaimState.OPEN and one.fiscal_year}
    return [rule.rule for rule, _ in integrity_rules() if rule.adds_up in gaps]


def _notes(reading: FormReading, silent: Sequence[str]) -> Iterator[str]:
    opened = sum(claim.state == "open" for claim in reading.claims)
    counts = {"claims": len(reading.claims), "opened": opened, "unread": len(reading.residue)}
    yield told("form_read", form=reading.form, route=reading.route, **counts)
    yield from map(told_issue, reading.issues)
    if silent:
        yield told("sum_not_judged", rules=", ".join(silent))
