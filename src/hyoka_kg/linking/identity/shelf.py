"""Keep the digests of a corpus in one file aside, so that two years of it are in memory and never all."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hyoka_kg.linking.identity.digests import IndicatorDigest, SheetDigest
from hyoka_kg.model import SheetKey

_KEYS = ("stated", "histories")
_MARK = "-- name: "


class DigestShelf:
    """A file with a digest a sheet, read back year by year in a fixed order."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.execute(_sql()["create"])

    def close(self) -> None:
        """Write what is pending and let the file go."""
        self._base.commit()
        self._base.close()

    def add(self, digests: Iterable[SheetDigest]) -> int:
        """Add digests, joining those of one sheet; return how many were added."""
        count = 0
        for digest in digests:
            known = self.get(digest.key)
            joined = digest if known is None else known.joined(digest)
            key = (joined.key.fiscal_year, joined.key.ministry, joined.key.number)
            self._base.execute(_sql()["put"], (*key, _dump(joined)))
            count += 1
        self._base.commit()
        return count

    def get(self, key: SheetKey) -> SheetDigest | None:
        """Return the digest of a sheet, or None."""
        row = self._base.execute(_sql()["get"], (key.fiscal_year, key.ministry, key.number)).fetchone()
        return None if row is None else _load(key, row[0])

    def years(self) -> list[int]:
        """Return the publication years, in order."""
        return [row[0] for row in self._base.execute(_sql()["years"])]

    def keys(self) -> list[SheetKey]:
        """Return all sheets in the order of year, ministry and number."""
        return [SheetKey(*row) for row in self._base.execute(_sql()["keys"])]

    def of_year(self, year: int) -> Iterator[SheetDigest]:
        """Yield the digests of a publication year in the order of ministry and number."""
        for ministry, number, record in self._base.execute(_sql()["of_year"], (year,)):
            yield _load(SheetKey(ministry, year, number), record)


@cache
def _sql() -> dict[str, str]:
    """Return the statements of `shelf.sql` by name."""
    text = files(__package__).joinpath("shelf.sql").read_text(encoding="utf-8")
    named = (part.partition("\n") for part in text.split(_MARK)[1:])
    return {name.strip(): statement for name, _, statement in named}


def _dump(digest: SheetDigest) -> bytes:
    record = digest._asdict()
    del record["key"]
    for name in _KEYS:
        record[name] = [(key.ministry, key.fiscal_year, key.number) for key in record[name]]
    text = json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False)
    return zlib.compress(text.encode(), 1)


def _load(key: SheetKey, packed: bytes) -> SheetDigest:
    record = json.loads(zlib.decompress(packed))
    for name in _KEYS:
        record[name] = tuple(SheetKey(*parts) for parts in record.get(name, ()))
    for name in ("figures", "relations"):
        record[name] = tuple(tuple(parts) for parts in record.get(name, ()))
    for name in ("payees", "sentences", "told"):
        record[name] = tuple(record.get(name, ()))
    record["indicators"] = tuple(_indicator(parts) for parts in record.get("indicators", ()))
    return SheetDigest(key=key, **record)


def _indicator(parts: list[Any]) -> IndicatorDigest:
    path, kind, form, unit, values = parts
    told = tuple((role, year, number) for role, year, number in values)
    return IndicatorDigest(str(path), str(kind), str(form), str(unit), told)
