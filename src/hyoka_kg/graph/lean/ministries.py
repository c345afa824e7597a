"""State the ministries of the corpora, and what went from one to another and when (W3C ORG, ChangeEvent)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hyoka_kg.graph.iris import mint
from hyoka_kg.graph.terms import Triple, day, string, term, text
from hyoka_kg.model import Row


def state_ministries(rows: Iterable[Row], changes: Iterable[Row]) -> Iterator[Triple]:
    """Yield the statements of the tables of `data/national`."""
    for row in rows:
        yield from _ministry(row)
    for row in changes:
        yield from _change(row)


def _ministry(row: Row) -> Iterator[Triple]:
    node = mint("org", row["org_id"])
    yield node, term("rdf:type"), term("org:FormalOrganization")
    yield node, term("rdf:type"), term("cpov:PublicOrganisation")
    yield node, term("dcterms:identifier"), string(row["org_id"])
    yield node, term("skos:prefLabel"), text(row["name_ja"])
    yield node, term("skos:prefLabel"), text(row["name_en"], "en")
    for name in (*row["aliases"].split(), *row["abbreviations"].split()):
        yield node, term("skos:altLabel"), text(name)
    if row["established"]:
        yield node, term("schema:foundingDate"), day(date.fromisoformat(row["established"]))
    if row["corporate_number_nta"]:
        yield node, term("org:identifier"), string(row["corporate_number_nta"])


def _change(row: Row) -> Iterator[Triple]:
    node = mint("org-change", f"{row['from']}-{row['to']}-{row['date']}")
    yield node, term("rdf:type"), term("org:ChangeEvent")
    yield node, term("org:originalOrganization"), mint("org", row["from"])
    yield node, term("org:resultingOrganization"), mint("org", row["to"])
    yield node, term("dcterms:date"), day(date.fromisoformat(row["date"]))
    yield node, term("dcterms:description"), text(row["note_ja"])
    yield node, term("dcterms:description"), text(row["note_en"], "en")
