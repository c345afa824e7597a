"""Results as JSON objects: what is not printed is left out."""

from __future__ import annotations

Facts = dict[str, object]


def printed_facts(**facts: object) -> Facts:
    """Return the facts that hold: no None, no False, no empty text or collection.

    >>> printed_facts(label="受講率", fiscal_year=None, rank=False, issues=())
    {'label': '受講率'}
    """
    return {name: _as_json(fact) for name, fact in facts.items() if _holds(fact)}


def _holds(fact: object) -> bool:
    return fact is not None and fact is not False and fact != "" and fact != ()


def _as_json(fact: object) -> object:
    return list(fact) if isinstance(fact, tuple) else fact
