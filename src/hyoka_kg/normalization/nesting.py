"""The nesting of clauses in an excerpt: from the sequence of headings to the path of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hyoka_kg.normalization.clauses import Clause

START_UNKNOWN = "clause_start_unknown"


@dataclass(frozen=True, slots=True)
class NestedClause:
    """A clause with the clauses that it stands in, from outer to inner, itself last."""

    chain: tuple[Clause, ...]
    issues: tuple[str, ...] = ()

    @property
    def clause(self) -> Clause:
        """Return the clause itself."""
        return self.chain[-1]

    @property
    def depth(self) -> int:
        """Return how many clauses of the excerpt enclose it, and itself."""
        return len(self.chain)

    @property
    def path(self) -> str:
        """Return styles and numbers from outer to inner, such as `N.:4/(N):3`."""
        return "/".join(f"{one.style}:{'-'.join(map(str, one.numbers))}" for one in self.chain)


def nest_clauses(clauses: Iterable[Clause]) -> list[NestedClause]:
    """Return each heading of an excerpt with its path.

    A style that is open closes down to it (a sibling); a new style closes every open style of equal or inner
    prior rank and opens below the rest.

    >>> from hyoka_kg.normalization.clauses import parse_clause
    >>> [one.path for one in nest_clauses(map(parse_clause, ["４．改革", "（１） 制度", "② 普及", "（３）連携"]))]
    ['N.:4', 'N.:4/(N):1', 'N.:4/(N):1/①:2', 'N.:4/(N):3']
    """
    nested: list[NestedClause] = []
    chain: tuple[Clause, ...] = ()
    for clause in clauses:
        outer = _enclosing(chain, clause)
        # An excerpt that began deep and now shows an outer style: where it stood before is not printed.
        is_unknown = bool(chain) and not outer and chain[0].style != clause.style
        chain = (*outer, clause)
        nested.append(NestedClause(chain, (START_UNKNOWN,) if is_unknown else ()))
    return nested


def _enclosing(chain: tuple[Clause, ...], clause: Clause) -> tuple[Clause, ...]:
    styles = [one.style for one in chain]
    if clause.style in styles:
        return chain[: styles.index(clause.style)]
    return tuple(one for one in chain if one.rank < clause.rank)
