"""Link the citations on a review sheet: its box of plans, its indicators' sources, and the titles its texts mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hyoka_kg.linking.citations.clauses import VersionClause, find_clause
from hyoka_kg.linking.citations.index import StrategyIndex
from hyoka_kg.linking.citations.resolving import Resolved, resolve_citations, resolve_text
from hyoka_kg.model import Node, SheetPart
from hyoka_kg.normalization.citations import ClausePath, read_mentions
from hyoka_kg.normalization.missing import find_missing

_CITATION, _TEXT, _ENTRY = "citation", "text", "entry/1"
_PROSE = frozenset({"purpose", "overview", "current-issues"})
_PLANS, _NONE, _FIRST = "related-plans", "dash", "1"
_IN_TEXT = "cited-in-text"
_READ = frozenset({"as_printed", "sequence"})
Values = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class SheetCitations:
    """Links the citations of sheets, and keeps what they have in common.

    Attributes:
        index: What the registry knows.
        clauses: Clauses that only citations know, by id.
        counts: What was read and resolved, by kind of link, work, version and flag.
    """

    index: StrategyIndex
    clauses: dict[str, VersionClause] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def link(self, part: SheetPart) -> SheetPart:
        """Return a part with each citation a node of its own, linked as far as its string tells."""
        return part._replace(nodes=list(self._nodes(part.nodes)))

    def _nodes(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            if node.kind == _CITATION:
                yield from self._split(node)
                continue
            yield node
            if node.kind == _TEXT:
                yield from self._mentioned(node)

    def _split(self, node: Node) -> Iterator[Node]:
        printed = dict(node.values)["as_printed"]
        resolved = resolve_text(printed, self.index)
        self.counts["strings"] += 1
        if not resolved:
            self.counts["strings without a citation"] += 1
            yield _plain(node, printed)
            return
        kept = tuple(pair for pair in node.values if pair[0] not in _READ)
        sequence = tuple(pair for pair in node.values if pair[0] == "sequence")
        yield from self._linked(node, printed, resolved, (*sequence, *kept))

    def _mentioned(self, node: Node) -> Iterator[Node]:
        values = dict(node.values)
        if values.get("box") not in _PROSE:
            return
        printed = values["as_printed"]
        resolved = resolve_citations(read_mentions(printed, self.index.titles), self.index)
        if resolved:
            path = f"{_ENTRY}/citation/{values['box']}"
            text = Node(_CITATION, path, _ENTRY, node.place, ())
            yield from self._linked(text, printed, resolved, (("citation_kind", _IN_TEXT),))

    def _linked(self, node: Node, printed: str, resolved: tuple[Resolved, ...], kept: Values) -> Iterator[Node]:
        """Yield a node a citation and version, with the place of its quote in the cell."""
        editions = [(one, version) for one in resolved for version in one.versions or ("",)]
        for number, (one, version) in enumerate(editions, 1):
            start, end = one.citation.span
            path = node.path if len(editions) == 1 else f"{node.path}-{number}"
            quote = (("as_printed", printed[start:end]), *kept)
            place = f"{node.place}{'&' if '#' in node.place else '#'}char={start},{end}"
            self._count(one, version, dict(kept)["citation_kind"])
            yield Node(_CITATION, path, node.owner, place, (*quote, *self._links(one, version)))

    def _links(self, one: Resolved, version: str) -> Values:
        links: list[tuple[str, str]] = [("flag", str(flag)) for flag in one.flags]
        links += [("cited_path", path.printed) for path in one.paths]
        links += [("cited_page", str(page)) for page in one.citation.pages]
        if one.strategy_id:
            links += [("work", one.strategy_id), ("method", str(one.method))]
        if version:
            links.append(("version", version))
            links += [("clause", self._clause(version, place)) for place in one.citation.places]
        return tuple(dict.fromkeys(links))

    def _clause(self, version: str, place: ClausePath) -> str:
        clause, cited = find_clause(version, place, self.index)
        for each in cited:
            known = self.clauses.get(each.clause_id)
            if known is None or (each.heading and not known.heading):
                self.clauses[each.clause_id] = each
        return clause

    def _count(self, one: Resolved, version: str, kind: str) -> None:
        self.counts[f"{kind}: citations"] += 1
        self.counts[f"{kind}: works"] += bool(one.strategy_id)
        self.counts[f"{kind}: versions"] += bool(version)
        self.counts[f"{kind}: clauses"] += bool(version and one.citation.places)
        for flag in one.flags:
            self.counts[f"{kind}: {flag}"] += 1


def _plain(node: Node, printed: str) -> Node:
    """Return the text of a line of the box that names no document; a dash there declares that there is none."""
    declared = (("status", _NONE),) if find_missing(printed) else ()
    values = (("box", _PLANS), ("as_printed", printed), *declared)
    number = node.path.rpartition("/")[2]
    name = _PLANS if number == _FIRST else f"{_PLANS}-{number}"
    return Node(_TEXT, f"{node.owner or _ENTRY}/cell/{name}", node.owner, node.place, values)
