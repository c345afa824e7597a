"""Find the files of a corpus, know them by their SHA-256, and divide them into tasks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from hyoka_kg.acquisition import MANIFEST, Entry, check_archive, replaced_files, sha256_of
from hyoka_kg.errors import LayoutError
from hyoka_kg.pipeline.national.readers import Source, reader_of
from hyoka_kg.sources.cas_rs_csv import RsTable
from hyoka_kg.sources.judgit_json import JudgitFile
from hyoka_kg.sources.judgit_json.records import is_record_file, years_within

_PACKAGE = Path(__file__).resolve().parents[2]
# Everything in these folders, and the files right in the others, decides what a shard holds: the readers of paper
# forms and what is stated of transcribed papers do not, and a change there states no shard again.
_RECIPE_FOLDERS = (
    "graph/lean",
    "linking",
    "model",
    "normalization",
    "sources/cas_rs_csv",
    "sources/judgit_json",
    "sources/registry",
    "sources/transcription",
    "vocabulary",
)
_RECIPE_FILES_OF = ("graph", "sources")
_SUPPLEMENT = "rich"


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a source file that one worker states: every `parts`-th record from `part`.

    Attributes:
        source: The file.
        part: Which part, from 0.
        parts: Into how many the file is divided.
        name: Name of its shard: file, recipe and part, so that an unchanged one is never made twice.
    """

    source: Source
    part: int
    parts: int
    name: str


@dataclass(frozen=True, slots=True)
class Former:
    """A source file that another has replaced; the archive keeps it.

    Attributes:
        name: Path below the corpus that it had.
        sha256: SHA-256 of its bytes, in hexadecimal.
        tasks: Its parts.
        successors: Names of the shards of the file that replaced it.
    """

    name: str
    sha256: str
    tasks: tuple[Task, ...]
    successors: tuple[str, ...]


@dataclass(frozen=True)
class CorpusPlan:
    """What a build over a corpus reads.

    Attributes:
        corpus: Its folder.
        files: SHA-256 by path below it.
        tasks: What the workers do, in order.
        ignored: Paths that no reader knows.
        recipe: Hash of everything that decides what a shard holds, the files apart.
        retrieved: The manifest's rows by the same paths, where the corpus is an archive.
        formers: Files that others have replaced.
    """

    corpus: Path
    files: dict[str, str]
    tasks: tuple[Task, ...]
    ignored: tuple[str, ...]
    recipe: str
    retrieved: dict[str, Entry]
    formers: tuple[Former, ...] = ()

    @property
    def all_tasks(self) -> tuple[Task, ...]:
        """Return what the workers do; the files that others have replaced come last."""
        return (*self.tasks, *(task for former in self.formers for task in former.tasks))

    @cached_property
    def key(self) -> str:
        """Return a hash that changes with any file and with the recipe."""
        lines = [self.recipe, *(f"{name} {sha256}" for name, sha256 in sorted(self.files.items()))]
        lines += [f"{name} {entry.retrieved_at} {entry.url}" for name, entry in sorted(self.retrieved.items())]
        lines += [f"{former.name} {former.sha256} replaced" for former in self.formers]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def plan_corpus(corpus: Path, data: Path) -> CorpusPlan:
    """Return the plan of a corpus folder.

    Raises:
        LayoutError: The folder holds no file that a reader knows, tables without the one that names the sheets, or
            tables whose columns are not those of the contract; all of these are told at once.
        AcquisitionError: The folder is an archive, and a file is not the one that was fetched.
    """
    recipe = _recipe(data)
    sources: dict[str, tuple[Source, ...]] = {}
    ignored = []
    for path in sorted(_candidates(corpus)):
        name = str(path.relative_to(corpus))
        found = _sources(path)
        if found:
            sources[name] = found
        elif name != MANIFEST:
            ignored.append(name)
    if not sources:
        raise LayoutError(
            f"{corpus}: there is no file of the national corpora. Bring the official zips as downloaded, "
            "or review sheets as JSON (.ndjson, .ndjson.xz, an archive, a folder)."
        )
    parts = [source for found in sources.values() for source in found]
    _check_tables(parts)
    files = {name: found[0].sha256 for name, found in sources.items()}
    retrieved = check_archive(corpus, files)
    tasks = tuple(task for source in _with_main(parts) for task in _divide(source, recipe))
    formers = tuple(_formers(corpus, files, tasks, recipe))
    _check_contracts([*parts, *(task.source for former in formers for task in former.tasks)])
    return CorpusPlan(corpus, files, tasks, tuple(ignored), recipe, retrieved, formers)


def _formers(corpus: Path, files: dict[str, str], tasks: tuple[Task, ...], recipe: str) -> Iterator[Former]:
    for path, name in replaced_files(corpus):
        if name in files and (sha256 := _sha256(path)) != files[name]:
            named = [replace(source, path=path) for source in _sources(path, Path(name).name)]
            own = tuple(task for source in named for task in _divide(source, recipe))
            yield Former(name, sha256, own, tuple(t.name for t in tasks if t.source.sha256 == files[name]))


def _candidates(corpus: Path) -> Iterator[Path]:
    """Yield the files, and the folders of JSON files as one each."""
    if not corpus.is_dir():
        raise LayoutError(f"{corpus} is not a folder. Name the folder that holds the corpora.")
    for path in corpus.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not next(path.rglob("*.json"), None):
            yield from _candidates(path)
        else:
            yield path


def _sources(path: Path, name: str = "") -> tuple[Source, ...]:
    """Return what a path holds: a table, review sheets, one set of them a year for the whole public repository."""
    if not is_record_file(path):
        return ()
    sha256 = _sha256(path)
    table = RsTable.of(path.with_name(name or path.name), sha256) if path.is_file() else None
    if table is not None:
        return (table,)
    years = years_within(path)
    return tuple(JudgitFile(path, sha256, within=year) for year in years) or (JudgitFile(path, sha256),)


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and hashes of a folder's files."""
    if not path.is_dir():
        return sha256_of(path)
    parts = [f"{member.relative_to(path)} {_sha256(member)}" for member in sorted(path.rglob("*.json"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _check_tables(sources: list[Source]) -> None:
    tables: dict[int, dict[str, Path]] = {}
    for source in sources:
        if isinstance(source, RsTable):
            known = tables.setdefault(source.fiscal_year, {})
            if source.table in known:
                raise LayoutError(f"{source.path} and {known[source.table]} are the same table. Keep the newer one.")
            known[source.table] = source.path
    for year, known in tables.items():
        if "1-2" not in known:
            raise LayoutError(f"FY{year} has no table 1-2, which names the sheets. Bring it beside the others.")


def _check_contracts(sources: list[Source]) -> None:
    # Before anything is stated: the last table may be an hour away.
    messages = dict.fromkeys(str(error) for source in sources for error in _contract_errors(source))
    if messages:
        raise LayoutError("\n".join(messages))


def _contract_errors(source: Source) -> Iterator[LayoutError]:
    try:
        reader_of(source).check(source)
    except LayoutError as error:
        yield error


def _with_main(sources: list[Source]) -> Iterator[Source]:
    """Yield the sources; a set of an older commit learns where the newer set of its year is."""
    mains = {s.year: s for s in sources if isinstance(s, JudgitFile) and s.shape != _SUPPLEMENT}
    for source in sources:
        if isinstance(source, JudgitFile) and source.shape == _SUPPLEMENT:
            yield replace(source, main=mains.get(source.year))
        else:
            yield source


def _divide(source: Source, recipe: str) -> Iterator[Task]:
    parts = reader_of(source).parts
    basis = recipe
    if isinstance(source, JudgitFile) and (source.main or source.within):
        others = f"{source.main.sha256 if source.main else ''} {source.within}".strip()
        basis = hashlib.sha256(f"{recipe} {others}".encode()).hexdigest()
    for part in range(parts):
        yield Task(source, part, parts, f"{source.sha256[:16]}-{basis[:12]}-{part}")


def recipe_files() -> list[Path]:
    """Return the files of this package that decide what a shard holds."""
    below = [path for folder in _RECIPE_FOLDERS for path in (_PACKAGE / folder).rglob("*")]
    right_in = [path for folder in _RECIPE_FILES_OF for path in (_PACKAGE / folder).iterdir()]
    return sorted(path for path in (*below, *right_in) if path.is_file() and path.suffix != ".pyc")


def _recipe(data: Path) -> str:
    tables = [path for folder in ("registry", "national") for path in (data / folder).rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in [*recipe_files(), *sorted(tables)]:
        digest.update(f"{path.name} ".encode() + path.read_bytes())
    documents = sorted(path.parent.name for path in (data / "documents").glob("*/document.yml"))
    digest.update("\n".join(documents).encode())
    return digest.hexdigest()
