"""Citations of plans, strategies and notices: a string to the citations in it, without any knowledge of the works."""

from hyoka_kg.normalization.citations.editions import edition_before, edition_behind, editions_within
from hyoka_kg.normalization.citations.matching import QUOTES, MatchText, title_key
from hyoka_kg.normalization.citations.mentions import read_mentions
from hyoka_kg.normalization.citations.places import path_key, places_at
from hyoka_kg.normalization.citations.reading import read_citations
from hyoka_kg.normalization.citations.records import Act, Citation, ClausePath, Decision, Edition, EditionKind, Marker
from hyoka_kg.normalization.citations.title_index import TitleIndex

__all__ = [
    "QUOTES",
    "Act",
    "Citation",
    "ClausePath",
    "Decision",
    "Edition",
    "EditionKind",
    "Marker",
    "MatchText",
    "TitleIndex",
    "edition_before",
    "edition_behind",
    "editions_within",
    "path_key",
    "places_at",
    "read_citations",
    "read_mentions",
    "title_key",
]
