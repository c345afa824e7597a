"""Search on a page, made inside a worker: what was found, with its receipts, and facets to narrow it down."""

from __future__ import annotations

from dataclasses import dataclass, field

from hyoka_kg.query import Facets, Found, Loosened, browse, facets_of, search, search_loosely, ways_to_write
from hyoka_kg.service.explorer.asking import ask_page
from hyoka_kg.service.explorer.describing import about_graph
from hyoka_kg.service.explorer.plan import plan_for
from hyoka_kg.service.explorer.rendering import as_answer, render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import named, words_in
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import expand

SIZE = 20
# The kinds that a person chooses from, as query/search.py knows them.
KINDS = ("project", "policy", "indicator", "strategy", "clause", "document", "ministry")
# What a page shows where no kind is chosen: things, not what single papers print of them.
_MAIN = "project,policy,measurand,strategy,clause,indicator,document,ministry,payee"
_NAMES = "hyoka:ProjectEntry"
_ALSO = 8
# How short a part of a word may be that is offered in its place, and how many characters may be cut.
_SHORTEST, _MOST_CUT = 2, 3


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that was found, as the page shows it."""

    href: str
    kind: str
    text: str
    more: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a search found.

    Attributes:
        lines: The things, by pages.
        total: How many things there are.
        also: Names that single papers print.
        facets: How the things are spread.
        loosened: What was found in their place where nothing holds all words.
        shorter: A part of the longest word that something holds, where even that found nothing.
    """

    lines: list[Line]
    total: int
    also: list[Line] = field(default_factory=list)
    facets: Facets = field(default_factory=lambda: Facets({}, {}, 0))
    loosened: Loosened | None = None
    shorter: str = ""


def answer_found(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the page of what was found.

    Raises:
        QueryError: There is nothing to look for, no such kind, or no text index.
        Refusal: 400, its page is not a number.
    """
    html = render(
        "found",
        visit,
        found=_listed(store, visit, _page(visit)),
        ways=[one for word in visit.get("q").split() for one in ways_to_write(word)[1:]],
        page=_page(visit),
        size=SIZE,
        kinds=KINDS,
        ministries=ministry_names(store, visit),
        about=about_graph(store),
    )
    return as_answer(html, limits, packed=packed)


def _listed(store: GraphStore, visit: Visit, page: int) -> Listed:
    words, kind, ministry, year = (visit.get(name) for name in ("q", "kind", "ministry", "year"))
    if not words.strip():
        return _browsed(store, ministry, year, page, visit) if ministry else Listed([], 0)
    shown = {"": _MAIN, "any": ""}.get(kind, kind)
    result = search(store, words, shown, ministry=ministry, year=year, start=(page - 1) * SIZE, count=SIZE)
    lines = [_line(found, visit) for found in result.found]
    also: list[Line] = []
    if not kind and page == 1:
        named = search(store, words, _NAMES, ministry=ministry, year=year, count=_ALSO)
        also = [_line(found, visit) for found in named.found]
    if result.total or also:
        return Listed(lines, result.total, also, facets_of(store, words, shown))
    loosened = search_loosely(store, words, shown, ministry=ministry, year=year, count=SIZE)
    if loosened:
        return Listed([_line(found, visit) for found in loosened.result.found], 0, loosened=loosened)
    return Listed([], 0, shorter=_shorter(store, words, shown))


def ministry_names(store: GraphStore, visit: Visit) -> dict[str, str]:
    """Return the names of the ministries by their codes."""
    rows = ask_page(store, "ministries", {})
    return {row["code"]: named(row, "ministry", visit.language) or row["code"] for row in rows}


def _shorter(store: GraphStore, words: str, kind: str) -> str:
    """Return a part of the longest word that something holds, where nothing holds the whole; empty where none does."""
    longest = max(words.split(), key=len)
    for cut in range(1, len(longest) - _SHORTEST + 1):
        for part in (longest[:-cut], longest[cut:]):
            if cut <= _MOST_CUT and search(store, part, kind, count=1).total:
                return part
    return ""


def _browsed(store: GraphStore, ministry: str, year: str, page: int, visit: Visit) -> Listed:
    names, total = browse(store, ministry, year, start=(page - 1) * SIZE, count=SIZE)
    words, lines = words_in(visit.language), []
    for name in names:
        rows = ask_page(store, "thing", {"thing": name})
        row = rows[0] if rows else {"printed": name, "document": ""}
        receipt = words.receipt(row["document"], "")
        lines.append(Line(visit.of_thing(name), words.of("kinds", "entry"), row["printed"] or name, 0, receipt))
    return Listed(lines, total)


def _line(found: Found, visit: Visit) -> Line:
    words = words_in(visit.language)
    kind = plan_for(map(_class, found.kind.split())).kind
    place = words.place(found.page, found.line)
    receipt = words.receipt(found.document, place)
    return Line(visit.of_thing(found.thing), words.of("kinds", kind), found.text, found.more, receipt)


def _class(name: str) -> str:
    return expand(name) if ":" in name and "://" not in name else name


def _page(visit: Visit) -> int:
    text = visit.get("page") or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= 1):
        raise Refusal(400, "page is not a number from 1 to 999999.")
    return int(text)
