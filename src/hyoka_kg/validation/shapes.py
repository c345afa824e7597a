"""Check a graph against SHACL shapes (W3C SHACL, 3.6) and return each result as a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pyshacl import validate
from rdflib import SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from hyoka_kg.errors import ShapeViolation
from hyoka_kg.model import Finding, Severity
from hyoka_kg.validation.messages import fill
from hyoka_kg.vocabulary import PREFIXES, compact

_HYOKA = Namespace(PREFIXES["hyoka"])
_GRAPHS_KEPT = 2
_VALUES = ((SH.resultPath, "path"), (SH.value, "value"))


def check_shapes(ntriples: Iterable[str], shape_files: Iterable[Path]) -> list[Finding]:
    """Return the findings of all shapes over a graph given as N-Triples lines.

    A process that meets the same graph and the same shapes again is told what it found before.

    Raises:
        ShapeViolation: The engine could not judge the graph at all.
    """
    return list(judge("".join(ntriples), tuple(path.read_text(encoding="utf-8") for path in shape_files)))


@lru_cache(maxsize=_GRAPHS_KEPT)
def judge(ntriples: str, shape_texts: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return the findings of shapes given as Turtle over a graph given as N-Triples, sorted.

    Raises:
        ShapeViolation: The engine could not judge the graph at all.
    """
    data, shapes = Graph(), Graph()
    data.parse(data=ntriples, format="nt")
    for text in shape_texts:
        shapes.parse(data=text, format="turtle")
    # The data is a copy already, so that pySHACL need not make another one.
    _, report, text = validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    if not isinstance(report, Graph):
        # pySHACL returns a ValidationFailure in place of a graph when a shape itself cannot be run.
        raise ShapeViolation(f"The shapes could not be run: {text}. Correct the shape named there.")
    return tuple(sorted(_findings(report, shapes)))


def _findings(report: Graph, shapes: Graph) -> Iterator[Finding]:
    for result in report.objects(None, SH.result):
        source = _rule_bearer(report, shapes, result)
        values = {name: _plain(value) for path, name in _VALUES if (value := report.value(result, path)) is not None}
        yield Finding(
            rule=str(shapes.value(source, _HYOKA.ruleId) or "SHACL"),
            severity=Severity(str(report.value(result, SH.resultSeverity)).rpartition("#")[2]),
            focus=str(report.value(result, SH.focusNode)),
            values=tuple(values.items()),
            message_ja=fill(_message(shapes, source, "ja"), values),
            message_en=fill(_message(shapes, source, "en"), values),
        )


def _rule_bearer(report: Graph, shapes: Graph, result: Node) -> Node:
    """Return the shape that bears the rule id: the source shape, its SPARQL constraint, or a parent."""
    for start in (report.value(result, SH.sourceConstraint), report.value(result, SH.sourceShape)):
        node: Node | None = start
        while node is not None:
            if (node, _HYOKA.ruleId, None) in shapes:
                return node
            node = next(shapes.subjects(None, node), None)
    return BNode()


def _message(shapes: Graph, source: Node, language: str) -> str:
    messages = [
        message
        for message in shapes.objects(source, SH.message)
        if isinstance(message, Literal) and message.language == language
    ]
    return str(messages[0]) if messages else ""


def _plain(value: Node) -> str:
    return compact(str(value)) if isinstance(value, URIRef) else str(value)
