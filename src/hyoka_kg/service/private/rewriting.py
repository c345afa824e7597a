"""Bring an update into the form that the engine can carry out: its data set by USING, and nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from hyoka_kg.service.lexis import TOKEN
from hyoka_kg.service.refusals import Refusal

# What LOAD SILENT comes to where nothing can be fetched (SPARQL 1.1 Update, section 3.1.4): a success without effect.
_NO_EFFECT = "CLEAR SILENT GRAPH <urn:x-nothing>"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token outside of braces, or a whole block in braces."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "word" else ""


def complete_update(update: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Return the update with its data set written into it.

    Args:
        update: A SPARQL 1.1 Update request.
        default_graphs: Values of `using-graph-uri`.
        named_graphs: Values of `using-named-graph-uri`.

    Raises:
        Refusal: 400, the update names a data set of its own, or a graph's name is no IRI.
    """
    update = _without_silent_loads(update)
    if not default_graphs and not named_graphs:
        return update
    pieces = list(_pieces(update))
    if any(piece.word in ("using", "with") for piece in pieces):
        raise Refusal(
            400,
            "The update names its data set twice: by USING or WITH, and by using-graph-uri. Keep one of them "
            "(SPARQL 1.1 Protocol, section 2.2.3).",
        )
    clauses = [f"USING {graph_iri(name)}" for name in default_graphs]
    clauses += [f"USING NAMED {graph_iri(name)}" for name in named_graphs]
    return _replace(update, _using(pieces, " ".join(clauses)))


def _without_silent_loads(update: str) -> str:
    pieces = list(_pieces(update))
    changes = []
    for at, piece in enumerate(pieces[:-2]):
        if (piece.word, pieces[at + 1].word) == ("load", "silent") and pieces[at + 2].kind in ("iri", "name"):
            into = [follower.word for follower in pieces[at + 3 : at + 5]] == ["into", "graph"]
            last = pieces[at + 5] if into and len(pieces) > at + 5 else pieces[at + 2]
            changes.append((piece.start, last.end, _NO_EFFECT))
    return _replace(update, changes)


def _using(pieces: Sequence[_Piece], clauses: str) -> list[tuple[int, int, str]]:
    changes = []
    for at, piece in enumerate(pieces):
        if piece.word != "where":
            continue
        # DELETE WHERE {…} is short for DELETE {…} WHERE {…}, and only the long form takes USING.
        short = at > 0 and pieces[at - 1].word == "delete" and at + 1 < len(pieces)
        template = f"{pieces[at + 1].text} " if short else ""
        changes.append((piece.start, piece.start, f"{template}{clauses} "))
    return changes


def _pieces(text: str) -> Iterator[_Piece]:
    depth = start = 0
    for match in TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match[0]
        if piece == "{":
            depth += 1
            start = match.start() if depth == 1 else start
        elif piece == "}":
            depth -= 1
            if depth == 0:
                yield _Piece("block", text[start : match.end()], start, match.end())
        elif depth == 0 and kind != "space":
            yield _Piece(kind, piece, match.start(), match.end())


def _replace(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    for start, end, instead in reversed(changes):
        text = text[:start] + instead + text[end:]
    return text


def graph_iri(name: str) -> ox.NamedNode:
    """Return a graph's name as an IRI.

    Raises:
        Refusal: 400, it is none.
    """
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise Refusal(400, f"'{name}' is not the IRI of a graph.") from error
