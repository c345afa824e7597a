"""Find things by words in their names and printed texts, each with the place that states it."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import astuple, dataclass, fields
from functools import partial
from itertools import accumulate

import pyoxigraph as ox

from hyoka_kg.errors import QueryError
from hyoka_kg.graph.iris import ministry_and_year
from hyoka_kg.normalization import search_form
from hyoka_kg.query.aliases import ways_to_write
from hyoka_kg.query.binding import show_value
from hyoka_kg.query.run import CLASSES_OF_KIND, run_maintenance
from hyoka_kg.store import GraphStore, Rows, Term
from hyoka_kg.store.texts import Hit, TextIndex
from hyoka_kg.vocabulary import BASE, compact, expand

_LONGEST = 200
# Characters of a text that are shown, and how many of them before the first word.
_SHOWN, _BEFORE = 160, 40
_CUT = "…"
# The forms of papers, as their IRIs name them.
_FORMS = ("ex-ante", "review-sheet")
# Names before and after an unknown one that are compared with it, and how alike they must be.
_AROUND, _NEAR, _LONGEST_NAME = 40, 0.75, 300


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found.

    Attributes:
        thing: IRI of the thing.
        kind: Prefixed names of its classes.
        property: Prefixed name of the property that states the text.
        text: The text, or the part of it around the first word.
        more: How many further texts of the thing hold the words.
        document: Identifier of the paper that states the thing, or empty.
        page: Page of the paper, or empty.
        line: Line of the paper, or empty.
    """

    thing: str
    kind: str
    property: str
    text: str
    more: int
    document: str
    page: str
    line: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A part of what was found, and how many things were found in all."""

    found: list[Found]
    total: int

    def as_rows(self) -> Rows:
        """Return what was found as the rows of a table."""
        names = tuple(field.name for field in fields(Found))
        return Rows(names, [tuple(map(_term, astuple(found))) for found in self.found])


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the things found belong to each ministry and publication year.

    Attributes:
        ministries: Counts by the ministry's code, most first.
        years: Counts by year, in order.
        counted: How many things were counted; those beyond are not.
    """

    ministries: dict[str, int]
    years: dict[str, int]
    counted: int


def search(
    store: GraphStore,
    words: str,
    kind: str = "",
    *,
    loosely: str = "",
    ministry: str = "",
    year: str = "",
    start: int = 0,
    count: int = 20,
) -> SearchResult:
    """Return the things of which one text holds all words; width, case, kana, spaces and calendar do not count.

    Nor do old forms of characters, and a word may be an alias of what the text holds (aliases.csv).

    Args:
        store: The graph.
        words: Words with spaces between; each may be a part of a word.
        kind: What kind of thing, such as `project` or `hyoka:TextCell`, or several with commas; empty means any.
        loosely: One more word, of which one character may be wrong; empty means none.
        ministry: Only things that this ministry issued or states; its code, such as `mic`.
        year: Only things of this publication year.
        start: How many things to leave out.
        count: How many things to return at most.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
    """
    texts, parts = _texts(store), _split(words, loosely)
    accepts = partial(_belongs, ministry, year) if ministry or year else None
    hits = texts.find(parts, _classes(texts, kind), loosely=loosely, start=start, count=count, accepts=accepts)
    return SearchResult([_found(store, hit, parts[0] if parts else ()) for hit in hits.hits], hits.total)


def facets_of(store: GraphStore, words: str, kind: str = "", *, most: int = 5000) -> Facets:
    """Return how the first things found are spread over ministries and publication years.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
    """
    texts = _texts(store)
    names = texts.names(_split(words), _classes(texts, kind), count=most)
    places = [ministry_and_year(name) for name in names]
    ministries = Counter(ministry for ministry, _ in places if ministry)
    years = Counter(year for _, year in places if year)
    return Facets(dict(ministries.most_common()), dict(sorted(years.items())), len(names))


def browse(
    store: GraphStore, ministry: str, year: str = "", *, start: int = 0, count: int = 20
) -> tuple[list[str], int]:
    """Return the IRIs of what a ministry's papers state of projects, paper by paper, and how many there are.

    Raises:
        QueryError: This store has no text index.
    """
    texts = _texts(store)
    kinds = [name for name in texts.kinds() if name == expand("hyoka:ProjectEntry")]
    found: list[str] = []
    total = 0
    for form in _FORMS:
        prefix = f"{BASE}id/doc/{ministry}/{form}/" + (f"fy{year}/" if year else "")
        names, n = texts.under(prefix, kinds, start=max(0, start - total), count=count - len(found))
        found, total = found + names, total + n
    return found, total


def near(store: GraphStore, iri: str, count: int = 5) -> list[str]:
    """Return IRIs of things with texts whose names are near to one that is not known, the nearest first."""
    if store.texts is None or len(iri) > _LONGEST_NAME:
        return []
    around = store.texts.near(iri, _AROUND)
    return difflib.get_close_matches(iri, around, n=count, cutoff=_NEAR)


def _texts(store: GraphStore) -> TextIndex:
    if store.texts is None:
        raise QueryError(
            "This store has no index of its texts (a SPARQL server has none). Search a folder that this version built: "
            "hyoka build."
        )
    return store.texts


def _belongs(ministry: str, year: str, iri: str) -> bool:
    issuer, issued = ministry_and_year(iri)
    return (not ministry or ministry == issuer) and (not year or year == issued)


def _split(words: str, loosely: str = "") -> list[tuple[str, ...]]:
    if len(words) > _LONGEST:
        raise QueryError(
            f"The words '{show_value(words)}' have {len(words):,} characters; at most {_LONGEST} are read."
        )
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"The words '{show_value(words)}' are not text: they hold half of a character.") from error
    parts = [ways_to_write(word) for word in words.split() if search_form(word)]
    if not parts and not search_form(loosely):
        raise QueryError("There is nothing to look for. Give one word or several, with spaces between.")
    return parts


def _classes(texts: TextIndex, kind: str) -> list[str]:
    if not kind:
        return []
    return list(dict.fromkeys(name for one in kind.split(",") for name in _classes_of(texts, one.strip())))


def _classes_of(texts: TextIndex, kind: str) -> list[str]:
    known = {compact(name): name for name in texts.kinds()}
    if kind in known:
        return [known[kind]]
    if kind in CLASSES_OF_KIND:
        # A kind of which the graph holds nothing: its own word is no class, so that nothing is found.
        return [name for name in known.values() if name.rpartition("#")[2] in CLASSES_OF_KIND[kind]] or [kind]
    raise QueryError(
        f"There is no kind '{show_value(kind)}' with texts. There are: {', '.join([*CLASSES_OF_KIND, *known])}."
    )


def _found(store: GraphStore, hit: Hit, ways: tuple[str, ...]) -> Found:
    places = run_maintenance(store, "stated_where", thing=hit.thing).as_text()
    place = places[0] if places else {}
    return Found(
        hit.thing,
        " ".join(map(compact, hit.kinds)),
        compact(hit.property),
        excerpt(hit.text, next((way for way in ways if search_form(way) in search_form(hit.text)), "")),
        hit.more,
        *(place.get(name, "") for name in ("document", "page", "line")),
    )


def excerpt(text: str, word: str) -> str:
    """Return a text as one line, or the part of it around a word, with … where it was cut.

    >>> excerpt("あ" * 300 + "住民" + "い" * 300, "住民").count("住民")
    1
    """
    line = " ".join(text.split())
    if len(line) <= _SHOWN:
        return line
    start = max(0, min(_place(line, word) - _BEFORE, len(line) - _SHOWN))
    end = start + _SHOWN
    return f"{_CUT if start else ''}{line[start:end]}{_CUT if end < len(line) else ''}"


def _place(line: str, word: str) -> int:
    # Folding changes lengths: count how long the folded text is up to each character.
    ends = list(accumulate(len(search_form(character)) for character in line))
    place = search_form(line).find(search_form(word))
    return next((number for number, end in enumerate(ends) if end > place), 0) if place >= 0 else 0


def _term(value: str | int) -> Term | None:
    if isinstance(value, int):
        return ox.Literal(value)
    return ox.Literal(value) if value else None
