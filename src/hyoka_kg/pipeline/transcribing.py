"""Write a reading as a draft transcription: the tables of `data/documents/<id>/`, and what a person has to decide."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import yaml

from hyoka_kg.errors import AcquisitionError, LayoutError
from hyoka_kg.model import HARD_BREAK, SOFT_BREAK, Claim, ClaimState, FormReading, ValueStatus
from hyoka_kg.sources.transcription import CELL_COLUMNS, PASSAGE_COLUMNS, table_of

REVIEW_FILE = "review.yml"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written.

    Attributes:
        folder: The new folder.
        cells: Rows of cells by file.
        passages: Places of long texts.
        open: Fields for a person to decide.
    """

    folder: Path
    cells: dict[str, int]
    passages: int
    open: int


def transcribe(reading: FormReading, folder: Path, ministry: str = "unknown") -> Draft:
    """Write the draft beside its place and move it there; an existing folder is never touched.

    Args:
        reading: The reading of a text; on the other routes its own listing of cells is the text.
        folder: Where the draft goes; its name is the id of the document.
        ministry: Slug of the publisher in the registry.

    Raises:
        LayoutError: Nothing was read.
        AcquisitionError: The folder exists, or cannot be made.
    """
    if not reading.claims:
        raise LayoutError("Nothing was read, so there is nothing to transcribe. See `hyoka read` for the reason.")
    if folder.exists():
        raise AcquisitionError(f"{folder} exists. Name another folder with --output; a draft overwrites nothing.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        draft = _write(reading, aside, folder, ministry)
        aside.chmod(0o755)
        aside.rename(folder)
    finally:
        if aside.exists():
            rmtree(aside)
    return draft


def _write(reading: FormReading, aside: Path, folder: Path, ministry: str) -> Draft:
    form = reading.form.partition("/")[0]
    tables: dict[str, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        if claim.state is not ClaimState.OPEN and not claim.is_passage:
            tables[table_of(form, claim.subject, claim.field)].append(claim)
    for name, claims in tables.items():
        _write_table(aside / name, CELL_COLUMNS, map(_cell_row, claims))
    passages = [claim for claim in reading.claims if claim.is_passage and claim.state is not ClaimState.OPEN]
    _write_table(aside / "texts.csv", PASSAGE_COLUMNS, map(_passage_row, passages))
    _write_yaml(aside / "document.yml", _head(reading, folder.name, form, ministry))
    opened = [claim for claim in reading.claims if claim.state is ClaimState.OPEN]
    _write_yaml(aside / REVIEW_FILE, _review(reading, opened))
    return Draft(folder, {name: len(rows) for name, rows in sorted(tables.items())}, len(passages), len(opened))


def _cell_row(claim: Claim) -> Sequence[object]:
    is_structure = not claim.printed and bool(claim.value)
    return (
        claim.subject, claim.field, claim.fiscal_year or "", claim.unit, claim.value, claim.printed,
        "" if is_structure else claim.page, ";".join(map(str, claim.pieces)), claim.status,
        "A" if claim.state is not ClaimState.INFERRED else "B", "",
    )  # fmt: skip


def _passage_row(claim: Claim) -> Sequence[object]:
    text = claim.printed.replace(SOFT_BREAK, "\n").replace(HARD_BREAK, "\n")
    spans = ";".join(map(str, claim.pieces))
    return claim.subject, claim.field, claim.page, spans, len(text), hashlib.sha256(text.encode()).hexdigest()


def _head(reading: FormReading, name: str, form: str, ministry: str) -> dict[str, Any]:
    """Return the head of the document; what no paper prints is left for a person to write."""
    number = _number(reading, form)
    return {
        "id": name,
        "kind": form,
        "ministry": ministry,
        "sheet_fiscal_year": reading.fiscal_year,
        "number": number,
        "revision": 1,
        "iri_path": f"{ministry}/{form}/fy{reading.fiscal_year}/{number}",
        "title_ja": next((claim.printed for claim in reading.claims if claim.key[:2] == ("document", "title")), name),
        "title_en": name,
        "issued": None,
        "issued_basis": "To be written: the paper prints no date that the reader knows.",
        "language": "ja",
        "policy": "to-be-written",
        "projects": "entry",
        "source": {
            "sha256": reading.sha256,
            "media_type": "text/plain",
            "encoding": "utf-8",
            "line_count": max(reading.lines - 1, 0),
            "page_count": reading.pages,
        },
    }


def _number(reading: FormReading, form: str) -> str:
    field = "form_number" if form == "ex-ante" else "review_number"
    printed = next((claim.printed for claim in reading.claims if claim.field == field), "")
    digits = re.findall(r"[0-9]+(?:-[0-9]+)*", printed)
    return digits[-1] if digits else "unknown"


def _review(reading: FormReading, opened: Iterable[Claim]) -> dict[str, Any]:
    rules = [claim for claim in reading.claims if claim.state is ClaimState.INFERRED]
    return {
        "profile": reading.form,
        "open": [f"{claim.subject} {claim.field} {claim.fiscal_year or ''}".strip() for claim in opened],
        "inferred": [
            f"{claim.subject} {claim.field} {claim.fiscal_year or ''}".strip() + f": {claim.rule}" for claim in rules
        ],
        "issues": [f"{issue.code} at {issue.place}: {issue.detail}" for issue in reading.issues],
        "residue": [f"page {one.page}, line {one.place}: {one.reason}" for one in reading.residue],
    }


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")


def _write_yaml(path: Path, record: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


__all__ = ["Draft", "ValueStatus", "transcribe"]
