"""The glossary: one file for both languages, each term with what it is called in the vocabulary."""

from __future__ import annotations

import csv
from typing import Any

from hyoka_kg.config import ontology_dir

MARKS = {
    "O": "official English of a ministry",
    "L": "a law in English",
    "A": "academic or press English",
    "P": "our choice; no official English was found",
    "loanword": "loanword",
}


def told() -> dict[str, Any]:
    """Return the rows in the order of the Japanese terms, each with the address of its identifier."""
    with (ontology_dir() / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["en"].lower())
    return {"rows": [{**row, "address": address_of(row["identifier"])} for row in rows], "marks": MARKS}


def address_of(identifier: str) -> str:
    """Return where the reference tells an identifier: a term, or a concept `scheme/concept`."""
    if "/" in identifier:
        return f"reference/schemes.md#{identifier.replace('/', '-')}"
    return f"reference/ontology.md#{identifier}"
