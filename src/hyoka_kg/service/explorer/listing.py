"""Pages that are of no single thing, made inside a worker: the entrance, findings, two papers side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from hyoka_kg.errors import QueryError
from hyoka_kg.query import load_catalogue, resolve
from hyoka_kg.query.catalogue import Parameter
from hyoka_kg.service.explorer.asking import answer_table, ask_grid, ask_page, page_query, show_part, write_table
from hyoka_kg.service.explorer.describing import Drawing, about_graph, draw
from hyoka_kg.service.explorer.grid import Grid
from hyoka_kg.service.explorer.rendering import as_answer, render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import named
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore
from hyoka_kg.store.judgements import Wanted
from hyoka_kg.vocabulary import expand

_EXAMPLE, _PATH = "hyk:project/mic/juki-net-security", "/doc/project/mic/juki-net-security"
_EXAMPLE_ROWS, _ROWS = 6, 50
# As many rows as the query of the page gives of a graph.
_MOST = 20_000
_FINDINGS, _COMPARE = "findings", "compare_documents"


@dataclass(frozen=True, slots=True)
class Example:
    """An answer that the entrance shows."""

    label: str
    href: str
    grid: Grid
    visit: Visit


@dataclass(frozen=True, slots=True)
class Choice:
    """A ministry to go on from."""

    name: str
    href: str
    count: str


def answer_home(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the entrance."""
    html = render(
        "home",
        visit,
        example=_example(store, visit),
        ministries=list(_ministries(store, visit)),
        years=ask_page(store, "sheet_years", {}),
        catalogue=list(load_catalogue()),
        about=about_graph(store),
    )
    return as_answer(html, limits, packed=packed)


def answer_findings(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the findings: how many of each rule and year, and each with its message.

    Those kept beside the graph are chosen by rule, ministry, project and year; those in the graph by rule.

    Raises:
        Refusal: 404, there is no such format of the table.
    """
    rule, kept = visit.get("rule").strip().upper(), store.judgements
    values = {"rule": rule} if rule else {}
    wanted = Wanted([rule] if rule else (), (), visit.get("ministry"), visit.get("project"), visit.get("fy"))
    style = visit.get("format") if visit.get("table") == _FINDINGS else ""
    if style and kept is not None:
        return write_table(style, lambda: kept.listed(wanted, 0, _MOST), limits, packed=packed)
    if style:
        return answer_table(store, _FINDINGS, values, style, limits, packed=packed)
    pictures: list[Drawing] = [] if rule else [draw(store, "findings", "", visit)]
    grid = (
        show_part(store, _FINDINGS, visit, _ROWS, partial(kept.listed, wanted))
        if kept is not None
        else ask_grid(store, _FINDINGS, values, visit, _ROWS)
    )
    html = render(
        "listing", visit, name="findings", rules=_rules(visit), pictures=pictures, grid=grid, about=about_graph(store)
    )
    return as_answer(html, limits, packed=packed)


def _rules(visit: Visit) -> list[tuple[str, str]]:
    """Return the id of each rule and what it looks for."""
    return sorted(
        (str(query.header["rule"]), query.summary_in(visit.language)) for query in load_catalogue("integrity")
    )


def answer_comparison(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return what two papers state of the same project, year and phase, side by side.

    Raises:
        QueryError: A paper is not known.
        Refusal: 404, there is no such format of the table.
    """
    chosen = {parameter.name: visit.get(parameter.name) or str(parameter.default) for parameter in _papers()}
    values = {parameter.name: resolve(store, parameter, chosen[parameter.name]) for parameter in _papers()}
    if visit.get("table") == _COMPARE and visit.get("format"):
        return answer_table(store, _COMPARE, values, visit.get("format"), limits, packed=packed)
    grid = ask_grid(store, _COMPARE, values, visit, _ROWS)
    html = render("listing", visit, name="compare", chosen=chosen, pictures=[], grid=grid, about=about_graph(store))
    return as_answer(html, limits, packed=packed)


def _papers() -> list[Parameter]:
    return [replace(parameter, of="document") for parameter in page_query(_COMPARE).params]


def _example(store: GraphStore, visit: Visit) -> Example | None:
    iri = expand(_EXAMPLE)
    try:
        there = replace(visit, path=_PATH, params=())
        grid = ask_grid(store, "project_trace", {"thing": iri}, there, _EXAMPLE_ROWS)
    except QueryError:
        return None
    rows = ask_page(store, "thing", {"thing": iri})
    label = next((named(row, "label", visit.language) for row in rows), "")
    return Example(label, visit.of_thing(iri), grid, there) if grid.rows else None


def _ministries(store: GraphStore, visit: Visit) -> list[Choice]:
    return [
        Choice(
            named(row, "ministry", visit.language) or row["code"], visit.of_thing(row["ministry_iri"]), row["n_sheets"]
        )
        for row in ask_page(store, "ministries", {})
        if row["n_sheets"] != "0"
    ]
