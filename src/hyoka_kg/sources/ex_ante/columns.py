"""The columns of money of an ex-ante sheet: a budget a year, with the executed amount in brackets behind it."""

from __future__ import annotations

from collections.abc import Sequence

from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Kind, Token

Column = tuple[Token, Token | None]


def columns_of(tokens: Sequence[Token]) -> list[Column]:
    """Return budgets, each with the executed amount behind it."""
    columns: list[Column] = []
    for token in tokens:
        if token.kind is Kind.EXECUTED:
            columns[-1] = (columns[-1][0], token)
        else:
            columns.append((token, None))
    return columns


def claim_column(subject: str, year: int, column: Column, rule: str, ledger: Ledger) -> None:
    """Claim budget and executed amount of a year, with what the value grammar says of their literals."""
    for name, token in zip(("current", "executed"), column, strict=True):
        if token:
            ledger.claim(subject, name, token.stretch, rule, fiscal_year=year, issues=issues_of(token))


def issues_of(token: Token) -> tuple[str, ...]:
    """Return what the value grammar says of the literal of a token, such as `no_thousands_separator`."""
    issues = token.facts.get("issues", ())
    return tuple(map(str, issues)) if isinstance(issues, list | tuple) else ()
