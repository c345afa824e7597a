"""Bring claims to the review page: from a transcription, a reading, or JSON lines that any reader may write."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Cell, Claim, ClaimState, Document, FormReading, Locator, Passage, ReadingIssue, Rect
from hyoka_kg.review.records import Statement
from hyoka_kg.sources.reading.reporting import issue_at
from hyoka_kg.sources.tables import read_text
from hyoka_kg.sources.transcription.spans import parse_spans

_OTHER_READING = "other_reading_left"
_VIEW = re.compile(r"page=([0-9]+)&viewrect=(-?[0-9]+),(-?[0-9]+),([0-9]+),([0-9]+)")


def claims_of_document(document: Document, reasons: dict[str, str] | None = None) -> tuple[Statement, ...]:
    """Return the cells and passages of a transcription; `reasons` explains its layout decisions by id."""
    notes = reasons or {}
    cells = [_of_cell(cell, notes) for cell in document.cells if not cell.is_structure]
    return (*cells, *map(_of_passage, document.passages))


def _of_cell(cell: Cell, notes: dict[str, str]) -> Statement:
    reason = notes.get(cell.reading, "")
    return Statement(
        cell.subject, cell.field, cell.fiscal_year, cell.printed, cell.value, cell.unit, str(cell.status),
        cell.confidence, cell.pieces, note=f"{cell.reading} {reason}".strip(),
        issues=(_OTHER_READING,) if cell.confidence == "C" else (),
    )  # fmt: skip


def _of_passage(passage: Passage) -> Statement:
    note = f"{passage.length} characters, SHA-256 {passage.sha256[:12]}"
    return Statement(
        passage.subject, passage.box, None, "", status="passage", state="A", pieces=passage.pieces, note=note
    )


def claims_of_reading(reading: FormReading) -> tuple[Statement, ...]:
    """Return what a reader claims of a form, each with the issues of its place; issues of no claim come last."""
    issues: dict[str, list[str]] = defaultdict(list)
    for issue in reading.issues:
        issues[issue.place].append(issue.code)
    claims = [_of_claim(claim, issues.pop(_issue_place(claim), [])) for claim in reading.claims if not _is_link(claim)]
    rest = [issue for issue in reading.issues if issue.place in issues]
    return (*claims, *(_of_issue(issue) for issue in rest))


def _is_link(claim: Claim) -> bool:
    """Return whether a claim has nothing to show: it says how rows belong together."""
    return not claim.printed and claim.state is ClaimState.EXPLICIT


def _issue_place(claim: Claim) -> str:
    return issue_at("", claim, "").place


def _of_claim(claim: Claim, issues: list[str]) -> Statement:
    printed = "" if claim.is_passage else claim.printed
    status = "passage" if claim.is_passage else str(claim.status)
    return Statement(
        claim.subject, claim.field, claim.fiscal_year, printed, claim.value, claim.unit, status, claim.basis,
        () if claim.cell else claim.pieces, tuple(_rect_of(claim.fragment)),
        issues=tuple(dict.fromkeys((*claim.issues, *issues))),
    )  # fmt: skip


def _of_issue(issue: ReadingIssue) -> Statement:
    note = f"{issue.place}: {issue.detail}"
    return Statement("reading", issue.code, None, "", status="issue", note=note, issues=(issue.code,))


def _rect_of(fragment: str) -> Iterator[Rect]:
    match = _VIEW.fullmatch(fragment)
    if match:
        page, left, top, width, height = map(int, match.groups())
        yield Rect(page, left, top, left + width, top + height)


def read_claims(path: Path, document: str) -> tuple[Statement, ...]:
    """Return the claims about one document from JSON lines.

    A line has subject and field, and may have document, fiscal_year, printed, value, unit, status, state, issues,
    note, and `where` with the places: `text` as `12:0-4;13`, `pdf` as `page:left,top,right,bottom;…` in points.

    Raises:
        LayoutError: A line is not such an object, or none is about the document.
    """
    records = list(_records(path, document))
    if not records:
        raise LayoutError(f"{path} has no claim about '{document}'. The name of the file is the id of the document.")
    return tuple(_of_record(record, Locator(str(path), number)) for number, record in records)


def _records(path: Path, document: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(read_text(path).splitlines(), 1):
        try:
            record = json.loads(line) if line.strip() else None
        except json.JSONDecodeError as error:
            raise LayoutError(f"{path}, row {number}: {error}. Write one JSON object a line.") from error
        if record and record.get("document", document) == document:
            yield number, record


def _of_record(record: dict[str, Any], locator: Locator) -> Statement:
    where = record.get("where") or {}
    try:
        return Statement(
            str(record["subject"]), str(record["field"]), record.get("fiscal_year"), record.get("printed", ""),
            record.get("value", ""), record.get("unit", ""), record.get("status", ""), record.get("state", ""),
            parse_spans(where.get("text", ""), locator), tuple(_rects(where.get("pdf", ""))), record.get("note", ""),
            tuple(record.get("issues") or record.get("defects") or ()),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise LayoutError(f"{locator}: {error} cannot be read. A claim needs subject, field and places.") from error


def _rects(text: str) -> Iterator[Rect]:
    for part in filter(None, text.split(";")):
        page, _, box = part.partition(":")
        left, top, right, bottom = map(float, box.split(","))
        yield Rect(int(page), left, top, right, bottom)
