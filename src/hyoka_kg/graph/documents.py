"""State a document: its head, the things on it, and every cell with its literal and its place."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.graph.context import DocumentContext
from hyoka_kg.graph.forms import FieldMeaning, Statement, meaning_of_field, meaning_of_subject, statements_of
from hyoka_kg.graph.iris import mint, mint_concept, mint_fiscal_year, mint_source
from hyoka_kg.graph.objects import read_objects
from hyoka_kg.graph.places import state_derivation, state_places
from hyoka_kg.graph.terms import Triple, day, integer, string, term, text, typed
from hyoka_kg.model import Cell, Document, DocumentHead, Passage, ValueStatus

_CLASSES = {"ex-ante": "hyoka:ExAnteAnalysisSheet", "review-sheet": "hyoka:ReviewSheet"}


def state_document(document: Document, context: DocumentContext) -> Iterator[Triple]:
    """Yield everything that the transcription graph of a document says."""
    yield from _state_head(document.head, context)
    for subject in dict.fromkeys(cell.subject for cell in document.cells):
        yield from _state_subject(subject, context)
    for cell in document.cells:
        yield from _state_cell(cell, context)
    for passage in document.passages:
        yield from _state_passage(passage, context)


def _state_head(head: DocumentHead, context: DocumentContext) -> Iterator[Triple]:
    node, source = context.document, mint_source(head.source_sha256)
    yield node, term("rdf:type"), term(_CLASSES[head.kind])
    yield node, term("rdf:type"), term("hyoka:EvaluationDocument")
    yield node, term("dcterms:identifier"), string(head.id)
    yield node, term("skos:prefLabel"), text(head.title_ja)
    yield node, term("skos:prefLabel"), text(head.title_en, "en")
    yield node, term("dcterms:issued"), day(head.issued)
    yield node, term("hyoka:issuedBasis"), text(head.issued_basis, "en")
    yield node, term("hyoka:sheetYear"), mint_fiscal_year(head.sheet_fiscal_year)
    yield node, term("hyoka:ministry"), mint("org", head.ministry)
    yield node, term("foaf:primaryTopic"), context.policy
    yield node, term("prov:wasDerivedFrom"), source
    yield node, term("dcat:inSeries"), mint("series", f"{head.ministry}/{head.kind}")
    yield source, term("rdf:type"), term("hyoka:SourceText")
    yield source, term("hyoka:textSha256"), typed(head.source_sha256, "xsd:hexBinary")
    yield source, term("dcterms:isPartOf"), node


def _state_subject(subject: str, context: DocumentContext) -> Iterator[Triple]:
    meaning, node = meaning_of_subject(subject), context.node(subject)
    if not meaning.classes:
        return
    for name in meaning.classes:
        yield node, term("rdf:type"), term(name)
    yield node, term("hyoka:statedIn"), context.document
    yield from _state_entry_links(subject, node, meaning.classes, context)
    measurand = context.links.measurands.get(subject)
    if measurand:
        yield node, term("hyoka:measurand"), mint("measurand", measurand)
    if meaning.number:
        yield node, term(meaning.number), integer(int(subject.rsplit("/", 1)[1]))
    owner = context.owner(meaning.owner, subject)
    if owner and meaning.link:
        yield owner, term(meaning.link), node
    elif owner:
        yield node, term("dcterms:isPartOf"), owner


def _state_entry_links(subject: str, node: str, classes: tuple[str, ...], context: DocumentContext) -> Iterator[Triple]:
    project = context.links.project_of(subject)
    if "hyoka:ProjectEntry" in classes:
        yield node, term("hyoka:underPolicy"), context.policy
        if project:
            yield node, term("hyoka:entryOf"), mint("project", project)
    elif "hyoka:ProjectIndicator" in classes:
        kind = subject.rsplit("/", 1)[1].partition("-")[0]
        yield node, term("hyoka:indicatorKind"), mint_concept("indicator-kind", kind)
        yield node, term("dcterms:isPartOf"), context.node("/".join(subject.split("/")[:2]))
        if project:
            yield node, term("hyoka:indicatorOf"), mint("project", project)
    elif "hyoka:StrategyCitation" in classes:
        kind = "stated-by-policy" if subject.startswith("citation/") else "cited-in-text"
        yield node, term("hyoka:citationKind"), mint_concept("link-kind", kind)


def _state_cell(cell: Cell, context: DocumentContext) -> Iterator[Triple]:
    meaning = meaning_of_field(cell.subject, cell.field)
    node = cell_node(cell, meaning, context)
    if not cell.is_structure:
        yield from _state_literal(cell, node, context)
        yield from _STATE_NODE[meaning.node](cell, node, meaning, context)
    targets = {"entity": context.node(cell.subject), "cell": node, "document": context.document}
    targets["parent"] = context.node("/".join(cell.subject.split("/")[:-2]) or "document")
    for statement in statements_of(cell.subject, cell.field):
        for value in read_objects(statement.object, cell, context):
            yield _turned(statement, targets, value)


def _turned(statement: Statement, targets: dict[str, str], value: str) -> Triple:
    """Return the triple; a target written with ^ is its object, as in a SPARQL inverse path."""
    if statement.on.startswith("^"):
        return value, term(statement.property), targets[statement.on[1:]]
    return targets[statement.on], term(statement.property), value


def cell_node(cell: Cell, meaning: FieldMeaning, context: DocumentContext) -> str:
    """Return the term of the node that a cell becomes."""
    if meaning.node == "budget":
        return context.budget(cell.subject, meaning.code, cell.fiscal_year)
    if meaning.node == "observation":
        return context.observation(cell.subject, meaning.code, cell.fiscal_year)
    if meaning.node == "unit-cost":
        return context.unit_cost(cell.subject, cell.fiscal_year)
    return context.cell(cell.subject, cell.field, cell.fiscal_year)


def _state_literal(cell: Cell, node: str, context: DocumentContext) -> Iterator[Triple]:
    yield node, term("hyoka:statedIn"), context.document
    yield node, term("dcterms:isPartOf"), context.node(cell.subject)
    yield node, term("hyoka:valueStatus"), mint_concept("value-status", cell.status)
    yield node, term("hyoka:readingConfidence"), mint_concept("confidence", cell.confidence)
    if cell.status is not ValueStatus.NOT_PRINTED:
        yield node, term("hyoka:asPrinted"), text(cell.text)
    if cell.reading:
        yield node, term("hyoka:hasReading"), mint("reading", cell.reading)
    yield from _state_clause(cell.subject, node, context)
    yield from state_derivation(node, cell, context.head)
    yield from state_places(cell, cell.line_texts, context.head)


def _state_text(cell: Cell, node: str, meaning: FieldMeaning, _context: DocumentContext) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("hyoka:TextCell")
    yield node, term("hyoka:box"), mint_concept("form-box", meaning.code or cell.field.replace("_", "-"))
    if cell.fiscal_year:
        yield node, term("hyoka:fiscalYear"), mint_fiscal_year(cell.fiscal_year)


def _state_budget(cell: Cell, node: str, meaning: FieldMeaning, context: DocumentContext) -> Iterator[Triple]:
    project = context.links.project_of(cell.subject)
    yield node, term("rdf:type"), term("hyoka:BudgetObservation")
    yield node, term("rdf:type"), term("qb:Observation")
    yield node, term("qb:dataSet"), mint("cube", "budget")
    yield node, term("hyoka:budgetSubject"), mint("project", project) if project else context.policy
    yield node, term("hyoka:budgetPhase"), mint_concept("budget-phase", meaning.code)
    if cell.fiscal_year:
        yield node, term("hyoka:fiscalYear"), mint_fiscal_year(cell.fiscal_year)


def _state_observation(cell: Cell, node: str, meaning: FieldMeaning, context: DocumentContext) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("hyoka:IndicatorObservation")
    yield node, term("rdf:type"), term("qb:Observation")
    yield node, term("qb:dataSet"), mint("cube", "indicators")
    yield node, term("hyoka:ofIndicator"), context.node(cell.subject)
    yield node, term("hyoka:valueRole"), mint_concept("value-role", meaning.code)
    if cell.fiscal_year:
        yield node, term("hyoka:fiscalYear"), mint_fiscal_year(cell.fiscal_year)


def _state_unit_cost(cell: Cell, node: str, _meaning: FieldMeaning, context: DocumentContext) -> Iterator[Triple]:
    project = context.links.project_of("entry/1")
    yield node, term("rdf:type"), term("hyoka:UnitCost")
    yield node, term("rdf:type"), term("qb:Observation")
    if project:
        yield node, term("hyoka:budgetSubject"), mint("project", project)
    if cell.fiscal_year:
        yield node, term("hyoka:fiscalYear"), mint_fiscal_year(cell.fiscal_year)


_STATE_NODE = {
    "text": _state_text,
    "unit-cost": _state_unit_cost,
    "budget": _state_budget,
    "observation": _state_observation,
}


def _state_passage(passage: Passage, context: DocumentContext) -> Iterator[Triple]:
    node = context.passage(passage)
    yield node, term("rdf:type"), term("hyoka:TextCell")
    yield node, term("hyoka:box"), mint_concept("form-box", passage.box)
    yield node, term("hyoka:statedIn"), context.document
    yield node, term("dcterms:isPartOf"), context.node(passage.subject)
    yield node, term("hyoka:textLength"), integer(passage.length)
    yield node, term("hyoka:textSha256"), typed(passage.sha256, "xsd:hexBinary")
    yield from state_derivation(node, passage, context.head)
    yield from _state_clause(passage.subject, node, context)
    if passage.text is not None:
        yield node, term("hyoka:asPrinted"), text(passage.text)
    lines = None if passage.text is None else passage.text.split("\n")
    yield from state_places(passage, lines, context.head)


def _state_clause(subject: str, node: str, context: DocumentContext) -> Iterator[Triple]:
    clause = context.links.clauses.get(subject)
    if clause:
        yield node, term("dcterms:references"), mint("strategy", clause)
