"""Judge and account for a graph that was changed by hand, as a build is judged and accounted for."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from hyoka_kg import __version__
from hyoka_kg.graph.findings import state_findings
from hyoka_kg.graph.iris import graph_named
from hyoka_kg.pipeline.checking import count_by_rule, find_all, refuse_violations
from hyoka_kg.pipeline.reports import BuildReport
from hyoka_kg.pipeline.statements import NamedGraph
from hyoka_kg.query import graph_sizes
from hyoka_kg.store.drafts import DraftStore

_REVISION = "-r"


def judge_draft(store: DraftStore) -> dict[str, dict[str, int]]:
    """State the findings of a draft anew and return how many there are by severity and rule.

    Raises:
        ShapeViolation: The draft breaks a structural rule.
    """
    findings = find_all(store)
    refuse_violations(findings)
    graph = NamedGraph.of(graph_named("qa", __version__), "validation", state_findings(findings), {})
    quads = ox.parse("".join(graph.lines), format=ox.RdfFormat.N_QUADS)
    store.replace_graph(graph.name, [quad.triple for quad in quads])
    return count_by_rule(findings)


def account_for(store: DraftStore, former: BuildReport, findings: dict[str, dict[str, int]]) -> BuildReport:
    """Return what a draft holds, as the report of the build after the one it began from."""
    sizes = graph_sizes(store)
    told = sizes if former.national is None else {name: n for name, n in sizes.items() if name in former.graphs}
    return replace(former, build=_next_name(former.build), quads=store.count(), graphs=told, findings=findings)


def _next_name(build: str) -> str:
    """Return the name of the next revision: the first build, and how often it was revised since."""
    first, _, number = build.partition(_REVISION)
    return f"{first}{_REVISION}{int(number or 0) + 1}"
