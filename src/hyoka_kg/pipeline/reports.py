"""What a build made, as kept beside the store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.national.report import NationalReport
from hyoka_kg.store.builds import read_manifest


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    Attributes:
        build: Name of the build: the start of the SHA-256 of its sorted N-Quads, or of the hashes of its parts.
        version: Version of the code.
        quads: How many quads it holds.
        documents: Ids of its transcribed documents.
        sourced: Ids of the documents that were checked against their source text.
        graphs: Triples by named graph; the graphs of lean sheets are counted in `national`.
        findings: Findings by severity and rule.
        national: What the national corpora gave, where they were brought.
    """

    build: str
    version: str
    quads: int
    documents: list[str]
    sourced: list[str]
    graphs: dict[str, int]
    findings: dict[str, dict[str, int]]
    national: NationalReport | None = None

    def as_json(self) -> str:
        """Return the report as JSON; a build without corpora says nothing of them."""
        record = asdict(self)
        if self.national is None:
            del record["national"]
        return json.dumps(record, ensure_ascii=False, indent=2)


def read_report(store: Path) -> BuildReport:
    """Return what the current build of a store folder holds.

    Raises:
        StoreError: Nothing was built there, or a version built it that told other things.
    """
    record = json.loads(read_manifest(store))
    national = record.pop("national", None)
    try:
        return BuildReport(**record, national=NationalReport(**national) if national else None)
    except TypeError as error:
        raise StoreError(f"Another version made the build in {store} ({error}). Build again: hyoka build.") from error
