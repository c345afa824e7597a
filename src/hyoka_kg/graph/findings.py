"""State findings as quality annotations (DQV, Web Annotation) with deterministic IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hyoka_kg.graph.iris import mint_finding, part_of
from hyoka_kg.graph.terms import Triple, iri, string, term, text
from hyoka_kg.model import Finding


def state_findings(findings: Iterable[Finding]) -> Iterator[Triple]:
    """Yield the statements of findings."""
    for finding in findings:
        yield from _state_finding(finding)


def _state_finding(finding: Finding) -> Iterator[Triple]:
    values = "\n".join(f"{name}={value}" for name, value in finding.values)
    node = mint_finding(finding.rule, finding.focus, values)
    yield node, term("rdf:type"), term("hyoka:QualityFinding")
    yield node, term("oa:motivatedBy"), term("dqv:qualityAssessment")
    yield node, term("hyoka:ruleId"), string(finding.rule)
    yield node, term("sh:resultSeverity"), term(f"sh:{finding.severity}")
    yield node, term("oa:hasTarget"), iri(finding.focus)
    for name, value in finding.values:
        yield node, term("hyoka:findingValue"), string(f"{name}={value}")
    for language, message in (("ja", finding.message_ja), ("en", finding.message_en)):
        body = part_of(node, f"body-{language}")
        yield node, term("oa:hasBody"), body
        yield body, term("rdf:type"), term("oa:TextualBody")
        yield body, term("rdf:value"), text(message, language)
