"""State a task as one shard: compressed N-Quads, and beside it what the reading left."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hyoka_kg.graph.lean import SheetClaim, SheetWriter
from hyoka_kg.linking import IdentifiedProjects, IssuedNumbers, ProjectResolver
from hyoka_kg.linking.citations import SheetCitations, StrategyIndex, VersionClause
from hyoka_kg.linking.identity.records import read_projects
from hyoka_kg.model import Issue, Reading, SheetPart
from hyoka_kg.pipeline.national.planning import Task
from hyoka_kg.pipeline.national.readers import reader_of
from hyoka_kg.sources.lookups import Lookups, read_lookups
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.sources.transcription import read_documents

_LEVEL = 1
Tally = Counter[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class ShardSummary:
    """What one shard holds and what its reading left.

    Attributes:
        name: Name of the shard.
        sha256: SHA-256 of its lines, before compression.
        quads: How many lines it has.
        sheets: How many sheets or parts of sheets it states.
        years: Fiscal years that it speaks of.
        claims: Which sheet speaks of which project under which name.
        issues: What could not be stated as it stands.
        filled: Filled values by source field, year and ministry.
        seen: All values by the same key.
        clauses: Clauses of strategies that only citations know.
        citations: Citations read and resolved, by what was found.
    """

    name: str
    sha256: str
    quads: int
    sheets: int
    years: list[str]
    claims: list[SheetClaim]
    issues: list[Issue]
    filled: Tally
    seen: Tally
    clauses: list[VersionClause]
    citations: Counter[str]


class ShardMaker:
    """States tasks; a worker process makes one and keeps it, so that tables are read once."""

    def __init__(self, data: Path, folder: Path, projects: Path) -> None:
        registry = read_registry(data / "registry")
        self._folder = folder
        self._lookups: Lookups = read_lookups(data)
        numbers = IssuedNumbers.of(registry)
        self._projects: ProjectResolver = IdentifiedProjects(read_projects(projects), numbers)
        self._strategies = StrategyIndex.of(registry)
        # A paper that is transcribed cell by cell is stated there, in more detail, and once.
        self._transcribed = frozenset(document.head.iri_path for document in read_documents(data / "documents"))

    def make(self, task: Task) -> ShardSummary:
        """Return the summary of a task's shard, which is written where it is not there already.

        Raises:
            LayoutError: The source is damaged or not as its contract says; no shard is left.
        """
        known = read_summary(self._folder, task.name)
        if known is not None:
            return known
        lines, told = (self._folder / f"{task.name}.{ending}" for ending in ("partial", "json.partial"))
        try:
            summary = self._write(task, lines)
            told.write_text(_dump(summary), encoding="utf-8")
            lines.replace(shard_path(self._folder, task.name))
            told.replace(self._folder / f"{task.name}.json")
        finally:
            lines.unlink(missing_ok=True)
            told.unlink(missing_ok=True)
        return summary

    def _write(self, task: Task, path: Path) -> ShardSummary:
        reading, writer, digest = Reading(), SheetWriter(self._projects), hashlib.sha256()
        quads, claims, sheets = 0, [], 0
        citations = SheetCitations(self._strategies)
        with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as output:
            for part in self._parts(task, reading):
                lines = writer.lines(citations.link(part))
                block = "".join(lines).encode()
                digest.update(block)
                output.write(block)
                quads, sheets = quads + len(lines), sheets + 1
                if part.name:
                    project = self._projects.project_of(part.key, part.rs_id)
                    claims.append(SheetClaim(project, part.key.fiscal_year, part.name.strip(), part.rs_id))
        return ShardSummary(
            name=task.name,
            sha256=digest.hexdigest(),
            quads=quads,
            sheets=sheets,
            years=sorted(writer.years),
            claims=claims,
            issues=reading.issues,
            filled=reading.filled,
            seen=reading.seen,
            clauses=[clause for _, clause in sorted(citations.clauses.items())],
            citations=citations.counts,
        )

    def _parts(self, task: Task, reading: Reading) -> Iterator[SheetPart]:
        parts = reader_of(task.source).read(task.source, (task.part, task.parts), self._lookups, reading)
        return (part for part in parts if part.key.path not in self._transcribed)


def shard_path(folder: Path, name: str) -> Path:
    """Return where the lines of a shard are."""
    return folder / f"{name}.nq.gz"


def read_summary(folder: Path, name: str) -> ShardSummary | None:
    """Return the summary of a finished shard, or None where it is not whole."""
    path = folder / f"{name}.json"
    if not (path.is_file() and shard_path(folder, name).is_file()):
        return None
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    record["claims"] = [SheetClaim(*claim) for claim in record["claims"]]
    record["issues"] = [Issue(*issue) for issue in record["issues"]]
    record["clauses"] = [VersionClause(*clause) for clause in record["clauses"]]
    record["citations"] = Counter(record["citations"])
    for tally in ("filled", "seen"):
        record[tally] = Counter({(name, year, ministry): n for name, year, ministry, n in record[tally]})
    return ShardSummary(**record)


def _dump(summary: ShardSummary) -> str:
    record = asdict(summary) | {"citations": dict(summary.citations)}
    for tally, counts in (("filled", summary.filled), ("seen", summary.seen)):
        record[tally] = [[*key, count] for key, count in sorted(counts.items())]
    return json.dumps(record, ensure_ascii=False)
