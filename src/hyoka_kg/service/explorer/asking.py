"""Ask the queries of the pages, inside a worker: a part of their rows for a page, all of them for a table to take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hyoka_kg.errors import QueryError
from hyoka_kg.query import CannedQuery, bind, load_catalogue, window
from hyoka_kg.service.explorer.grid import Grid, codes_of, make_grid
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import words_in
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, Spool, SpoolLimits
from hyoka_kg.service.tables import STYLES
from hyoka_kg.store import GraphStore, Rows

_SPARQL_STYLE = "rq"
_LAST_PAGE = 100_000


def page_query(name: str) -> CannedQuery:
    """Return a query of the pages."""
    return load_catalogue("pages")[name]


def ask_page(store: GraphStore, name: str, values: Mapping[str, str]) -> list[dict[str, str]]:
    """Return all rows of a query of the pages, as text.

    Raises:
        Refusal: 404, a value is no name that a graph could hold.
    """
    return store.select(_bound(name, values)).as_text()


def ask_grid(store: GraphStore, name: str, values: Mapping[str, str], visit: Visit, size: int) -> Grid:
    """Return the part of a table that a visit asks for.

    Raises:
        Refusal: 400, its page is not a number; 404, a value is no name.
    """
    text = _bound(name, values)
    grid = show_part(store, name, visit, size, lambda start, count: store.select(window(text, start, count)))
    return replace(grid, is_of_graph=True)


def show_part(store: GraphStore, name: str, visit: Visit, size: int, part: Callable[[int, int], Rows]) -> Grid:
    """Return the part of a table that a visit asks for, from whoever gives so many rows from one on.

    Raises:
        Refusal: 400, its page is not a number.
    """
    page = _page_of(visit, name)
    rows = part((page - 1) * size, size + 1)
    words, heading = words_in(visit.language), page_query(name).summary_in(visit.language)
    shown = rows.as_text()[:size]
    grid = make_grid(name, heading, rows.variables, shown, visit, words, codes_of(store))
    return replace(grid, page=page, size=size, has_more=len(rows.rows) > size)


def answer_table(
    store: GraphStore, name: str, values: Mapping[str, str], style: str, limits: SpoolLimits, *, packed: bool
) -> Answer:
    """Return a whole table in a style, or its SPARQL.

    Raises:
        Refusal: 404, there is no such style; 413, the table is too large.
    """
    text = _bound(name, values)
    if style == _SPARQL_STYLE:
        spool = Spool(limits, packed=packed)
        spool.write(text.encode())
        return spool.finish("application/sparql-query")
    return write_table(style, lambda: store.select(text), limits, packed=packed, others=(_SPARQL_STYLE,))


def write_table(
    style: str, rows_of: Callable[[], Rows], limits: SpoolLimits, *, packed: bool, others: Sequence[str] = ()
) -> Answer:
    """Return a whole table in a style.

    Args:
        style: Its name.
        rows_of: Gives the rows; not asked where there is no such style.
        limits: How much an answer may hold.
        packed: Whether to pack it.
        others: What the caller offers beside the styles, for the refusal to name.

    Raises:
        Refusal: 404, there is no such style; 413, the table is too large.
    """
    if style not in STYLES:
        raise Refusal(404, f"There is no format={style} of a table. There are: {', '.join([*STYLES, *others])}.")
    spool, rows = Spool(limits, packed=packed), rows_of()
    for piece in STYLES[style].write(rows):
        spool.write(piece.encode())
    return spool.finish(STYLES[style].media_type)._replace(rows=len(rows.rows))


def _bound(name: str, values: Mapping[str, str]) -> str:
    try:
        return bind(page_query(name), values)
    except QueryError as error:
        raise Refusal(404, "That is not the address of a thing.") from error


def _page_of(visit: Visit, name: str) -> int:
    text = visit.get("page") if visit.get("table") == name else ""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= _LAST_PAGE):
        raise Refusal(400, f"page is not a number from 1 to {_LAST_PAGE}.")
    return int(text)
