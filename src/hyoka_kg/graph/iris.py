"""The IRIs of the graph: ASCII, frozen, minted from issued numbers or registered slugs."""

from __future__ import annotations

import hashlib
import re

from hyoka_kg.errors import ModelError
from hyoka_kg.graph.terms import iri, term
from hyoka_kg.model import DocumentHead, SpanPiece
from hyoka_kg.vocabulary import BASE

_PATH = re.compile(r"[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*")
_ID = f"{BASE}id/"
_GRAPH = f"{BASE}graph/"
_ISSUED = re.compile(rf"{re.escape(BASE)}id/(?:doc|project|policy|review-number|org)/([a-z]+)(?:/|\Z)")
_IN_YEAR = re.compile(r"/fy([0-9]{4})(?:[/-]|\Z)")


def mint(kind: str, path: str) -> str:
    """Return the term of an instance.

    >>> mint("project", "mic/juki-net-security")
    '<https://w3id.org/hyoka/id/project/mic/juki-net-security>'

    Raises:
        ModelError: The path is not of ASCII letters, digits and `. _ ~ -`.
    """
    if _PATH.fullmatch(path) is None:
        raise ModelError(
            f"'{path}' cannot be the path of an IRI of kind '{kind}': use ASCII letters, digits, . _ ~ - and /. "
            "Register a slug for a name; names never become IRIs."
        )
    return iri(f"{_ID}{kind}/{path}")


def mint_document(head: DocumentHead) -> str:
    """Return the term of a document version."""
    return mint("doc", head.iri_path)


def mint_part(head: DocumentHead, *parts: str | int) -> str:
    """Return the term of a part of a document, such as an entry or a cell."""
    return mint("doc", "/".join([head.iri_path, *(str(part) for part in parts if part != "")]))


def mint_concept(scheme: str, notation: str) -> str:
    """Return the term of a concept of one of our schemes."""
    if _PATH.fullmatch(notation) is None:
        raise ModelError(f"'{notation}' cannot be a notation of the scheme '{scheme}'.")
    return term(f"hys:{scheme}/{notation}")


def mint_fiscal_year(year: int) -> str:
    """Return the term of the fiscal year that begins on 1 April of `year`."""
    return mint("fy", str(year))


def mint_review_number(ministry: str, year: int | str, number: str) -> str:
    """Return the term of a number that one ministry issued in one publication year."""
    return mint("review-number", f"{ministry}/fy{year}/{number}")


def mint_source(sha256: str) -> str:
    """Return the term of a source text."""
    return mint("source", sha256[:16])


def mint_span(sha256: str, piece: SpanPiece) -> str:
    """Return the term of a place in a source text.

    RFC 5147, section 2.2.2: line positions lie between lines, counted from 0. Characters within one
    line are ours, since `char=` of the RFC counts from the start of the file.
    """
    place = f"#line={piece.start_line - 1},{piece.end_line}"
    if piece.start_char is not None:
        place += f";char={piece.start_char},{piece.end_char}"
    return iri(f"{_ID}source/{sha256[:16]}{place}")


def mint_finding(rule: str, focus: str, values: str) -> str:
    """Return the term of a finding: the same focus and values give the same IRI in every run."""
    digest = hashlib.sha1(f"{focus}\n{values}".encode(), usedforsecurity=False).hexdigest()
    return mint("finding", f"{rule}/{digest[:10]}")


def ministry_and_year(name: str) -> tuple[str, str]:
    """Return the code of the ministry and the publication year that an IRI was minted from; empty where there is none.

    >>> ministry_and_year("https://w3id.org/hyoka/id/doc/mic/review-sheet/fy2018/0036/entry/1")
    ('mic', '2018')
    """
    ministry, year = _ISSUED.match(name), _IN_YEAR.search(name)
    return ministry[1] if ministry else "", year[1] if year else ""


def part_of(whole: str, *parts: str) -> str:
    """Return a term below another, such as a body of a finding.

    >>> part_of("<https://w3id.org/hyoka/id/fy/2017>", "begin")
    '<https://w3id.org/hyoka/id/fy/2017/begin>'
    """
    return iri("/".join([whole[1:-1], *parts]))


def graph_of_document(head: DocumentHead) -> str:
    """Return the IRI of the graph that transcribes a document version."""
    return f"{_GRAPH}doc/{head.iri_path}/r{head.revision}"


def graph_of_values(head: DocumentHead) -> str:
    """Return the IRI of the graph with the normalised values of a document version."""
    return f"{_GRAPH}norm/{head.iri_path}/r{head.revision}"


def graph_named(layer: str, version: str = "") -> str:
    """Return the IRI of a layer that no single document owns."""
    return f"{_GRAPH}{layer}/{version}" if version else f"{_GRAPH}{layer}"
