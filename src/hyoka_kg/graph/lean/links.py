"""State the links between the sheets of different years, in one graph of their own, and what replaced a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hyoka_kg.graph.iris import graph_named, mint, mint_concept, mint_review_number
from hyoka_kg.graph.terms import Triple, string, term, typed
from hyoka_kg.linking.identity.indicators import IndicatorLink
from hyoka_kg.linking.identity.links import Link
from hyoka_kg.linking.identity.precision import precision_of
from hyoka_kg.model import SheetKey

LINKS_GRAPH = graph_named("identity")
_BY_ID = "rs-"
_DIGITS = 4


def state_links(links: Iterable[Link]) -> Iterator[Triple]:
    """Yield the claims: ends, relation, evidence, method, status, and how often that method was right."""
    for link in links:
        node = mint("link", f"{_path(link.earlier)}/to/{_path(link.later)}")
        yield node, term("rdf:type"), term("hyoka:ProjectLink")
        yield node, term("hyoka:linkFrom"), _end(link.earlier)
        yield node, term("hyoka:linkTo"), _end(link.later)
        yield node, term("hyoka:linkRelation"), mint_concept("project-relation", link.relation)
        yield node, term("hyoka:linkStatus"), mint_concept("link-status", link.status)
        yield node, term("hyoka:linkMethod"), string(link.method)
        yield node, term("hyoka:linkEvidence"), string(" ".join(link.evidence))
        yield from _confidence(node, link.method)


def _confidence(node: str, method: str) -> Iterator[Triple]:
    measured = precision_of(method)
    yield node, term("hyoka:linkConfidence"), string(measured.confidence)
    if measured.judged:
        yield node, term("hyoka:linkPrecision"), typed(f"{measured.share:.{_DIGITS}f}", "xsd:decimal")
        yield node, term("hyoka:judgedLinks"), typed(str(measured.judged), "xsd:integer")


def state_replacements(replaced: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    """Yield which project has the sheets of one that was issued before: an issued name is never reused."""
    for former, project in replaced:
        node = mint("project", former)
        yield node, term("dcterms:isReplacedBy"), mint("project", project)
        yield node, term("owl:deprecated"), typed("true", "xsd:boolean")


def _path(key: SheetKey) -> str:
    return f"{key.ministry}/fy{key.fiscal_year}/{key.number}"


def _end(key: SheetKey) -> str:
    """Return the number that a sheet bears, or the sheet itself where it has a 予算事業ID instead."""
    if key.number.startswith(_BY_ID):
        return mint("doc", key.path)
    return mint_review_number(key.ministry, key.fiscal_year, key.number)


def state_indicator_link(link: IndicatorLink) -> tuple[str, Triple]:
    """Return the graph of a link of indicators, one for each kind of evidence, and its statement."""
    earlier, later = (mint("doc", f"{key.path}/{path}") for key, path in (link.earlier, link.later))
    return f"{LINKS_GRAPH}/indicators/{link.evidence}", (earlier, term("hyoka:sameMeasurandAs"), later)
