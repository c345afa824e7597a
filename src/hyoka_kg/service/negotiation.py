"""Choose the media type of an answer from Accept (RFC 9110, section 12.5.1) and from `format=` parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hyoka_kg.service.refusals import Refusal
from hyoka_kg.store import QueryForm

# RFC 9110, section 12.4.2: a weight is 0 to 1 with at most three decimals.
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_LONGEST_KEPT = 500
_RANGE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")


# Each is one of a kind, and is told by that.
@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """A media type that can be answered.

    Attributes:
        media_type: What the answer is labelled with.
        aliases: Other media types that clients ask it by.
        names: Short names for the `format` parameter.
    """

    media_type: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


RESULT_OFFERS = (
    Offer("application/sparql-results+json", ("application/json",), ("json", "srj", "sparql-results+json")),
    Offer("application/sparql-results+xml", ("application/xml", "text/xml"), ("xml", "srx", "sparql-results+xml")),
    Offer("text/csv", (), ("csv",)),
    Offer("text/tab-separated-values", (), ("tsv",)),
)
GRAPH_OFFERS = (
    Offer("text/turtle", ("application/turtle", "application/x-turtle"), ("turtle", "ttl")),
    Offer("application/n-triples", (), ("n-triples", "ntriples", "nt")),
    Offer("application/ld+json", ("application/json", "application/x-json+ld"), ("json-ld", "jsonld", "json")),
    Offer("application/rdf+xml", ("application/xml", "text/xml"), ("rdf+xml", "rdfxml", "rdf", "xml")),
    Offer("application/trig", (), ("trig",)),
    Offer("application/n-quads", (), ("n-quads", "nquads", "nq")),
)


def offers_for(form: QueryForm) -> tuple[Offer, ...]:
    """Return what a query of a form can be answered in; the first is the default."""
    return RESULT_OFFERS if form in ("select", "ask") else GRAPH_OFFERS


def choose_media_type(offers: Sequence[Offer], accept: str | None, formats: Iterable[str] = ()) -> str:
    """Return the media type to answer in.

    Args:
        offers: What there is, best first.
        accept: The Accept header, or None when the client sent none.
        formats: Values of `format`, `output` and `results`; one that is understood wins over Accept.

    Raises:
        Refusal: 406, nothing that was asked for can be given.
    """
    names = list(_format_names(formats))
    for name in names:
        if (named := _named(offers, name)) is not None:
            return named.media_type
    if any(_named((*RESULT_OFFERS, *GRAPH_OFFERS), name) for name in names):
        raise _not_acceptable(offers, f"format={names[0]}")
    if accept is None or not accept.strip():
        return offers[0].media_type
    if len(accept) <= _LONGEST_KEPT:
        return _choose_again(tuple(offers), accept)
    return _choose(offers, accept)


def _choose(offers: Sequence[Offer], accept: str) -> str:
    weights = _read_accept(accept)
    best = max(offers, key=lambda offer: _weight_of(offer, weights))
    if _weight_of(best, weights) <= 0:
        raise _not_acceptable(offers, f"Accept: {accept}")
    return best.media_type


# A client sends the same header each time.
_choose_again = lru_cache(maxsize=500)(_choose)


def accepts_gzip(accept_encoding: str) -> bool:
    """Return whether a header asks for gzip (RFC 9110, section 12.5.3); silence means no."""
    for part in accept_encoding.lower().split(","):
        coding, _, weight = part.strip().partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _format_names(formats: Iterable[str]) -> Iterable[str]:
    # A '+' typed into a URL arrives as a space; SPARQLWrapper sends lists of media types.
    for value in formats:
        for name in value.strip().lower().split(","):
            yield name.strip().replace(" ", "+")


def _named(offers: Iterable[Offer], name: str) -> Offer | None:
    return next((o for o in offers if name in o.names or name == o.media_type or name in o.aliases), None)


def _read_accept(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        weight = _read_weight(parameters)
        if weight is not None and _RANGE.fullmatch(media_range):
            weights[media_range] = max(weight, weights.get(media_range, 0.0))
    return weights


def _read_weight(parameters: Iterable[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _WEIGHT.fullmatch(value.strip()) else None
    return 1.0


def _weight_of(offer: Offer, weights: dict[str, float]) -> float:
    """Return the weight of the most specific range that names the offer."""
    if offer.media_type in weights:
        return weights[offer.media_type]
    named = [weights[alias] for alias in offer.aliases if alias in weights]
    if named:
        return max(named)
    return weights.get(f"{offer.media_type.partition('/')[0]}/*", weights.get("*/*", 0.0))


def _not_acceptable(offers: Sequence[Offer], asked: str) -> Refusal:
    given = ", ".join(offer.media_type for offer in offers)
    return Refusal(406, f"This answer cannot be given as asked ({asked}). It comes as: {given}.", {"Vary": "Accept"})
