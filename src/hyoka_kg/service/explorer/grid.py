"""Rows of an answer as a table of a page: headings, links, numbers and years as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from hyoka_kg.query import load_catalogue, run_canned
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import Words, scheme_of, show_number, way_to_show
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import BASE

_LINK, _JA, _EN = "_iri", "_ja", "_en"
_LONGEST = 240
_CUT, _NO_NUMBER = "…", "\u2015"
_NUMBERS = ("number", "whole")
_OUTSIDE = "value"

Row = Mapping[str, str]
Codes = Mapping[tuple[str, str], Mapping[str, str]]
_NAMED: WeakKeyDictionary[GraphStore, Codes] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        text: What it shows.
        href: Where it leads, or empty.
        kind: `number`, `date` or empty.
    """

    text: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or a part of one.

    Attributes:
        name: Which query gives it.
        heading: What it is.
        columns: Names of the columns.
        headers: Headings of the columns.
        kinds: `number` or empty, for each column.
        rows: The cells.
        page: Which part it is, from 1.
        size: How many rows a part has.
        has_more: Whether rows follow.
        is_of_graph: Whether a query of the graph gives it, which can be taken; what is kept beside the graph has none.
    """

    name: str
    heading: str
    columns: tuple[str, ...]
    headers: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    page: int
    size: int
    has_more: bool
    is_of_graph: bool = False

    @property
    def first(self) -> int:
        """Return the number of the first row."""
        return (self.page - 1) * self.size + 1

    def told(self, column: str) -> str:
        """Return what the first rows say in a column, or empty where it is not shown."""
        if column not in self.columns:
            return ""
        place = self.columns.index(column)
        return next((row[place].text for row in self.rows if row[place].text), "")


def make_grid(
    name: str, heading: str, variables: Sequence[str], rows: Sequence[Row], visit: Visit, words: Words, codes: Codes
) -> Grid:
    """Return rows as a table.

    Columns that hold nothing are left out. `x_iri` says where `x` leads; `x_ja` and `x_en` are one column.
    """
    columns = [name for name in _columns(variables) if any(_text(row, name, words) for row in rows)]
    cells = tuple(tuple(_cell(row, column, visit, words, codes) for column in columns) for row in rows)
    return Grid(
        name,
        heading,
        tuple(columns),
        tuple(words.of("columns", column) for column in columns),
        tuple("number" if way_to_show(column) in _NUMBERS else "" for column in columns),
        cells,
        1,
        len(rows),
        has_more=False,
    )


def _columns(variables: Sequence[str]) -> Iterator[str]:
    names = dict.fromkeys(name.removesuffix(_JA).removesuffix(_EN) for name in variables)
    known = set(names)
    for name in names:
        if not name.endswith(_LINK):
            yield name
        elif name.removesuffix(_LINK) not in known:
            yield name.removesuffix(_LINK)


def _text(row: Row, column: str, words: Words) -> str:
    own, other = (_EN, _JA) if words.language == "en" else (_JA, _EN)
    names = (column + own, column, column + other)
    # A thing that has no column for its name is named by its IRI.
    named = any(name in row for name in names)
    return next((row[name] for name in (*names, *(() if named else (column + _LINK,))) if row.get(name)), "")


def _cell(row: Row, column: str, visit: Visit, words: Words, codes: Codes) -> Cell:
    text, way = _text(row, column, words), way_to_show(column)
    target = row.get(column + _LINK, "")
    href = visit.of_thing(target) or (target if column == _OUTSIDE and _is_outside(target) else "")
    if way in _NUMBERS:
        shown = show_number(text) if way == "number" else text
        # What states no number is told apart in another column; its own page tells more.
        return Cell(shown or (_NO_NUMBER if href else ""), href, "number")
    if way == "fiscal_year":
        return Cell(words.fiscal_year(text), href, "date")
    if way == "date":
        return Cell(text, href, "date")
    return Cell(_shortened(_named(column, text, words, codes)), href, "")


def _named(column: str, text: str, words: Words, codes: Codes) -> str:
    own = words.code(column, text)
    if own is not None:
        return own
    labels = codes.get((scheme_of(column), text), {})
    return labels.get(words.language) or labels.get("ja") or text


def _is_outside(iri: str) -> bool:
    # A link leads out only to a page that the graph itself names: a licence, a law, a source.
    return iri.startswith("https://") and not iri.startswith(BASE)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + _CUT


def codes_of(store: GraphStore) -> Codes:
    """Return the names of the codes of the graph's schemes, by scheme and code; asked once a store."""
    if store not in _NAMED:
        _NAMED[store] = _ask_codes(store)
    return _NAMED[store]


def _ask_codes(store: GraphStore) -> Codes:
    rows = run_canned(store, load_catalogue("pages")["codes"], {}).as_text()
    return {(row["scheme"], row["code"]): {"ja": row["label_ja"], "en": row["label_en"]} for row in rows}
