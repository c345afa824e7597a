"""State the clauses of strategies that only citations know: a node each, marked so, below what the registry holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hyoka_kg.graph.iris import mint, mint_concept
from hyoka_kg.graph.terms import Triple, integer, string, term, text
from hyoka_kg.linking.citations import CitedClause


def state_cited_clauses(clauses: Iterable[CitedClause]) -> Iterator[Triple]:
    """Yield each clause once; of several tellings the one with a heading speaks."""
    known: dict[str, CitedClause] = {}
    for clause in sorted(clauses):
        former = known.get(clause.clause_id)
        if former is None or (clause.heading and not former.heading):
            known[clause.clause_id] = clause
    for clause in known.values():
        yield from _clause(clause)


def _clause(clause: CitedClause) -> Iterator[Triple]:
    node, version = mint("strategy", clause.clause_id), mint("strategy", clause.version_id)
    yield node, term("rdf:type"), term("hyoka:StrategyClause")
    yield node, term("dcterms:identifier"), string(clause.clause_id)
    yield node, term("skos:prefLabel"), text(clause.heading or clause.path)
    yield node, term("hyoka:marker"), string(clause.marker)
    yield node, term("hyoka:clausePath"), string(clause.path)
    yield node, term("hyoka:clauseDepth"), integer(clause.depth)
    yield node, term("hyoka:clauseBasis"), mint_concept("clause-basis", "citation-only")
    yield node, term("eli:is_part_of"), version
    yield version, term("eli:has_part"), node
    if clause.parent:
        yield node, term("dcterms:isPartOf"), mint("strategy", clause.parent)
