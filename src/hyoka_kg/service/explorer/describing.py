"""The page of a thing, made inside a worker: what it is called, pictures, tables, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from hyoka_kg.errors import HyokaError
from hyoka_kg.figures import Asked, draw_picture
from hyoka_kg.query import first_name
from hyoka_kg.service.explorer.asking import answer_table, ask_grid, ask_page, show_part, write_table
from hyoka_kg.service.explorer.grid import Grid
from hyoka_kg.service.explorer.plan import PagePlan, plan_for
from hyoka_kg.service.explorer.rendering import as_answer, render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import Words, words_in
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from hyoka_kg.store.judgements import Judgements

# A picture that is larger stands at an address of its own, so that no page grows past what a telephone loads.
_LARGEST_PICTURE = 90_000
_FINDINGS = "findings_of"
_ALWAYS = {"statements": 50, "links": 25}


@dataclass(frozen=True, slots=True)
class Head:
    """What a thing is called.

    Attributes:
        label: Its name.
        identifier: Its identifier, or empty.
        document: Identifier of the paper that states it, or empty.
        document_href: Address of that paper's page.
        place: Page and line of it, in words.
    """

    label: str
    identifier: str
    document: str
    document_href: str
    place: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a page.

    Attributes:
        name: Its name.
        svg: The drawing, or nothing where it is too large or cannot be drawn.
        alt: Its words.
        href: Address of the drawing alone.
        why: Why it cannot be drawn, or empty.
    """

    name: str
    svg: Markup
    alt: str
    href: str
    why: str


def answer_thing(store: GraphStore, *, path: str, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the page of a thing, or one of its tables in another format.

    Raises:
        Refusal: 404, the graph does not know it, or has no such table of it; 410, it was withdrawn.
    """
    name = PREFIXES["hyk"] + path
    rows = ask_page(store, "thing", {"thing": name})
    if not rows and not (ask_page(store, "statements", {"thing": name}) or ask_page(store, "links", {"thing": name})):
        raise Refusal(404, f"The graph says nothing of <{name}>. Find things at /search, or by SPARQL.")
    if any(row["withdrawn"] == "true" for row in rows):
        raise Refusal(410, f"<{name}> was withdrawn. What is left of it can be asked by SPARQL.")
    plan = plan_for(row["class"] for row in rows)
    style = visit.get("format")
    if visit.get("table") and style:
        return _table(store, name, _table_of(plan, visit), style, limits, packed=packed)
    return as_answer(_page(store, name, plan, rows, visit), limits, packed=packed)


def _page(store: GraphStore, name: str, plan: PagePlan, rows: list[dict[str, str]], visit: Visit) -> str:
    words = words_in(visit.language)
    grids = [_grid(store, name, table.name, visit, table.rows) for table in plan.tables]
    head = _head(store, name, rows, visit, words, _named_by(plan, grids))
    more = [ask_grid(store, table, {"thing": name}, visit, size) for table, size in _ALWAYS.items()]
    asked: Asked = {}
    return render(
        "thing",
        visit,
        head=head,
        kind=plan.kind,
        iri=name,
        explore=compact(name),
        pictures=[draw(store, picture, name, visit, asked) for picture in plan.pictures],
        grids=[grid for grid in grids if grid.rows or grid.page > 1],
        more=[grid for grid in more if grid.rows or grid.page > 1],
        documents=_documents(grids) if plan.kind == "project" else [],
        browse=_years(store, name) if plan.kind == "organisation" else [],
        about=about_graph(store),
    )


def _grid(store: GraphStore, thing: str, table: str, visit: Visit, size: int) -> Grid:
    kept = _kept(store, table)
    if kept is None:
        return ask_grid(store, table, {"thing": thing}, visit, size)
    return show_part(store, table, visit, size, partial(kept.about, thing))


def _table(store: GraphStore, thing: str, table: str, style: str, limits: SpoolLimits, *, packed: bool) -> Answer:
    kept = _kept(store, table)
    if kept is None:
        return answer_table(store, table, {"thing": thing}, style, limits, packed=packed)
    return write_table(style, lambda: kept.about(thing), limits, packed=packed)


def _kept(store: GraphStore, table: str) -> Judgements | None:
    """Return the findings kept beside the graph, where it is them that a table shows."""
    return store.judgements if table == _FINDINGS else None


def about_graph(store: GraphStore) -> dict[str, str]:
    """Return version, number of statements and licence of the graph; empty texts where it does not say."""
    rows = ask_page(store, "dataset", {})
    return rows[0] if rows else {"version": "", "triples": "", "licence": ""}


def _table_of(plan: PagePlan, visit: Visit) -> str:
    name = visit.get("table")
    if plan.table(name) is None and name not in _ALWAYS:
        known = ", ".join([*(table.name for table in plan.tables), *_ALWAYS])
        raise Refusal(404, f"This page has no table of that name. It has: {known}.")
    return name


def _named_by(plan: PagePlan, grids: list[Grid]) -> str:
    table, column = plan.named_by
    return next((grid.told(column) for grid in grids if grid.name == table), "")


def _head(store: GraphStore, name: str, rows: list[dict[str, str]], visit: Visit, words: Words, named_by: str) -> Head:
    first = rows[0] if rows else {}
    other_names = named_by or first.get("identifier", "") or compact(name)
    receipts = ask_page(store, "receipts", {"thing": name})
    place = words.place(receipts[0]["page"], receipts[0]["line"]) if receipts else ""
    if receipts and not place:
        place = receipts[0]["source"].partition("#")[2]
    return Head(
        first_name(rows, visit.language) or " ".join(other_names.split()),
        first.get("identifier", ""),
        first.get("document", ""),
        visit.of_thing(first.get("document_iri", "")),
        place,
    )


def draw(store: GraphStore, picture: str, name: str, visit: Visit, asked: Asked | None = None) -> Drawing:
    """Return a picture of a thing, or the reason why there is none; pictures of a page share what they `asked`."""
    address = visit.to(f"/picture/{picture}.svg", thing=compact(name) if name else "")
    try:
        figure = draw_picture(store, picture, name, visit.language, asked)
    except HyokaError as error:
        return Drawing(picture, Markup(), "", address, str(error))
    fits = len(figure.svg) <= _LARGEST_PICTURE
    # The drawing is our own: every text in it is escaped where it is written (figures/svg.py).
    return Drawing(picture, Markup(figure.svg if fits else ""), figure.alt, address, "")  # noqa: S704 - as above


def _years(store: GraphStore, name: str) -> list[str]:
    """Return the publication years of a ministry's papers, and an empty one for all of them."""
    return [*(row["fy"] for row in ask_page(store, "organisation_years", {"thing": name})), ""]


def _documents(grids: list[Grid]) -> list[str]:
    entries = next((grid for grid in grids if grid.name == "project_entries"), None)
    if entries is None:
        return []
    return list(
        dict.fromkeys(
            cell.text for row in entries.rows for cell in row if "/doc/doc/" in cell.href and "/entry/" not in cell.href
        )
    )
