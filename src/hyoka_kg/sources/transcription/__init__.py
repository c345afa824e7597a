"""Transcribed documents: `data/documents/<id>/` to records."""

from hyoka_kg.sources.transcription.checks import check_against_source
from hyoka_kg.sources.transcription.reader import read_document, read_documents

__all__ = ["check_against_source", "read_document", "read_documents"]
