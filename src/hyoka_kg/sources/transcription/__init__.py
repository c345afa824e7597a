"""Transcribed documents: `data/documents/<id>/` to records."""

from hyoka_kg.sources.transcription.checks import check_against_source
from hyoka_kg.sources.transcription.placing import table_of
from hyoka_kg.sources.transcription.reader import CELL_COLUMNS, PASSAGE_COLUMNS, read_document, read_documents

__all__ = ["CELL_COLUMNS", "PASSAGE_COLUMNS", "check_against_source", "read_document", "read_documents", "table_of"]
