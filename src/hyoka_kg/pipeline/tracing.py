"""Trace a project, a clause or an indicator: a tree of what leads to what, each step with its receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hyoka_kg.errors import QueryError
from hyoka_kg.query import load_catalogue, resolve, run_canned, run_maintenance
from hyoka_kg.store import GraphStore

_CLASSES = {"Project": "project", "StrategyClause": "clause", "Indicator": "indicator"}
# Links that stand behind the policy that a row names; the others begin at the thing itself.
_BEHIND_POLICY = frozenset({"under-policy", "policy-objective", "stated-by-policy", "measures-objective"})
_MONEY = frozenset({"current", "executed"})
Row = dict[str, str]
Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TraceReceipt:
    """Where a step is stated: document, page and line where it has them, and the words."""

    document: str
    page: str
    line: str
    quote: str

    def __str__(self) -> str:
        place = f" p.{self.page} l.{self.line}" if self.page else ""
        return f"{self.document}{place}" + (f" 「{self.quote}」" if self.quote else "")


@dataclass(slots=True)
class TraceNode:
    """One step of a trace.

    Attributes:
        kind: What it is: project, policy, objective, indicator, strategy, clause or money.
        label: Its name as stated.
        links: How the step above leads to it.
        receipts: Where that is stated.
        children: What it leads to, in order.
    """

    kind: str
    label: str
    links: list[str] = field(default_factory=list)
    receipts: list[TraceReceipt] = field(default_factory=list)
    children: list[TraceNode] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the tree as JSON values; what is empty is left out."""
        parts: dict[str, Any] = {
            "links": self.links,
            "receipts": [
                {name: getattr(one, name) for name in ("document", "page", "line", "quote") if getattr(one, name)}
                for one in self.receipts
            ],
            "children": [child.as_json() for child in self.children],
        }
        return {"kind": self.kind, "label": self.label} | {name: value for name, value in parts.items() if value}


def trace(store: GraphStore, what: str, as_of: date | None = None) -> TraceNode:
    """Return the trace of a thing by IRI, identifier or name.

    Args:
        store: The graph.
        what: A project, a clause of a strategy version or an indicator.
        as_of: Only what documents issued up to that day state; None means all of it.

    Raises:
        QueryError: Nothing of these kinds has that name.
    """
    kind, iri = _find(store, what)
    known = _Issued(store, as_of)
    return _TRACES[kind](store, iri, known)


class _Issued:
    """Tells whether a document was issued by a day; each is asked once."""

    def __init__(self, store: GraphStore, as_of: date | None) -> None:
        self._store, self._as_of = store, as_of
        self._known: dict[str, bool] = {}

    def keep(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows whose document was out by the day."""
        return (row for row in rows if self._as_of is None or self._is_out(row["stated_in"]))

    def _is_out(self, document: str) -> bool:
        if document not in self._known:
            issued = run_maintenance(self._store, "issued", document=document).as_text()
            self._known[document] = bool(issued) and issued[0]["issued"] <= str(self._as_of)
        return self._known[document]


def _find(store: GraphStore, what: str) -> tuple[str, str]:
    parameter = load_catalogue()["tr01"].params[0]
    for kind in _TRACES:
        try:
            iri = resolve(store, replace(parameter, of=kind), what)
        except QueryError:
            continue
        classes = {row["class"].rpartition("#")[2] for row in run_maintenance(store, "classes_of", thing=iri).as_text()}
        found = next((known for name, known in _CLASSES.items() if name in classes), None)
        if found:
            return found, iri
    raise QueryError(
        f"'{what}' names no project, clause or indicator of this graph, or several. Give its IRI or identifier, such "
        "as mic/juki-net-security or it-nation-declaration/2015-06-30/c2."
    )


def _trace_project(store: GraphStore, iri: str, known: _Issued) -> TraceNode:
    rows = list(known.keep(run_canned(store, load_catalogue()["tr01"], {"project": iri}).as_text()))
    root = TraceNode("project", rows[0]["project"] if rows else iri)
    for row in rows:
        _grow(root, row)
    return root


def _trace_indicator(store: GraphStore, iri: str, known: _Issued) -> TraceNode:
    root = TraceNode("indicator", _label(store, iri))
    for row in known.keep(run_maintenance(store, "trace_of_indicator", indicator=iri).as_text()):
        _grow(root, row)
    return root


def _trace_clause(store: GraphStore, iri: str, known: _Issued) -> TraceNode:
    cited = list(known.keep(run_maintenance(store, "citations_of_clause", clause=iri).as_text()))
    root = TraceNode("clause", _label(store, iri))
    for row in cited:
        steps = [("policy", row["policy"])] if row["policy"] else [("project", row["project"])]
        _add(root, steps, row)
    for row in known.keep(run_canned(store, load_catalogue()["tr02"], {"clause": iri}).as_text()):
        if row["phase"] in _MONEY:
            project = _add(root, [("project", row["project"])], row | {"stated_in": ""})
            money = f"FY{row['fy']} {row['phase']} {row['amount_mjpy']} million yen"
            _add(project, [("money", money)], row | {"link_kind": ""})
    return root


def _label(store: GraphStore, iri: str) -> str:
    rows = run_maintenance(store, "describe", thing=iri).as_text()
    labels = [row["value"] for row in rows if row["property"].endswith("#prefLabel")]
    paths = [row["value"] for row in rows if row["property"].endswith("#clausePath")]
    # A clause that only citations know has its path for a label.
    return " ".join(dict.fromkeys([*paths[:1], *labels[:1]])) or iri


def _grow(root: TraceNode, row: Row) -> None:
    """Add the steps that a row of tr01 or of an indicator's trace tells."""
    names = ("policy", "objective") if row["link_kind"] in _BEHIND_POLICY else ()
    steps = [(name, row[name]) for name in names if row.get(name)]
    steps += [(name, row[name]) for name in ("project", "indicator") if row.get(name) and name != root.kind]
    if row.get("strategy"):
        steps.append(("strategy", " ".join(filter(None, (row["strategy"], row["version_date"])))))
    if row.get("clause_path"):
        steps.append(("clause", row["clause_path"]))
    if steps:
        _add(root, steps, row)


def _add(node: TraceNode, steps: Iterable[Step], row: Row) -> TraceNode:
    """Return the node at the end of some steps, made where it is not there, with the link and receipt of a row."""
    for kind, label in steps:
        child = next((one for one in node.children if (one.kind, one.label) == (kind, label)), None)
        if child is None:
            child = TraceNode(kind, label)
            node.children.append(child)
        node = child
    if row["link_kind"] and row["link_kind"] not in node.links:
        node.links.append(row["link_kind"])
    receipt = TraceReceipt(row["stated_in"], row.get("page", ""), row.get("line", ""), row.get("quote", ""))
    if receipt.document and receipt not in node.receipts:
        node.receipts.append(receipt)
    return node


_TRACES: dict[str, Callable[[GraphStore, str, _Issued], TraceNode]] = {
    "project": _trace_project,
    "clause": _trace_clause,
    "indicator": _trace_indicator,
}
