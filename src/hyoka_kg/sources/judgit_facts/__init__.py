"""Facts excerpted from the public objects of JUDGIT!: numbers, names, years, money and indicator values, no prose."""

from hyoka_kg.sources.judgit_facts.reader import Excerpt, FactSheet, read_excerpts

__all__ = ["Excerpt", "FactSheet", "read_excerpts"]
