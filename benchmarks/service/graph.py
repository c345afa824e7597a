"""A graph of the project's shape, made by a rule: sheets in graphs of their own, each project with its yearly money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

HYK, HYOKA = "https://w3id.org/hyoka/id/", "https://w3id.org/hyoka/def#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
_YEARS = range(2015, 2021)
_MINISTRIES = 20
_MODULUS, _FACTOR = 1_000_003, 7_919


def project(number: int) -> str:
    """Return the IRI of a project of the graph."""
    return f"{HYK}project/bench/{number}"


def quads(projects: int) -> Iterator[ox.Quad]:
    """Yield the quads: about 44 a project."""
    for number in range(projects):
        yield from _sheet(number)


def _sheet(number: int) -> Iterator[ox.Quad]:
    thing, graph = ox.NamedNode(project(number)), ox.NamedNode(f"https://w3id.org/hyoka/graph/doc/bench/{number}")
    ministry = ox.NamedNode(f"{HYK}org/bench/{number % _MINISTRIES}")
    yield ox.Quad(thing, _TYPE, ox.NamedNode(f"{HYOKA}Project"), graph)
    yield ox.Quad(thing, _LABEL, ox.Literal(f"情報システムの整備に必要な経費（第{number}号）", language="ja"), graph)
    yield ox.Quad(thing, ox.NamedNode(f"{HYOKA}ministry"), ministry, graph)
    for year in _YEARS:
        cell = ox.NamedNode(f"{HYK}doc/bench/{number}/budget/executed/{year}")
        amount = (number * _FACTOR + year) % _MODULUS
        yield ox.Quad(cell, _TYPE, ox.NamedNode(f"{HYOKA}BudgetObservation"), graph)
        yield ox.Quad(cell, ox.NamedNode(f"{HYOKA}budgetSubject"), thing, graph)
        yield ox.Quad(cell, ox.NamedNode(f"{HYOKA}fiscalYear"), ox.Literal(year), graph)
        yield ox.Quad(cell, ox.NamedNode(f"{HYOKA}amount"), ox.Literal(amount), graph)
        yield ox.Quad(cell, ox.NamedNode(f"{HYOKA}asPrinted"), ox.Literal(f"{amount:,}百万円", language="ja"), graph)
        yield ox.Quad(thing, ox.NamedNode(f"{HYOKA}hasObservation"), cell, graph)


def write_store(folder: Path, projects: int) -> Path:
    """Write a store of the graph as a finished build; return its folder."""
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "oxigraph"))
    store.bulk_extend(quads(projects))
    store.flush()
    store.optimize()
    (folder / "DONE").write_text("{}", encoding="utf-8")
    return folder
