"""The store folder: finished builds side by side, one of them current, swapped in one atomic step.

<store>/CURRENT              names the build that serves
<store>/LOCK                 held while a build is under way
<store>/builds/<id>/oxigraph the engine's directory
<store>/builds/<id>/texts.sqlite  the text index
<store>/builds/<id>/findings.sqlite  what the rules gave when the build was judged, where it was
<store>/builds/<id>/DONE     present only when the build is whole
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from hyoka_kg.errors import StoreError

TEXT_INDEX, FINDINGS = "texts.sqlite", "findings.sqlite"
_CURRENT, _LOCK, _BUILDS, _DONE, ENGINE = "CURRENT", "LOCK", "builds", "DONE", "oxigraph"
_STAGING = "staging-"


@dataclass(frozen=True, slots=True)
class BuildArea:
    """A build under way: its folder aside from the one that serves."""

    store: Path
    folder: Path

    @property
    def engine_directory(self) -> Path:
        """Return the directory to load the quads into."""
        return self.folder / ENGINE

    def clear(self) -> None:
        """Empty the folder: what a killed build left in it is not wanted."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()

    def publish(self, build_id: str, manifest: str) -> Path:
        """Make this build the current one; the former stays until the next build.

        Args:
            build_id: Name of the build, from the hash of its content.
            manifest: Text that tells what is in it; its presence marks the build as whole.

        Returns:
            The folder of the published build.
        """
        former = _read_current(self.store)
        _write_durably(self.folder / _DONE, manifest)
        target = self.store / _BUILDS / build_id
        if target.exists():
            target = self.store / _BUILDS / f"{build_id}-{self.folder.name.removeprefix(_STAGING)}"
        self.folder.rename(target)
        pointer = self.store / f"{_CURRENT}.next"
        _write_durably(pointer, target.name)
        pointer.replace(self.store / _CURRENT)
        self._remove_others({target.name, former})
        return target

    def _remove_others(self, kept: set[str | None]) -> None:
        for folder in (self.store / _BUILDS).iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def open_build_area(store: Path, resume_key: str = "") -> Iterator[BuildArea]:
    """Give a folder to build in, under the store's lock; what is not published is removed.

    Args:
        store: The store folder.
        resume_key: Where given, the folder bears this key: one that a killed build left under it is taken up again.

    Raises:
        StoreError: Another build holds the lock, or the folder cannot be written, at the start or on the way.
    """
    try:
        (store / _BUILDS).mkdir(parents=True, exist_ok=True)
        lock = (store / _LOCK).open("w")
    except OSError as error:
        raise StoreError(f"Cannot write the store folder {store}: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"The store {store} is locked: another build is under way. Wait for it, or build elsewhere (--store)."
            ) from error
        folder = _staging_folder(store / _BUILDS, resume_key)
        try:
            yield BuildArea(store, folder)
        except OSError as error:
            raise StoreError(
                f"Cannot write the build in {store}: {error}. What served before still serves. "
                "Make room or build elsewhere (--store), then build again."
            ) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _staging_folder(builds: Path, resume_key: str) -> Path:
    if not resume_key:
        return Path(mkdtemp(prefix=_STAGING, dir=builds))
    folder = builds / f"{_STAGING}{resume_key}"
    folder.mkdir(exist_ok=True)
    return folder


def current_build(path: Path) -> Path:
    """Return the engine's directory of the current build of a store folder.

    `path` may also be a finished build's folder, or the engine's directory inside it.

    Raises:
        StoreError: Nothing was built there, or the build named there is not whole.
    """
    if path.name == ENGINE and (path.parent / _DONE).is_file():
        return path
    name = _read_current(path)
    folder = path / _BUILDS / name if name else path
    if (folder / _DONE).is_file() and (folder / ENGINE).is_dir():
        return folder / ENGINE
    if name:
        raise StoreError(f"The build {folder} is half-written or damaged. Build again: hyoka build --store {path}")
    raise StoreError(f"There is no store at {path}. Build one: hyoka build --store {path}")


def read_manifest(path: Path) -> str:
    """Return the text that tells what is in the current build."""
    return (current_build(path).parent / _DONE).read_text(encoding="utf-8")


def _read_current(store: Path) -> str | None:
    try:
        return (store / _CURRENT).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write_durably(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
