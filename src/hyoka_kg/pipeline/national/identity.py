"""Find which sheets are one project: digest the corpora aside, link the years, resolve, and keep what was issued."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from hyoka_kg.errors import StoreError
from hyoka_kg.graph.lean import LINKS_GRAPH, state_indicator_link, state_links, state_replacements
from hyoka_kg.graph.terms import nquads
from hyoka_kg.linking.identity.digests import DigestMaker
from hyoka_kg.linking.identity.indicators import link_indicators
from hyoka_kg.linking.identity.linking import link_years
from hyoka_kg.linking.identity.projects import Change, Resolution, resolve
from hyoka_kg.linking.identity.records import read_links, read_projects, write_links, write_projects
from hyoka_kg.linking.identity.shelf import DigestShelf
from hyoka_kg.model import Registry, SheetKey
from hyoka_kg.pipeline.national.planning import CorpusPlan, Task
from hyoka_kg.pipeline.national.readers import reader_of
from hyoka_kg.sources.lookups import read_lookups
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.store.writing import StoreWriter

_FOLDER = "identity"
_ISSUED = "issued.csv.gz"
_RS = "rs-"
_LINES = "links.nq.gz"
_REPLACED = "replaced"
_CHANGES = "changes.json"
_NAME, _SHORT = 12, 8


@dataclass(frozen=True, slots=True)
class Identity:
    """Where the outcome is, and what it is in short.

    Attributes:
        projects: File with the project of each sheet.
        links: File with the links.
        digests: File with the digests of the sheets.
        changes: What became of projects that were issued before.
        counts: Sheets, projects, links by status and relation, links that the registry refused.
    """

    projects: Path
    links: Path
    digests: Path
    changes: list[Change]
    counts: dict[str, int]


def identify(plan: CorpusPlan, data: Path, store: Path, tell: Callable[[str], None] = lambda _step: None) -> Identity:
    """Return the identity of the projects of a corpus; an outcome of the same inputs is taken as it is.

    Raises:
        LayoutError: A source is damaged or not as its contract says.
    """
    folder = store / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = plan.key[:_NAME]
    digests, links = folder / f"digests-{name}.sqlite", folder / f"links-{name}.csv.gz"
    if not digests.is_file():
        _digest(plan, data, digests, tell)
    shelf = DigestShelf(digests)
    if not links.is_file():
        write_links(links, link_years(shelf, tell))
    tell("naming the projects")
    resolution = _resolve(shelf, links, read_registry(data / "registry"), read_projects(folder / _ISSUED))
    shelf.close()
    projects = folder / f"projects-{name}.csv.gz"
    write_projects(projects, resolution.projects)
    return Identity(projects, links, digests, resolution.changes, _count(links, resolution))


def load_links(writer: StoreWriter, identity: Identity, folder: Path) -> str:
    """State the links and the replacements as a file beside the engine, load it, and return its SHA-256."""
    path = folder / _LINES
    digest = hashlib.sha256()
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as output:
        for line in statements(identity):
            digest.update(line.encode())
            output.write(line.encode())
    writer.load_file(path)
    path.unlink()
    return digest.hexdigest()


def statements(identity: Identity) -> Iterator[str]:
    """Yield the links, the replacements, and which indicators of a project measure one thing."""
    yield from nquads(state_links(read_links(identity.links)), LINKS_GRAPH)
    yield from nquads(state_replacements(_replaced(identity)), LINKS_GRAPH)
    shelf = DigestShelf(identity.digests)
    for link in link_indicators(shelf, read_links(identity.links)):
        graph, triple = state_indicator_link(link)
        yield from nquads([triple], graph)
    shelf.close()


def _replaced(identity: Identity) -> list[tuple[str, str]]:
    """Return the projects that others replaced, in this run and in all before."""
    path = identity.projects.with_name(_CHANGES)
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    former = [(row["project"], row["successor"]) for row in known if row["kind"] == _REPLACED]
    return sorted({*former, *((c.project, c.successor) for c in identity.changes if c.kind == _REPLACED)})


def outcome_files(store: Path) -> tuple[Path, Path]:
    """Return the files of digests and links beside a store.

    Raises:
        StoreError: The store was built without the corpora.
    """
    folder = store / _FOLDER
    digests, links = sorted(folder.glob("digests-*.sqlite")), sorted(folder.glob("links-*.csv.gz"))
    if not digests or not links:
        raise StoreError(f"{store} has no identity of the corpora. Find it: hyoka identify --corpus FOLDER")
    return digests[-1], links[-1]


def issued_project(store: Path, key: SheetKey) -> str:
    """Return the issued project of a sheet, or an empty text."""
    return read_projects(store / _FOLDER / _ISSUED).get(key, "")


def issue(identity: Identity, plan: CorpusPlan) -> None:
    """Make the projects of an outcome the issued ones, for good, and remove the files of former outcomes."""
    folder = identity.projects.parent
    write_projects(folder / _ISSUED, {**read_projects(folder / _ISSUED), **read_projects(identity.projects)})
    if identity.changes:
        _add_changes(folder / _CHANGES, identity.changes)
    for path in folder.glob("*-*"):
        if plan.key[:_NAME] not in path.name:
            path.unlink()


def _add_changes(path: Path, changes: list[Change]) -> None:
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    rows = [change._asdict() | {"sheet": asdict(change.sheet)} for change in changes]
    path.write_text(json.dumps([*known, *rows], ensure_ascii=False, indent=1), encoding="utf-8")


def name_tasks(plan: CorpusPlan, identity: Identity) -> CorpusPlan:
    """Return the plan with shards named after the projects of their sheets too: a renamed project is stated again."""
    digests: dict[int, hashlib._Hash] = defaultdict(hashlib.sha256)
    for key, project in read_projects(identity.projects).items():
        digests[key.fiscal_year].update(f"{key.ministry} {key.number} {project}\n".encode())
    names = {task.name: f"{task.name}-{digests[_year(task)].hexdigest()[:_SHORT]}" for task in plan.all_tasks}
    formers = (
        replace(former, tasks=_renamed(former.tasks, names), successors=tuple(names[one] for one in former.successors))
        for former in plan.formers
    )
    return replace(plan, tasks=_renamed(plan.tasks, names), formers=tuple(formers))


def _renamed(tasks: tuple[Task, ...], names: Mapping[str, str]) -> tuple[Task, ...]:
    return tuple(replace(task, name=names[task.name]) for task in tasks)


def _year(task: Task) -> int:
    return reader_of(task.source).year_of(task.source)


def _digest(plan: CorpusPlan, data: Path, path: Path, tell: Callable[[str], None]) -> None:
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    shelf, lookups = DigestShelf(partial), read_lookups(data)
    maker = DigestMaker(lookups.ministries.by_abbreviation)
    tasks = [task for task in plan.tasks if task.part == 0 and reader_of(task.source).identifies(task.source)]
    for place, task in enumerate(tasks, 1):
        tell(f"digesting {place} of {len(tasks)}: {task.source.path.name}")
        shelf.add(map(maker.digest, reader_of(task.source).identifying(task.source, lookups)))
    shelf.close()
    partial.replace(path)


def _resolve(shelf: DigestShelf, links: Path, registry: Registry, issued: dict[SheetKey, str]) -> Resolution:
    keys = shelf.keys()
    return resolve(keys, read_links(links), registered_sheets(keys, registry), issued)


def registered_sheets(keys: list[SheetKey], registry: Registry) -> dict[SheetKey, str]:
    """Return the sheets whose number or 予算事業ID people registered, with the project."""
    numbers = {
        SheetKey(row["ministry"], int(row["fiscal_year"]), row["number"]): row["project_id"]
        for row in registry["review_numbers"]
    }
    by_id = {f"{_RS}{row['rs_id']}": row["project_id"] for row in registry["projects"] if row["rs_id"]}
    return {key: by_id[key.number] for key in keys if key.number in by_id} | numbers


def _count(links: Path, resolution: Resolution) -> dict[str, int]:
    counts = Counter(
        {
            "sheets": len(resolution.projects),
            "projects": len(set(resolution.projects.values())),
            "changes": len(resolution.changes),
            "refused": len(resolution.refused),
        }
    )
    counts.update(f"{link.status} {link.relation}" for link in read_links(links))
    return dict(sorted(counts.items()))
