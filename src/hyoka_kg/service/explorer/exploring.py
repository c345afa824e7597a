"""The page that walks the graph from thing to thing, made inside a worker; its whole state is its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

import pyoxigraph as ox

from hyoka_kg.service.explorer.asking import write_table
from hyoka_kg.service.explorer.describing import about_graph
from hyoka_kg.service.explorer.neighbourhood import COUNTED, Neighbour, Neighbourhood, ask_neighbourhood
from hyoka_kg.service.explorer.plan import page_plans
from hyoka_kg.service.explorer.rendering import as_answer, render
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.explorer.words import words_in
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.spool import Answer, SpoolLimits
from hyoka_kg.store import GraphStore, Rows, Term
from hyoka_kg.vocabulary import PREFIXES, compact

_START = "hyk:project/mic/juki-net-security"
_THINGS = PREFIXES["hyk"]
_SIZES = ("25", "50", "100")
_USUAL = 100
# So many things may be opened at once; each asks about ten queries.
_MOST = 8
_BETWEEN = ","
_LABEL = 48
_COLUMNS = ("thing", "direction", "property", "other", "label", "kind")


def answer_exploration(store: GraphStore, *, visit: Visit, limits: SpoolLimits, packed: bool) -> Answer:
    """Return the page of one thing and what stands around it, with further things that were opened.

    Raises:
        Refusal: 400, the size is none that is offered; 404, the graph says nothing of the thing.
    """
    names, size = _opened(visit), _size(visit)
    share = max(1, size // len(names))
    shown = [
        ask_neighbourhood(store, name, share, "" if number else visit.get("only"), visit.language)
        for number, name in enumerate(names)
    ]
    if style := visit.get("format"):
        return write_table(style, lambda: Rows(_COLUMNS, list(_rows(shown))), limits, packed=packed)
    addresses = Addresses(visit, names)
    html = render(
        "explore",
        visit,
        shown=shown,
        graph=_graph(shown, addresses, visit),
        addresses=addresses,
        middle=compact(names[0]),
        kind_name=partial(kind_name, visit=visit),
        size=size,
        sizes=_SIZES,
        counted=COUNTED,
        about=about_graph(store),
    )
    return as_answer(html, limits, packed=packed)


class Addresses:
    """Where the page leads on to."""

    def __init__(self, visit: Visit, names: Sequence[str]) -> None:
        self._visit = visit
        self._names = names

    def centre(self, iri: str) -> str:
        """Return the address of the page around another thing."""
        return self._visit.here(id=compact(iri), also="", only="", format="")

    def opened(self, iri: str) -> str:
        """Return the address of this page with one more thing opened, or empty where it is, or where no more may be."""
        if iri in self._names or len(self._names) == _MOST:
            return ""
        return self._visit.here(also=_BETWEEN.join(map(compact, [*self._names[1:], iri])), format="")

    def closed(self, iri: str) -> str:
        """Return the address of this page with a thing closed again; empty for the one in the middle."""
        if iri == self._names[0]:
            return ""
        return self._visit.here(also=_BETWEEN.join(compact(one) for one in self._names[1:] if one != iri), format="")

    def only(self, thing: Neighbourhood, key: str) -> str:
        """Return the address around a thing along one relation; an empty key means all of them."""
        also = "" if thing.iri != self._names[0] or key else self._visit.get("also")
        return self._visit.here(id=compact(thing.iri), also=also, only=key, format="")

    def page(self, iri: str) -> str:
        """Return the address of the page of a thing."""
        return self._visit.of_thing(iri)


def _opened(visit: Visit) -> list[str]:
    names = [visit.get("id").strip() or _START, *(one for one in visit.get("also").split(_BETWEEN) if one)]
    return list(islice(dict.fromkeys(map(_whole, names)), _MOST))


def _whole(name: str) -> str:
    return _THINGS + name.strip().removeprefix(_THINGS).removeprefix("hyk:")


def _size(visit: Visit) -> int:
    asked = visit.get("size")
    if asked and asked not in _SIZES:
        raise Refusal(400, f"size is one of {', '.join(_SIZES)}.")
    return int(asked) if asked else _USUAL


def _graph(shown: Sequence[Neighbourhood], addresses: Addresses, visit: Visit) -> dict[str, list[dict[str, str]]]:
    """Return nodes and edges for the drawing; the first node is the middle."""
    nodes = {one.iri: _node(one, addresses, visit) for one in shown}
    edges = dict[tuple[str, str, str], dict[str, str]]()
    for one in shown:
        for other in one.neighbours:
            nodes.setdefault(other.iri, _node(other, addresses, visit))
            ends = (one.iri, other.iri) if other.relation.direction == "out" else (other.iri, one.iri)
            edges[(*ends, other.relation.property)] = {
                "source": compact(ends[0]),
                "target": compact(ends[1]),
                "label": other.relation.label,
            }
    return {"nodes": list(nodes.values()), "edges": list(edges.values())}


def _node(one: Neighbour | Neighbourhood, addresses: Addresses, visit: Visit) -> dict[str, str]:
    label = one.label if len(one.label) <= _LABEL else one.label[:_LABEL] + "…"
    kind = kind_name(one, visit)
    return {
        "id": compact(one.iri),
        "label": label,
        "whole": one.label,
        "kind": kind,
        "style": one.kind,
        "page": addresses.page(one.iri),
        "centre": addresses.centre(one.iri),
        "opened": addresses.opened(one.iri),
        "closed": addresses.closed(one.iri) if isinstance(one, Neighbourhood) else "",
        "is_open": "yes" if isinstance(one, Neighbourhood) else "",
    }


def kind_name(one: Neighbour | Neighbourhood, visit: Visit) -> str:
    """Return what the kind of a thing is called; where pages have no kind for it, its class."""
    general = one.kind == page_plans()[-1].kind
    return (one.class_label if general else "") or words_in(visit.language).of("kinds", one.kind)


def _rows(shown: Sequence[Neighbourhood]) -> Iterator[tuple[Term | None, ...]]:
    for one in shown:
        for other in one.neighbours:
            names = (one.iri, other.relation.property, other.iri)
            thing, relation, end = map(ox.NamedNode, names)
            texts = (other.relation.direction, other.label, other.kind)
            direction, label, kind = map(ox.Literal, texts)
            yield thing, direction, relation, end, label, kind
