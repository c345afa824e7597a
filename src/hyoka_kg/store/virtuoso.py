"""Virtuoso's own bulk loader: files in a folder that the server may read, loaded by its `isql` client."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from string import Template

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import StoreError

_CLIENTS = ("isql-vt", "isql-v", "isql")
# A part that failed is loaded again alone; the server remembers the parts that it has (table DB.DBA.load_list).
_LINES_A_FILE = 1_000_000
_FAILED = re.compile(r"^\*\*\* Error (?P<what>.*)$", re.MULTILINE)
_IRI = re.compile(r"""[^<>"{}|^`\\\x00-\x20;']*""")


@dataclass(frozen=True, slots=True)
class VirtuosoLoader:
    """How to reach a Virtuoso server.

    Attributes:
        address: Host and port of its SQL service, such as `127.0.0.1:1111`.
        folder: A folder that the server may read (`DirsAllowed` of its configuration), and this program write.
        user: Who loads.
        password: The loader's password.
    """

    address: str
    folder: Path
    user: str = "dba"
    password: str = field(default="dba", repr=False)

    def write(self, lines: Iterable[str], build: str) -> list[Path]:
        """Write N-Quads lines to files of a build; parts that are there already stay as they are."""
        return list(_write_parts(iter(lines), self.folder / build))

    def clear(self, graphs: Iterable[str]) -> None:
        """Empty graphs.

        Raises:
            StoreError: The server does not do it.
        """
        names = [name for name in graphs if _IRI.fullmatch(name)]
        if names:
            self._run("log_enable(3, 1);", *(f"SPARQL CLEAR GRAPH <{name}>;" for name in names))

    def load(self, build: str) -> None:
        """Load the files of a build that the server has not loaded yet.

        Raises:
            StoreError: The server cannot be reached, or a file cannot be loaded.
        """
        folder = self._folder_of(build)
        self._run(_sql("load", folder))
        failed = self._run(_sql("unfinished", folder))
        if "\n0 Rows." not in failed:
            raise StoreError(f"Virtuoso did not load every file of {folder}:\n{failed}")

    def forget(self, build: str) -> None:
        """Remove the files of a build, and let the server forget that it loaded them."""
        self._run(_sql("forget", self._folder_of(build)))
        shutil.rmtree(self.folder / build, ignore_errors=True)

    def _folder_of(self, build: str) -> str:
        folder = str((self.folder / build).resolve())
        if "'" in folder:
            raise StoreError(f"The folder {folder} has a quote in its name. Choose another: --folder.")
        return folder

    def _run(self, *statements: str) -> str:
        client = next(filter(None, map(shutil.which, _CLIENTS)), None)
        if client is None:
            raise StoreError(
                f"None of {', '.join(_CLIENTS)} is installed. Install Virtuoso's client (Debian: "
                "virtuoso-opensource-7-bin), or publish by the Graph Store Protocol: --graph-store."
            )
        command = [client, self.address, self.user, self.password]
        script = "".join(f"{statement}\n" for statement in statements)
        # No shell reads it, and the client was found by its own name.
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)  # noqa: S603
        said = done.stdout + done.stderr
        if failure := _FAILED.search(said):
            raise StoreError(
                f"Virtuoso at {self.address} says: {failure['what']}. Check the address, the password "
                "(HYOKA_PUBLISH_PASSWORD), and that DirsAllowed of its configuration names the folder (--folder)."
            )
        return said


def _sql(name: str, folder: str) -> str:
    text = (queries_dir() / "virtuoso" / f"{name}.sql").read_text(encoding="utf-8")
    return Template(text).substitute(folder=folder)


def _write_parts(lines: Iterator[str], folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while part := list(islice(lines, _LINES_A_FILE)):
        path = folder / f"part-{number:05}.nq.gz"
        if not path.exists():
            aside = path.with_suffix(".writing")
            with gzip.GzipFile(aside, "wb", 1, mtime=0) as file:
                file.writelines(line.encode() for line in part)
            aside.replace(path)
        yield path
        number += 1
