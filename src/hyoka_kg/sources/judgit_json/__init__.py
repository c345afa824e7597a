"""The LOD of JUDGIT!: one JSON object a review sheet, FY2015 to FY2023."""

from hyoka_kg.sources.judgit_json.places import objects_at
from hyoka_kg.sources.judgit_json.reader import JudgitFile, read_judgit

__all__ = ["JudgitFile", "objects_at", "read_judgit"]
