"""Write a dump aside and swap it in: N-Quads, TriG, Parquet tables, JSON-LD context, VoID and DCAT, SHA-256."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, get_args

from hyoka_kg.acquisition.archive import sha256_of
from hyoka_kg.errors import StoreError
from hyoka_kg.pipeline.dumping.accounts import read_accounts
from hyoka_kg.pipeline.dumping.context import write_context
from hyoka_kg.pipeline.dumping.describing import File, write_description
from hyoka_kg.pipeline.dumping.quads import write_quads
from hyoka_kg.pipeline.dumping.tables import write_tables
from hyoka_kg.pipeline.versions import read_versions
from hyoka_kg.store import EmbeddedStore

Part = Literal["nquads", "trig", "tables"]
PARTS: tuple[Part, ...] = get_args(Part)
_QUAD_FILES: dict[Part, str] = {"nquads": "hyoka.nq.gz", "trig": "hyoka.trig.gz"}
_CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class DumpReport:
    """What a dump holds.

    Attributes:
        folder: Where it is.
        quads: How many quads the graph has.
        rows: Rows by table.
        files: Its files, in the order of their names.
    """

    folder: Path
    quads: int
    rows: dict[str, int]
    files: tuple[File, ...]


def dump(
    store: EmbeddedStore,
    folder: Path,
    parts: Collection[Part] = PARTS,
    progress: Callable[[str], None] = lambda _step: None,
) -> DumpReport:
    """Write a dump of a store; the same graph gives the same bytes.

    Args:
        store: The graph.
        folder: Where to write; a former dump there is replaced when the new one is whole.
        parts: What to write beside description, context and checksums.
        progress: Is told each step.

    Raises:
        StoreError: The folder holds something that is no dump, or cannot be written.
        MissingPackageError: Tables are wanted and pyarrow is not installed.
    """
    _refuse_other(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=f"{folder.name}.aside-", dir=folder.parent))
        try:
            report = _write(store, aside, folder, parts, progress)
            _swap(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"Cannot write the dump {folder}: {error}. What stood there still stands.") from error
    return report


def _write(
    store: EmbeddedStore, aside: Path, folder: Path, parts: Collection[Part], progress: Callable[[str], None]
) -> DumpReport:
    rows: dict[str, int] = {}
    quads = _write_quads(store, aside, parts, progress)
    if "tables" in parts:
        rows = write_tables(store, aside / "tables", progress)
    progress("describing")
    write_context(store, aside / "context.jsonld")
    files = [_file(aside, path, rows) for path in sorted(aside.rglob("*")) if path.is_file()]
    description = write_description(aside / "dataset.ttl", files, quads, read_accounts(store), read_versions())
    files = sorted([*files, _file(aside, description, rows)], key=lambda file: file.name)
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    (aside / _CHECKSUMS).write_text(sums, encoding="utf-8")
    return DumpReport(folder, quads, rows, tuple(files))


def _write_quads(store: EmbeddedStore, aside: Path, parts: Collection[Part], progress: Callable[[str], None]) -> int:
    """Write the formats of quads that are wanted, and return how many quads the store has."""
    wanted = [aside / name if part in parts else None for part, name in _QUAD_FILES.items()]
    if not any(wanted):
        return store.count()
    progress("writing quads")
    return write_quads(store, *wanted)


def _file(aside: Path, path: Path, rows: dict[str, int]) -> File:
    return File(path.relative_to(aside).as_posix(), path.stat().st_size, sha256_of(path), rows.get(path.stem))


def _refuse_other(folder: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / _CHECKSUMS).is_file()):
        raise StoreError(f"{folder} holds something that is no dump. Name a new folder, or empty this one yourself.")


def _swap(aside: Path, folder: Path) -> None:
    aside.chmod(0o755)
    former = aside.with_name(f"{aside.name}.former")
    if folder.exists():
        folder.rename(former)
    aside.rename(folder)
    shutil.rmtree(former, ignore_errors=True)
