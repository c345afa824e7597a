"""The SHACL shapes: what a graph must hold, with the message that a breach gives."""

from __future__ import annotations

from typing import Any

from docs.generated.vocabulary import text_of
from rdflib import RDFS, SH, Graph, Namespace, URIRef
from rdflib.term import Node

from hyoka_kg.config import ontology_dir
from hyoka_kg.vocabulary import compact

_HYOKA = Namespace("https://w3id.org/hyoka/def#")
_FILES = ("shapes/*.ttl", "quality.shapes.ttl")


def told() -> dict[str, Any]:
    """Return the shapes by file, in the order of their names."""
    paths = [path for pattern in _FILES for path in sorted(ontology_dir().glob(pattern))]
    return {"files": [{"name": path.stem, "shapes": list(_shapes(Graph().parse(path)))} for path in paths]}


def _shapes(graph: Graph) -> list[dict[str, Any]]:
    shapes = [_shape(graph, shape) for shape in set(graph.subjects(_HYOKA.ruleId)) if isinstance(shape, URIRef)]
    return sorted(shapes, key=lambda shape: (shape["rule"], shape["name"]))


def _shape(graph: Graph, shape: URIRef) -> dict[str, Any]:
    message = graph.value(shape, SH.sparql) or shape
    return {
        "name": shape.rpartition("#")[2],
        "rule": str(graph.value(shape, _HYOKA.ruleId)),
        "severity": str(graph.value(shape, SH.severity)).rpartition("#")[2],
        "targets": sorted({_name(target) for target in _targets(graph, shape)}),
        "path": _name(graph.value(shape, SH.path)),
        "label": {lang: text_of(graph, shape, RDFS.label, lang) for lang in ("ja", "en")},
        "message": {
            lang: text_of(graph, shape, SH.message, lang) or text_of(graph, message, SH.message, lang)
            for lang in ("ja", "en")
        },
    }


def _targets(graph: Graph, shape: URIRef) -> list[Node]:
    return [
        target
        for kind in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
        for target in graph.objects(shape, kind)
    ]


def _name(node: Node | None) -> str:
    return compact(str(node)) if isinstance(node, URIRef) else ""
