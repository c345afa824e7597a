"""Compare the shards of a replaced file with those of the file that replaced it, and keep what differs."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from hyoka_kg.graph.lean import FormerSheets, sheet_path_of, tells
from hyoka_kg.pipeline.national.planning import Former
from hyoka_kg.pipeline.national.shards import shard_path

_BYTES = 16


def former_lines(former: Former, shards: Path) -> Iterator[str]:
    """Yield the lines of the sheets that a replaced file told otherwise, each under a document of its own."""
    before = _contents(_lines(shards, (task.name for task in former.tasks)))
    now = _contents(_lines(shards, former.successors))
    replaced = {path for path, content in before.items() if now.get(path) != content}
    sheets = FormerSheets(former.sha256)
    for path in sorted(replaced):
        yield from sheets.head(path, path in now)
    for line in _lines(shards, (task.name for task in former.tasks)):
        if sheet_path_of(line) in replaced:
            yield sheets.restate(line)


def _contents(lines: Iterable[str]) -> dict[str, int]:
    """Return by sheet a sum of the hashes of what is told: equal whatever the order and the place of the lines."""
    contents: dict[str, int] = {}
    for line in lines:
        if tells(line):
            path = sheet_path_of(line)
            digest = hashlib.blake2b(line.encode(), digest_size=_BYTES).digest()
            contents[path] = contents.get(path, 0) + int.from_bytes(digest)
    return contents


def _lines(shards: Path, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        with gzip.open(shard_path(shards, name), "rt", encoding="utf-8", newline="\n") as lines:
            yield from lines
