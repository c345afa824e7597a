"""Let `SELECT *` give its columns in the order in which the query names them; the engine sorts them by name."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from hyoka_kg.service.lexis import TOKEN
from hyoka_kg.store.forms import keyword_start

_GAP = r"(?:\s|\#[^\n\r]*[\n\r])*"
_STAR = re.compile(rf"SELECT{_GAP}(?:(?:DISTINCT|REDUCED){_GAP})?(?P<star>\*)", re.IGNORECASE)


def name_columns(query: str) -> str:
    """Return the query with `SELECT *` written out; what it means stays the same.

    Which variables are in scope is the engine's word, asked of an empty store.
    """
    match = _STAR.match(query, keyword_start(query))
    if match is None:
        return query
    try:
        solutions = _empty_store().query(query)
    except (SyntaxError, ValueError, RuntimeError):
        # The store that is asked will say what is wrong.
        return query
    in_scope = {variable.value for variable in getattr(solutions, "variables", ())}
    named = [name for name in _variables(query) if name in in_scope]
    if not named or set(named) != in_scope:
        return query
    return f"{query[: match.start('star')]} {' '.join(f'?{name}' for name in named)} {query[match.end('star') :]}"


def _variables(query: str) -> list[str]:
    marks = (match[0] for match in TOKEN.finditer(query) if match.lastgroup == "mark")
    return list(dict.fromkeys(mark[1:] for mark in marks if mark[0] in "?$"))


@cache
def _empty_store() -> ox.Store:
    return ox.Store()
