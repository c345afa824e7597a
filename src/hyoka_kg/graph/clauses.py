"""State the clauses of strategies: those of excerpts, and those that only citations know, marked so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hyoka_kg.graph.iris import mint, mint_concept
from hyoka_kg.graph.terms import Triple, integer, string, term, text
from hyoka_kg.linking.citations import VersionClause

_CITED = "citation-only"


def state_cited_clauses(clauses: Iterable[VersionClause]) -> Iterator[Triple]:
    """Yield each clause once; of several tellings the one with a heading speaks."""
    known: dict[str, VersionClause] = {}
    for clause in sorted(clauses):
        former = known.get(clause.clause_id)
        if former is None or (clause.heading and not former.heading):
            known[clause.clause_id] = clause
    for clause in known.values():
        yield from state_clause(clause, _CITED)


def state_clause(clause: VersionClause, basis: str) -> Iterator[Triple]:
    """Yield a clause below its version.

    Args:
        clause: The clause.
        basis: Where it is known from, of the scheme clause-basis.
    """
    node, version = mint("strategy", clause.clause_id), mint("strategy", clause.version_id)
    yield node, term("rdf:type"), term("hyoka:StrategyClause")
    yield node, term("dcterms:identifier"), string(clause.clause_id)
    yield node, term("skos:prefLabel"), text(clause.heading or clause.path)
    yield node, term("hyoka:marker"), string(clause.marker)
    yield node, term("hyoka:clausePath"), string(clause.path)
    yield node, term("hyoka:clauseDepth"), integer(clause.depth)
    yield node, term("hyoka:clauseBasis"), mint_concept("clause-basis", basis)
    yield node, term("eli:is_part_of"), version
    yield version, term("eli:has_part"), node
    if clause.parent:
        yield node, term("dcterms:isPartOf"), mint("strategy", clause.parent)
