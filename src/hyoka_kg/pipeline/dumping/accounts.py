"""What the meta graph tells of the graphs of a store: how many each step made, with how many triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_kg.query import run_maintenance
from hyoka_kg.store import GraphStore


@dataclass(frozen=True, slots=True)
class Account:
    """The graphs that one step of a build made.

    Attributes:
        step: The step, as the meta graph names it.
        graphs: How many graphs it made.
        triples: How many triples they hold.
    """

    step: str
    graphs: int
    triples: int


def read_accounts(store: GraphStore) -> tuple[Account, ...]:
    """Return an account for each step; graphs without a number of their own hold what the others leave of the whole."""
    return tuple(_accounts(run_maintenance(store, "accounts").as_text()))


def _accounts(rows: list[dict[str, str]]) -> Iterator[Account]:
    told = sum(int(row["told"]) for row in rows)
    for row in rows:
        rest = int(row["whole"]) - told if int(row["counted"]) < int(row["graphs"]) else 0
        yield Account(row["step"], int(row["graphs"]), int(row["told"]) + rest)
