"""State the predecessor list of a review sheet as claims: which number continues which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hyoka_kg.graph.context import DocumentContext
from hyoka_kg.graph.iris import mint_concept, mint_review_number
from hyoka_kg.graph.terms import Triple, string, term
from hyoka_kg.linking import NumberKey
from hyoka_kg.model import Document

_LIST = "predecessor/"


def state_lineage(document: Document, context: DocumentContext) -> Iterator[Triple]:
    """Yield a claim a hop from each listed number to the next, the last to the sheet's own number."""
    listed = [subject for subject in context.links.numbers if subject.startswith(_LIST)]
    own = [subject for subject in context.links.numbers if subject.startswith("entry/")]
    if not listed or len(own) != 1:
        return
    numbers = context.links.numbers
    chain = sorted([*listed, own[0]], key=lambda subject: numbers[subject].fiscal_year)
    for before, after in pairwise(chain):
        yield from _state_hop(document, context, before, numbers[before], numbers[after])


def _state_hop(
    document: Document, context: DocumentContext, subject: str, before: NumberKey, after: NumberKey
) -> Iterator[Triple]:
    node = context.node(f"{subject}/link")
    relation = "continues" if before.number == after.number else "renumbered"
    yield node, term("rdf:type"), term("hyoka:ProjectLink")
    yield node, term("hyoka:linkFrom"), mint_review_number(before.ministry, before.fiscal_year, before.number)
    yield node, term("hyoka:linkTo"), mint_review_number(after.ministry, after.fiscal_year, after.number)
    yield node, term("hyoka:linkRelation"), mint_concept("project-relation", relation)
    yield node, term("hyoka:linkEvidence"), string("stated-predecessor-number")
    yield node, term("hyoka:linkMethod"), string("predecessor-list")
    yield node, term("hyoka:linkConfidence"), string("A")
    yield node, term("hyoka:statedIn"), context.document
    for cell in document.cells:
        if cell.subject == subject and cell.field == "review_number":
            yield node, term("prov:wasQuotedFrom"), context.cell(subject, cell.field, cell.fiscal_year)
