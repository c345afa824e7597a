"""Run all rules over a built graph: SHACL shapes for structure, integrity queries across documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from hyoka_kg.config import ontology_dir
from hyoka_kg.errors import ShapeViolation
from hyoka_kg.model import Finding, Severity
from hyoka_kg.pipeline.national.structure import find_structure
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import EmbeddedStore, GraphStore
from hyoka_kg.validation import IntegrityRule, check_shapes, findings_of
from hyoka_kg.vocabulary import BASE, PREFIXES

EXCERPT_STEP = "excerpt"
_ACTIVITY = f"{BASE}id/activity/"
_SHOWN = 10
# Vocabulary is judged by its own quality shapes; findings and accounts describe the graph, they are not it.
_UNJUDGED = {"ontology", "shapes", "qa", "meta"}


def find_all(store: EmbeddedStore) -> list[Finding]:
    """Return the findings of every shape and every integrity query over a built graph, sorted.

    Excerpted sheets are lean, as those of the corpora are: set queries judge their structure (ADR 29), shapes do not.
    """
    lean = _excerpted(store)
    judged = {_triple_line(quad) for quad in store.quads() if _is_judged(quad) and quad.graph_name not in lean}
    shapes = check_shapes(sorted(judged), sorted((ontology_dir() / "shapes").glob("*.ttl")))
    return sorted({*shapes, *(find_structure(store) if lean else ()), *_integrity(store)})


def _excerpted(store: EmbeddedStore) -> set[NamedNode]:
    """Return the graphs that an excerpt was stated in, as the account of the graph tells."""
    step, told = NamedNode(PREFIXES["dcterms"] + "type"), Literal(EXCERPT_STEP)
    activities = (str(quad.subject)[1:-1] for quad in store.quads() if quad.predicate == step and quad.object == told)
    return {NamedNode(f"{BASE}graph/{one.removeprefix(_ACTIVITY)}") for one in activities}


def validate_store(store: EmbeddedStore) -> dict[str, dict[str, int]]:
    """Return the number of findings of a built graph by severity and rule."""
    return count_by_rule(find_all(store))


def _is_judged(quad: Quad) -> bool:
    layer = str(quad.graph_name).removeprefix(f"<{BASE}graph/").rstrip(">").partition("/")[0]
    return layer not in _UNJUDGED


def _triple_line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _integrity(store: GraphStore) -> Iterator[Finding]:
    for query in load_catalogue("integrity"):
        rule = IntegrityRule.from_header(query.name, query.header)
        yield from findings_of(rule, store.select(query.text).as_text())


def refuse_violations(findings: Iterable[Finding]) -> None:
    """Stop where the graph itself is wrong.

    Raises:
        ShapeViolation: At least one finding is a Violation; the first ones are told in full.
    """
    broken = [finding for finding in findings if finding.severity is Severity.VIOLATION]
    if not broken:
        return
    rules = Counter(finding.rule for finding in broken)
    shown = "\n".join(
        f"  {f.rule} {f.focus}\n    {f.message_ja} {f.message_en} {dict(f.values)}" for f in broken[:_SHOWN]
    )
    raise ShapeViolation(
        f"{len(broken)} violation(s) of {', '.join(sorted(rules))}: our own data is wrong, so nothing was published.\n"
        f"{shown}\nCorrect the rows of these things in data/, then build again. The former store still serves."
    )


def count_by_rule(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """Return how many findings each severity and rule has."""
    counts: dict[str, Counter[str]] = {severity.value: Counter() for severity in Severity}
    for finding in findings:
        counts[finding.severity.value][finding.rule] += 1
    return {severity: dict(sorted(rules.items())) for severity, rules in counts.items()}
