"""How a broken rule is reported: its name, the claim at which it shows with its place, and the values compared."""

from __future__ import annotations

from hyoka_kg.model import Claim, ReadingIssue


def issue_at(code: str, claim: Claim, detail: str) -> ReadingIssue:
    """Return the issue that a claim breaks a rule."""
    year = f" {claim.fiscal_year}" if claim.fiscal_year else ""
    return ReadingIssue(code, f"{claim.subject} {claim.field}{year} ({claim.place})", detail)
