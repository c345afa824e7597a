"""What stating one document needs to know: its head, its links and the terms of its subjects."""

from __future__ import annotations

from dataclasses import dataclass

from hyoka_kg.graph.iris import mint, mint_document, mint_part
from hyoka_kg.linking import DocumentLinks
from hyoka_kg.model import CellKey, DocumentHead, Passage

_DOCUMENT, _POLICY = "document", "policy"


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What the statements of one document share.

    Attributes:
        head: What identifies the document.
        links: What its records refer to.
        ranks: Indicator subjects whose values are ranks, so that fewer is better.
        compound: Indicator subjects that have components.
        observed: Subject, role and fiscal year of each observation that has a number.
    """

    head: DocumentHead
    links: DocumentLinks
    ranks: frozenset[str]
    compound: frozenset[str]
    observed: frozenset[CellKey]

    @property
    def document(self) -> str:
        """Return the term of the document."""
        return mint_document(self.head)

    @property
    def policy(self) -> str:
        """Return the term of the policy that the document is about."""
        return mint("policy", f"{self.head.ministry}/{self.head.policy}")

    def node(self, subject: str) -> str:
        """Return the term of a subject: the document, the policy, or a part of the document."""
        if subject == _DOCUMENT:
            return self.document
        return self.policy if subject == _POLICY else mint_part(self.head, subject)

    def cell(self, subject: str, field: str, fiscal_year: int | None = None) -> str:
        """Return the term of a text cell."""
        path = "" if subject == _DOCUMENT else subject
        return mint_part(self.head, path, "cell", field.replace("_", "-"), fiscal_year or "")

    def passage(self, passage: Passage) -> str:
        """Return the term of the cell that holds a passage."""
        return self.cell(passage.subject, passage.box)

    def budget(self, subject: str, phase: str, fiscal_year: int | None) -> str:
        """Return the term of a budget observation."""
        return mint_part(self.head, subject, "budget", phase, fiscal_year or "")

    def observation(self, subject: str, role: str, fiscal_year: int | None) -> str:
        """Return the term of an indicator observation."""
        return mint_part(self.head, subject, "obs", role, fiscal_year or "undated")

    def unit_cost(self, subject: str, fiscal_year: int | None) -> str:
        """Return the term of the unit cost of one year."""
        return mint_part(self.head, subject, fiscal_year or "undated")

    def owner(self, name: str, subject: str) -> str | None:
        """Return the term of what a subject hangs on: the document, the policy, or an enclosing part."""
        if name in {_DOCUMENT, _POLICY}:
            return self.node(name)
        parts = subject.split("/")
        if name == "block":
            return self.node(f"block/{parts[1]}")
        return self.node("/".join(parts[:-2])) if name else None
