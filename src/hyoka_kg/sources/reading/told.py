"""What a reading of a text hands on, once every claim is made."""

from __future__ import annotations

from hyoka_kg.model import FormReading, TextLayer
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.constraints import check_claims
from hyoka_kg.sources.reading.ledger import Ledger, residue_of


def reading_of_text(layer: TextLayer, profile: Profile, year: int, ledger: Ledger) -> FormReading:
    """Return the claims of a ledger, what they leave of the text, and the rules that they break."""
    claims = ledger.settle()
    return FormReading(
        form=profile.name,
        route="text",
        sha256=layer.sha256,
        fiscal_year=year,
        pages=layer.page_count,
        lines=layer.line_count,
        claims=claims,
        residue=residue_of(layer.blocks, ledger.used, "not_decided"),
        issues=(*ledger.issues, *check_claims(claims, profile, year)),
    )
