"""Judge a graph of the W3C's SHACL suite by the project's own room: the suite's runner imports `judge` from here."""

from __future__ import annotations

from rdflib import RDF, SH, Graph

from hyoka_kg.validation.shapes import report_on


def judge(data: Graph, shapes: Graph) -> tuple[bool, Graph, str]:
    report = report_on(data, shapes)
    conforms = report.value(report.value(None, RDF.type, SH.ValidationReport), SH.conforms)
    return bool(conforms and conforms.toPython()), report, ""
