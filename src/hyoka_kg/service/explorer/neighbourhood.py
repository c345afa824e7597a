"""What stands around a thing in the graph: how many other things each relation leads to, and some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from hyoka_kg.figures import Language
from hyoka_kg.service.explorer.asking import ask_page
from hyoka_kg.service.explorer.plan import plan_for
from hyoka_kg.service.explorer.words import named
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import compact

# What a relation is called in an address: its direction, and its property by prefix.
_BETWEEN = ":"
_ENDS = 2
_OUTWARD = "out"
_QUERIES = {_OUTWARD: "neighbours_out", "in": "neighbours_in"}
# As many statements that point to a thing are counted (queries/pages/neighbour_counts.rq).
COUNTED = 10_000

Terms = Mapping[str, Mapping[str, str]]
_TERMS: WeakKeyDictionary[GraphStore, Terms] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that leads from a thing, or to it.

    Attributes:
        key: `out:` or `in:` and the property by its prefix.
        direction: `out` or `in`.
        property: IRI.
        label: What it is called.
        count: How many other things it leads to, as far as they are counted.
        shown: How many of them are shown.
    """

    key: str
    direction: str
    property: str
    label: str
    count: int
    shown: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing beside another.

    Attributes:
        iri: Its name.
        label: What it is called, or the end of its name.
        kind: Name of its kind in `pages.yml`.
        class_label: What its class is called.
        relation: What leads there.
    """

    iri: str
    label: str
    kind: str
    class_label: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing with what stands around it.

    Attributes:
        iri: Its name.
        label: What it is called.
        kind: Name of its kind.
        class_label: What its class is called.
        relations: All its relations, the rarest first.
        neighbours: The things that are shown.
    """

    iri: str
    label: str
    kind: str
    class_label: str
    relations: tuple[Relation, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def is_cut(self) -> bool:
        """Return whether some things are not shown."""
        return any(one.shown < one.count for one in self.relations)


def ask_neighbourhood(store: GraphStore, iri: str, size: int, only: str, language: Language) -> Neighbourhood:
    """Return a thing with at most `size` things around it, a share of them for each relation.

    Args:
        store: The graph.
        iri: The thing.
        size: How many things to show.
        only: Key of the one relation to show, or empty for all.
        language: Language of the labels.

    Raises:
        Refusal: 404, the graph says nothing of it, or it has no such relation.
    """
    rows = ask_page(store, "thing", {"thing": iri})
    counted = ask_page(store, "neighbour_counts", {"thing": iri})
    if not rows and not counted:
        raise Refusal(404, f"The graph says nothing of <{iri}>.")
    keys = [row["direction"] + _BETWEEN + compact(row["property_iri"]) for row in counted]
    if only and only not in keys:
        raise Refusal(404, f"That thing has no relation of that name. It has: {', '.join(keys) or 'none'}.")
    counts = [int(row["n"]) if only in ("", key) else 0 for row, key in zip(counted, keys, strict=True)]
    relations: list[Relation] = []
    neighbours: list[Neighbour] = []
    for row, key, share in zip(counted, keys, share_out(counts, size), strict=True):
        label = named(row, "property", language) or compact(row["property_iri"])
        relation = Relation(key, row["direction"], row["property_iri"], label, int(row["n"]), share)
        relations.append(relation)
        neighbours += _ask_neighbours(store, iri, relation, language) if share else []
    own = (label_of(rows, iri, language), _kind(rows), _class(store, rows, language))
    return Neighbourhood(iri, *own, tuple(relations), tuple(neighbours))


def share_out(counts: Sequence[int], size: int) -> list[int]:
    """Return how many of each to show, so that few are shown whole and many have like shares.

    Args:
        counts: How many there are of each, in ascending order but for zeros.
        size: How many to show in all.

    >>> share_out([1, 8, 9, 206], 50), share_out([0, 300], 100)
    ([1, 8, 9, 32], [0, 100])
    """
    shares, left = [0] * len(counts), size
    asked = sorted((count, place) for place, count in enumerate(counts) if count)
    for number, (count, place) in enumerate(asked):
        shares[place] = min(count, left // (len(asked) - number))
        left -= shares[place]
    return shares


def label_of(rows: Sequence[Mapping[str, str]], iri: str, language: Language) -> str:
    """Return what a thing is called, in one line; without a name, the end of its IRI."""
    for row in rows:
        if name := named(row, "label", language) or next((row[key] for key in _TEXTS if row.get(key)), ""):
            return " ".join(name.split())
    return unquote("/".join(compact(iri).split("/")[-_ENDS:]))


_TEXTS = ("printed", "title", "notation", "identifier")


def _ask_neighbours(store: GraphStore, iri: str, relation: Relation, language: Language) -> Iterable[Neighbour]:
    rows = ask_page(store, _QUERIES[relation.direction], {"thing": iri, "property": relation.property})
    things = dict[str, list[dict[str, str]]]()
    for row in rows:
        things.setdefault(row["other_iri"], []).append(row)
    for name, told in list(things.items())[: relation.shown]:
        yield Neighbour(name, label_of(told, name, language), _kind(told), _class(store, told, language), relation)


def _kind(rows: Iterable[Mapping[str, str]]) -> str:
    return plan_for(row["class"] for row in rows).kind


def _class(store: GraphStore, rows: Sequence[Mapping[str, str]], language: Language) -> str:
    terms = terms_of(store)
    known = (terms[row["class"]] for row in rows if row["class"] in terms)
    return next((name for name in (named(term, "label", language) for term in known) if name), "")


def terms_of(store: GraphStore) -> Terms:
    """Return the terms of the vocabulary by IRI; asked once a store."""
    if store not in _TERMS:
        _TERMS[store] = {row["term_iri"]: row for row in ask_page(store, "terms", {})}
    return _TERMS[store]
