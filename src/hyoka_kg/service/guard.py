"""Refuse what a public read-only endpoint must not run, by the keywords of a query, not by its strings.

The engine makes HTTP requests for SERVICE, and its parser takes words glued together (`SERVICESILENT<…>`) and `<` as
less-than where a longest-match reader sees an IRI. So every way to read the text is walked, and codepoint escapes
are looked at both as written and decoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hyoka_kg.service.lexis import BLOCK_FOLLOWS, ESCAPE, IRI_WITH_HOST, TOKEN, decode_escape
from hyoka_kg.service.refusals import Refusal

_UPDATES = frozenset(
    ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with", "using", "define")
)
_BRANCHES = re.compile("union|optional|minus|exists")

# The engine's stack ends at some thousands of levels, and its planner slows down at some hundreds.
_MAX_DEPTH = 64
_MAX_BRANCHES = 300
_MAX_SIGNS = 30
# How many times the text may be read, counted in tokens; a long token counts as more.
_READINGS, _ROOM = 4, 100
# What a text must have to be refused at all; most have none of it and need no reading.
_SUSPECT = ("service", *_UPDATES, "\\")
_SHORTEST_BRANCH = len("union")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    end: int
    depth: int
    signs: int


def refuse_unsafe(query: str) -> None:
    """Let a query pass, or say why it cannot run here.

    Raises:
        Refusal: 403 for SERVICE and for updates, 400 for nesting that the engine cannot take.
    """
    if not is_harmless(query):
        _refuse_tokens(query, _refuse_words)


def is_harmless(query: str) -> bool:
    """Return whether a query has nothing at all that could be refused; most have not, and need no reading."""
    lowered = query.lower()
    return (
        len(query) <= _MAX_BRANCHES * _SHORTEST_BRANCH
        and sum(map(query.count, "{[(")) <= _MAX_DEPTH
        and sum(map(query.count, "-+!^")) <= _MAX_SIGNS
        and not any(map(lowered.__contains__, _SUSPECT))
    )


def refuse_unsafe_update(update: str) -> None:
    """Let an update pass, or say why it cannot run.

    Raises:
        Refusal: 403 for SERVICE and LOAD, 400 for nesting that the engine cannot take.
    """
    _refuse_tokens(update, _refuse_fetching)


def _refuse_tokens(query: str, refuse: Callable[[_Token, str], None]) -> None:
    for text in dict.fromkeys((query, ESCAPE.sub(decode_escape, query))):
        branches = 0
        for token in _tokens(text):
            refuse(token, text)
            branches += len(_BRANCHES.findall(token.text.lower())) if token.kind == "word" else 0
            if token.depth > _MAX_DEPTH or token.signs > _MAX_SIGNS or branches > _MAX_BRANCHES:
                raise Refusal(
                    400,
                    f"The query is nested too deeply or too branched: at most {_MAX_DEPTH} levels of brackets and "
                    f"{_MAX_BRANCHES} UNION, OPTIONAL, MINUS and EXISTS. Use VALUES for long lists.",
                )


def _refuse_words(token: _Token, text: str) -> None:
    _refuse_service(token, text)
    if token.kind == "word" and token.text.lower() in _UPDATES:
        raise Refusal(
            403,
            f"This endpoint is read-only: {token.text.upper()} is not allowed. Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
        )


def _refuse_fetching(token: _Token, text: str) -> None:
    _refuse_service(token, text)
    # The engine takes LOADex:name for a keyword and a name. Inside brackets a name is only a name.
    if token.kind in ("word", "name") and not token.depth and "load" in token.text.lower().partition(":")[0]:
        raise Refusal(
            403,
            "Nothing is fetched here: LOAD is not allowed, nor a prefix of that name. Send the triples themselves, "
            "as INSERT DATA or to /graphs.",
        )


def _refuse_service(token: _Token, text: str) -> None:
    word = token.text.lower()
    if token.kind == "name":
        # SERVICE:name {…} is a keyword and a name to the engine; a prefix called service is fine elsewhere.
        found = "service" in word.partition(":")[0] and BLOCK_FOLLOWS.match(text, token.end) is not None
    else:
        found = token.kind == "word" and "service" in word
    if found:
        raise Refusal(
            403,
            "This endpoint answers from its own graph only: SERVICE is not allowed. "
            "Ask the other endpoint from your own program.",
        )


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the tokens of every way to read the text; each position is read once for each greater depth."""
    pending, seen, budget = [(0, 0)], dict[int, int](), _READINGS * len(text) + _ROOM
    while pending:
        position, depth = pending.pop()
        signs = 0
        while position < len(text) and seen.get(position, -1) < depth:
            seen[position] = depth
            match = TOKEN.match(text, position)
            budget -= 1 + (len(match[0]) // _ROOM if match else 0)
            if match is None or budget < 0:
                raise Refusal(400, "The query has too many '<' that may be an IRI or an operator. Write IRIs in full.")
            kind = str(match.lastgroup)
            if kind == "dead":
                break
            if kind == "iri" and not IRI_WITH_HOST.match(text, position):
                pending.append((position + 1, depth))
            depth = max(0, depth + (kind == "open") - (kind == "close"))
            signs = signs + 1 if kind == "sign" else signs if kind == "space" else 0
            position = match.end()
            yield _Token(kind, match[0], position, depth, signs)
