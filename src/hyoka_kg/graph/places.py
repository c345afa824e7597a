"""Places in source texts as Web Annotation resources: page, lines, characters and the exact quote."""

from __future__ import annotations

from collections.abc import Iterator

from hyoka_kg.graph.iris import mint_source, mint_span
from hyoka_kg.graph.terms import Triple, integer, iri, string, term
from hyoka_kg.model import Cell, DocumentHead, Passage


def state_places(record: Cell | Passage, line_texts: list[str] | None, head: DocumentHead) -> Iterator[Triple]:
    """Yield the source spans of a cell or passage, one a piece, with their quotes where known."""
    remaining = list(line_texts or ())
    for piece in record.pieces:
        span = mint_span(head.source_sha256, piece)
        yield span, term("rdf:type"), term("hyoka:SourceSpan")
        yield span, term("rdf:type"), term("oa:SpecificResource")
        yield span, term("oa:hasSource"), mint_source(head.source_sha256)
        yield span, term("hyoka:page"), integer(record.page or 0)
        yield span, term("hyoka:startLine"), integer(piece.start_line)
        yield span, term("hyoka:endLine"), integer(piece.end_line)
        if line_texts is not None:
            quote, remaining = remaining[: piece.line_count], remaining[piece.line_count :]
            yield from _state_quote(span, "\n".join(quote))


def _state_quote(span: str, quote: str) -> Iterator[Triple]:
    selector = iri(f"{span[1:-1]}-quote")
    yield span, term("oa:hasSelector"), selector
    yield selector, term("rdf:type"), term("oa:TextQuoteSelector")
    yield selector, term("oa:exact"), string(quote)


def state_derivation(node: str, record: Cell | Passage, head: DocumentHead) -> Iterator[Triple]:
    """Yield the link from a statement to each place that it was read from."""
    for piece in record.pieces:
        yield node, term("prov:wasDerivedFrom"), mint_span(head.source_sha256, piece)
