"""What a thing is called in a language: its name there, else in the other, else what a paper prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hyoka_kg.query.catalogue import load_catalogue
from hyoka_kg.query.run import run_canned
from hyoka_kg.query.search import near
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import compact

_LABELS = {"ja": ("label_ja", "label_en"), "en": ("label_en", "label_ja")}
_OTHERS = ("title", "printed", "notation")


class Named(NamedTuple):
    """A thing with what it is called.

    Attributes:
        iri: IRI of the thing.
        name: Its name, or nothing where the graph has none.
    """

    iri: str
    name: str | None

    @property
    def short(self) -> str:
        """Return its prefixed name."""
        return compact(self.iri)


def first_name(rows: Iterable[Mapping[str, str]], language: str) -> str | None:
    """Return the name that the rows of `pages/thing` give in a language, in one line; nothing where they give none."""
    told = list(rows)
    names = (row[key] for key in (*_LABELS[language], *_OTHERS) for row in told if row[key])
    return next((" ".join(name.split()) for name in names), None)


def near_names(store: GraphStore, iri: str, language: str) -> list[Named]:
    """Return the things whose IRIs are near to one that is not known, the nearest first, with what they are called."""
    thing = load_catalogue("pages")["thing"]
    return [
        Named(one, first_name(run_canned(store, thing, {"thing": one}).as_text(), language)) for one in near(store, iri)
    ]
