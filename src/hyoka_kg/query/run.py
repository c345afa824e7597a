"""Run canned queries; a thing may be named by IRI, prefixed name, identifier, slug or label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from hyoka_kg.config import queries_dir
from hyoka_kg.errors import QueryError
from hyoka_kg.query.binding import bind, show_value
from hyoka_kg.query.catalogue import CannedQuery, Parameter, load_query
from hyoka_kg.store import GraphStore, Rows
from hyoka_kg.vocabulary import PREFIXES, compact

CLASSES_OF_KIND = {
    "project": ("Project",),
    "document": ("EvaluationDocument",),
    "sheet": ("ReviewSheet",),
    "policy": ("Policy",),
    "strategy": ("Strategy",),
    "clause": ("StrategyClause",),
    "indicator": ("Indicator",),
    "measurand": ("Measurand",),
    "ministry": ("FormalOrganization",),
    "payee": ("Organization",),
    "scope": ("EvaluationDocument", "Policy", "Project"),
}


def run_canned(store: GraphStore, query: CannedQuery, values: Mapping[str, str]) -> Rows:
    """Return the answer to a canned query.

    Raises:
        QueryError: A parameter is unknown, or its value is not of its type or names nothing.
    """
    things = {p.name: p for p in query.params if p.type == "iri"}
    resolved = {
        name: resolve(store, things[name], value) if name in things else value for name, value in values.items()
    }
    return store.select(bind(query, resolved))


def maintenance_text(name: str, **values: str | Sequence[str]) -> str:
    """Return the text of one of our own housekeeping queries, with its parameters bound."""
    return bind(_maintenance(name), values)


def run_maintenance(store: GraphStore, name: str, **values: str | Sequence[str]) -> Rows:
    """Return the answer to one of our own housekeeping queries, with its parameters bound."""
    return store.select(maintenance_text(name, **values))


def graph_sizes(store: GraphStore) -> dict[str, int]:
    """Return how many triples each named graph holds."""
    return {row["graph"]: int(row["n"]) for row in run_maintenance(store, "graph_sizes").as_text()}


def resolve(store: GraphStore, parameter: Parameter, value: str) -> str:
    """Return the IRI that a value names.

    Raises:
        QueryError: Nothing, or more than one thing, has that name.
    """
    text = value.strip().removeprefix("<").removesuffix(">")
    if ":" in text and (text.partition(":")[0] in PREFIXES or "://" in text):
        return text
    rows = run_maintenance(store, "identified", key=text).as_text()
    classes = CLASSES_OF_KIND.get(parameter.of, ())
    found = sorted({row["thing"] for row in rows if not classes or row["class"].rpartition("#")[2] in classes})
    if len(found) == 1:
        return found[0]
    kind = parameter.of or "thing"
    if not found:
        raise QueryError(
            f"No {kind} has the identifier or name '{show_value(value)}'. Give an identifier such as "
            f"{parameter.default or 'mic/juki-net-security'}, or an IRI."
        )
    names = ", ".join(compact(iri) for iri in found[:5])
    raise QueryError(f"'{show_value(value)}' names {len(found)} things ({kind}): {names}. Give one of these instead.")


@cache
def _maintenance(name: str) -> CannedQuery:
    return load_query(queries_dir() / "maintenance" / f"{name}.rq")
