"""Japanese text to values: pure functions that keep the literal and guess nothing."""

from __future__ import annotations

from hyoka_kg.normalization.dates import printed_date
from hyoka_kg.normalization.folding import (
    ANGLES,
    BULLETS,
    COLONS,
    COMMAS,
    IDEOGRAPHIC_SPACE,
    PARENTHESES,
    SENTENCE_END,
    fold,
    key_form,
    unwrap,
)
from hyoka_kg.normalization.nesting import nest_clauses
from hyoka_kg.normalization.parse import KINDS, parse_value
from hyoka_kg.normalization.searching import present_form, search_form

__all__ = [
    "ANGLES",
    "BULLETS",
    "COLONS",
    "COMMAS",
    "IDEOGRAPHIC_SPACE",
    "KINDS",
    "PARENTHESES",
    "SENTENCE_END",
    "fold",
    "key_form",
    "nest_clauses",
    "parse_value",
    "present_form",
    "printed_date",
    "search_form",
    "unwrap",
]
