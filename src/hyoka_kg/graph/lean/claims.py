"""State the projects of the corpora once each, under the name of the latest sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hyoka_kg.graph.iris import mint
from hyoka_kg.graph.terms import Triple, string, term, text


class SheetClaim(NamedTuple):
    """That a sheet speaks of a project under a name, and that project's 予算事業ID where it has one."""

    project: str
    fiscal_year: int
    name: str
    rs_id: str


def state_claims(claims: Iterable[SheetClaim], registered: frozenset[str]) -> Iterator[Triple]:
    """Yield the projects; a registered one keeps its label and gains the names of its sheets beside it."""
    latest: dict[str, SheetClaim] = {}
    others: dict[str, set[str]] = {}
    for claim in claims:
        known = latest.get(claim.project)
        if known is None or (claim.fiscal_year, claim.name) > (known.fiscal_year, known.name):
            latest[claim.project] = claim
        others.setdefault(claim.project, set()).add(claim.name)
    for project, claim in sorted(latest.items()):
        yield from _project(claim, sorted(others[project] - {claim.name}), labelled=project in registered)


def _project(claim: SheetClaim, others: list[str], *, labelled: bool) -> Iterator[Triple]:
    node = mint("project", claim.project)
    names = [claim.name, *others] if labelled else others
    if not labelled:
        yield node, term("rdf:type"), term("hyoka:Project")
        yield node, term("dcterms:identifier"), string(claim.project)
        yield node, term("skos:prefLabel"), text(claim.name)
        if claim.rs_id:
            identifier = mint("external", f"rs/{claim.rs_id}")
            yield node, term("adms:identifier"), identifier
            yield identifier, term("rdf:type"), term("adms:Identifier")
            yield identifier, term("skos:notation"), string(claim.rs_id)
            yield identifier, term("adms:schemaAgency"), string("rs")
    for name in names:
        yield node, term("skos:altLabel"), text(name)
