"""Complete the text of a query for the engine: escapes in names decoded, relative IRIs given their base."""

from __future__ import annotations

import re

from hyoka_kg.service.lexis import IRI, IRI_WITH_SCHEME, PIECE, decode_escape


def prepare_query(query: str, endpoint: str) -> str:
    """Return the query as the engine can read it.

    Args:
        query: The text as sent.
        endpoint: URL that the client used; relative IRIs are meant from there (RFC 3986, section 5.1.3).
    """
    if "\\" not in query and query.count("<") == len(IRI_WITH_SCHEME.findall(query)):
        # Nothing is escaped, and nothing that could be an IRI is relative.
        return query
    text = PIECE.sub(_decode_in_name, query)
    if IRI.fullmatch(f"<{endpoint}>") and any(map(_is_relative, PIECE.finditer(text))):
        # On the same line, so that the engine's line numbers stay the client's.
        return f"BASE <{endpoint}> {text}"
    return text


def _decode_in_name(match: re.Match[str]) -> str:
    # The engine itself decodes inside strings and IRIs, but not in names.
    if match["escape"] is None:
        return match[0]
    character = decode_escape(match)
    return character if character.isalnum() else match[0]


def _is_relative(match: re.Match[str]) -> bool:
    return match["iri"] is not None and not IRI_WITH_SCHEME.match(match[0])
