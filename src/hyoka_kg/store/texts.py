"""The text index beside a build: SQLite's full-text table over pairs of characters, since Japanese has no spaces.

A text is written as its overlapping pairs and its last character, so that a phrase of pairs is found exactly where the
text holds the characters, and a single character is the beginning of some pair. Rows are numbered in the order in
which they are shown: names before printed texts, short before long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hyoka_kg.errors import StoreError
from hyoka_kg.normalization import present_form, search_form
from hyoka_kg.store.phrases import Word, pairs_of, phrase_of

# Stands after every character of an IRI.
_AFTER_ALL = "\U0010ffff"
_STATEMENTS = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is stated of a thing.

    Attributes:
        thing: IRI.
        kind: IRI of a class of the thing, or nothing; a thing of several classes has as many of these.
        property: IRI of the property.
        weight: Place of the property in the order of what is found, from 1.
        text: The literal's text.
    """

    thing: str
    kind: str
    property: str
    weight: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found.

    Attributes:
        thing: IRI.
        kinds: IRIs of its classes.
        property: IRI of the property that states the text.
        text: The first of its texts that match.
        more: How many of its other texts match.
    """

    thing: str
    kinds: tuple[str, ...]
    property: str
    text: str
    more: int


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found, and how many things were found in all."""

    hits: list[Hit]
    total: int


def write_text_index(path: Path, texts: Iterable[Text]) -> int:
    """Write the index of texts into a new file; return how many texts it holds.

    Raises:
        StoreError: The disk refuses.
    """
    rows = ((text.thing, text.kind, text.property, text.weight, text.text) for text in texts if _is_worded(text.text))
    try:
        with closing(sqlite3.connect(path)) as index:
            index.executescript(_sql("schema"))
            index.executemany("INSERT INTO stated VALUES (?, ?, ?, ?, ?)", _once(rows))
            index.executescript(_sql("arrange"))
            index.executemany("INSERT INTO pairs (rowid, plain, present) VALUES (?, ?, ?)", _paired(index))
            index.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")
            index.commit()
            count: int = index.execute("SELECT count(*) FROM hit").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"Cannot write the text index {path}: {error}.") from error
    return count


class TextIndex:
    """The texts of one build, for reading."""

    def __init__(self, path: Path) -> None:
        """Open an index.

        Raises:
            StoreError: The file cannot be read.
        """
        self._path = path
        self._kinds: list[str] | None = None
        try:
            # Immutable: a finished build is never written again, so no lock is needed.
            self._index = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        except sqlite3.Error as error:
            raise self._unreadable(error) from error

    def find(
        self,
        words: Sequence[Word],
        classes: Sequence[str] = (),
        *,
        loosely: str = "",
        start: int = 0,
        count: int = 20,
        accepts: Callable[[str], bool] | None = None,
    ) -> Hits:
        """Return the things of which one text holds all words, each anywhere in it.

        Args:
            words: What to look for, or ways to write it; each is folded as the texts are.
            classes: IRIs of classes, of which a thing must have one; none means any.
            loosely: One more word, of which one character may be wrong; empty means none.
            start: How many things to leave out.
            count: How many things to return at most.
            accepts: Tells by its IRI whether a thing may be returned; none means any.

        Raises:
            StoreError: The file is damaged.
        """
        phrase = phrase_of(words, loosely)
        if not phrase:
            return Hits([], 0)
        values = {**_asked(phrase, classes), "any_thing": accepts is None}
        self._index.create_function("accepts", 1, accepts or bool, deterministic=True)
        total = self._ask(_sql("total"), values)[0][0]
        rows = self._ask(_sql("page"), {**values, "start": start, "count": count})
        hits = [Hit(iri, tuple((kinds or "").split()), name, text, n - 1) for iri, name, text, n, kinds in rows]
        return Hits(hits, total)

    def under(self, prefix: str, classes: Sequence[str], *, start: int = 0, count: int = 20) -> tuple[list[str], int]:
        """Return the IRIs, in order, of things of some classes that begin with a prefix, and how many there are in all.

        Raises:
            StoreError: The file is damaged.
        """
        bounds = {"first": self._place(prefix), "after": self._place(prefix + _AFTER_ALL)}
        values = {**bounds, "classes": json.dumps(list(classes))}
        total: int = self._ask(_sql("under_total"), values)[0][0]
        rows = self._ask(_sql("under"), {**values, "start": start, "count": count})
        return [row[0] for row in rows], total

    def names(self, words: Sequence[Word], classes: Sequence[str] = (), *, count: int) -> list[str]:
        """Return the IRIs of the first things of which one text holds all words, in the order of `find`.

        Raises:
            StoreError: The file is damaged.
        """
        phrase = phrase_of(words)
        if not phrase:
            return []
        return [row[0] for row in self._ask(_sql("names"), {**_asked(phrase, classes), "count": count})]

    def near(self, iri: str, count: int) -> list[str]:
        """Return the IRIs that stand before and after one in alphabetical order, at most `count` on each side.

        Raises:
            StoreError: The file is damaged.
        """
        place = self._place(iri)
        bounds = {"first": place - count, "last": place + count - 1}
        return [row[0] for row in self._ask(_sql("around"), bounds)]

    def _place(self, iri: str) -> int:
        """Return the number of the first thing whose IRI is not before one; things are numbered by IRI."""
        low, high = 1, self._ask("SELECT coalesce(max(id), 0) FROM thing")[0][0] + 1
        while low < high:
            middle = (low + high) // 2
            found = self._ask(_sql("around"), {"first": middle, "last": middle})
            low, high = (middle + 1, high) if found and found[0][0] < iri else (low, middle)
        return low

    def kinds(self) -> list[str]:
        """Return the classes of the things that have texts."""
        if self._kinds is None:
            self._kinds = [row[0] for row in self._ask("SELECT DISTINCT class FROM kind ORDER BY class")]
        return self._kinds

    def _ask(self, statement: str, values: Mapping[str, object] | None = None) -> list[Any]:
        try:
            return self._index.execute(statement, values or {}).fetchall()
        except sqlite3.Error as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"Cannot read the text index {self._path}: {error}. Build again: hyoka build.")


def _asked(phrase: str, classes: Sequence[str]) -> dict[str, object]:
    return {"phrase": phrase, "any_class": not classes, "classes": json.dumps(list(classes))}


def _is_worded(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _once(rows: Iterable[tuple[str, str, str, int, str]]) -> Iterator[tuple[str, str, str, int, str]]:
    """Leave out what is stated by several graphs, where they follow each other."""
    former = None
    for row in rows:
        if row != former:
            yield row
        former = row


def _paired(index: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    for number, text in index.execute("SELECT id, text FROM hit ORDER BY id"):
        plain = search_form(text)
        present = present_form(plain)
        yield number, " ".join(pairs_of(plain)), " ".join(pairs_of(present)) if present != plain else ""


@cache
def _sql(name: str) -> str:
    return (_STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
