"""Guarded patches: a person's decision on one cell, which holds only while the literal there is what it expects.

A patch file is a list, as the review page exports it (YAML, of which JSON is a part): `id`, `target` (subject, field,
fiscal_year), `expect` (the literal as printed), `set`, `kind`, `reason`, `evidence`, `date`. `extraction_fix` corrects
what was read. `source_erratum` says that the paper itself is wrong: the printed literal stays, and is marked. `link`
belongs to the linking step and is only guarded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import CellKey, Claim, ClaimState, Document, FormReading, ValueStatus
from hyoka_kg.normalization import key_form
from hyoka_kg.sources.tables import read_text

KINDS = ("extraction_fix", "source_erratum", "link")
_FIX, _ERRATUM = KINDS[:2]
_NEEDED = ("id", "target", "expect", "set", "kind", "reason")
_ALLOWED = frozenset({*_NEEDED, "evidence", "date"})
_TARGET = frozenset({"document", "subject", "field", "fiscal_year"})


@dataclass(frozen=True, slots=True)
class Patch:
    """A decision on one cell.

    Attributes:
        id: Its own name.
        key: Subject, field and fiscal year of the cell.
        expect: The literal that must stand there.
        set: What holds instead.
        kind: One of `KINDS`.
        place: File and number of the patch, for messages.
    """

    id: str
    key: CellKey
    expect: str
    set: str
    kind: str
    place: str


def read_patches(path: Path) -> tuple[Patch, ...]:
    """Return the patches of a file.

    Raises:
        LayoutError: The file is no list of patches, or two decide on one cell.
    """
    try:
        records = yaml.safe_load(read_text(path)) or []
    except yaml.YAMLError as error:
        raise LayoutError(f"{path} is no YAML: {error}. Export the patches from the review page again.") from error
    if not isinstance(records, list):
        raise LayoutError(f"{path} is no list of patches. Write one entry a patch, each beginning with '- id:'.")
    patches = tuple(_patch(record, f"{path}, patch {number}") for number, record in enumerate(records, 1))
    _check_apart(patches)
    return patches


def patch_reading(reading: FormReading, patches: Iterable[Patch]) -> FormReading:
    """Return a reading with patches applied: what was read is set right, or the paper's own mistake is marked.

    Raises:
        LayoutError: A patch is stale: its cell is not there, or another literal stands in it.
    """
    claims = {claim.key: claim for claim in reading.claims}
    for patch in patches:
        claim = claims.get(patch.key)
        _guard(patch, None if claim is None else claim.printed)
        if claim is not None:
            claims[patch.key] = _patched(claim, patch)
    return replace(reading, claims=tuple(claims.values()))


def patch_document(document: Document, patches: Iterable[Patch]) -> Document:
    """Return a transcription with patches applied: values are set right, the literals stay those of the paper.

    What a paper should print is kept beside its cells, for the derived graph.

    Raises:
        LayoutError: A patch is stale: its cell is not there, or another literal stands in it.
    """
    cells = {cell.key: cell for cell in document.cells}
    errata: dict[CellKey, str] = {}
    for patch in patches:
        cell = cells.get(patch.key)
        _guard(patch, None if cell is None else cell.printed)
        if cell is not None and patch.kind == _FIX:
            cells[patch.key] = replace(cell, value=patch.set)
        elif patch.kind == _ERRATUM:
            errata[patch.key] = patch.set
    return replace(document, cells=tuple(cells.values()), errata=errata)


def _patched(claim: Claim, patch: Patch) -> Claim:
    if patch.kind == _FIX:
        return replace(
            claim, printed=patch.set, state=ClaimState.CURATED, rule=patch.id, status=ValueStatus.REPORTED, issues=()
        )
    if patch.kind == _ERRATUM:
        return replace(claim, issues=(*claim.issues, f"source_erratum:{patch.set}"))
    return claim


def _guard(patch: Patch, printed: str | None) -> None:
    subject, field, year = patch.key
    cell = f"{subject} {field} {year or ''}".strip()
    if printed is None:
        raise LayoutError(f"{patch.place} ({patch.id}): there is no cell {cell}. Remove the patch, or name its cell.")
    if key_form(printed) != key_form(patch.expect):
        raise LayoutError(
            f"{patch.place} ({patch.id}) is stale: it expects '{patch.expect}' at {cell}, and '{printed}' stands "
            "there. Look at the paper again, and correct or remove the patch."
        )


def _patch(record: Any, place: str) -> Patch:
    if not isinstance(record, Mapping):
        raise LayoutError(f"{place} is no entry with {', '.join(_NEEDED)}.")
    missing = [name for name in _NEEDED if record.get(name) is None or (name == "reason" and not record[name])]
    unknown = sorted(map(str, set(record) - _ALLOWED))
    target = record.get("target")
    if missing or unknown or not isinstance(target, Mapping) or not set(target) <= _TARGET:
        raise LayoutError(
            f"{place}: missing {', '.join(missing) or 'nothing'}, unknown {', '.join(unknown) or 'nothing'}; "
            f"a patch has {', '.join(_NEEDED)}, and its target {', '.join(sorted(_TARGET))}."
        )
    if record["kind"] not in KINDS:
        raise LayoutError(f"{place}: '{record['kind']}' is no kind of patch. Use one of: {', '.join(KINDS)}.")
    key = (str(target.get("subject", "")), str(target.get("field", "")), target.get("fiscal_year"))
    return Patch(str(record["id"]), key, str(record["expect"]), str(record["set"]), record["kind"], place)


def _check_apart(patches: Iterable[Patch]) -> None:
    seen: dict[CellKey, Patch] = {}
    for patch in patches:
        other = seen.setdefault(patch.key, patch)
        if other is not patch:
            raise LayoutError(f"{patch.place} decides on the cell of '{other.id}' again. Keep one of the two.")
